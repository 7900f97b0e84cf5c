from __future__ import annotations

from imrsearch.search.state import SearchState
from tests.search.memory import (
    determination,
    issue,
    search,
    service,
)


def test_facets_count_without_their_own_filter() -> None:
    result = search("decision=upheld&category=Rehabilitation")
    facets = {facet.name: facet for facet in result.facets}
    decisions = [(v.value, v.count, v.selected) for v in facets["decision"].values]
    assert decisions == [("overturned", 1, False), ("upheld", 1, True)]
    categories = [(v.value, v.count) for v in facets["category"].values]
    assert categories == [("Diagnostic Testing", 1), ("Rehabilitation", 1)]
    assert facets["category"].selected == 1


def test_a_facet_value_leads_to_its_count() -> None:
    engine = service()
    for facet in engine.search(SearchState()).facets:
        for value in facet.values:
            assert engine.search(SearchState.from_url(value.url)).total == value.count


def test_a_chosen_value_is_shown_even_if_nothing_has_it() -> None:
    (body,) = [facet for facet in search("body=elbow").facets if facet.name == "body"]
    chosen = [value for value in body.values if value.selected]
    assert [(value.label, value.count, value.url) for value in chosen] == [("Elbow", 0, "/search")]


def test_ten_values_and_the_chosen_ones_are_shown() -> None:
    cases = [
        determination(f"CM16-{n:07}", issue(1, "Massage", body_parts=(f"part {n:02}",)))
        for n in range(15)
    ]
    state = SearchState().with_value("body", "part 14")
    (short,) = [f for f in service(cases).search(state).facets if f.name == "body"]
    assert [value.value for value in short.values][-2:] == ["part 09", "part 14"]
    assert (len(short.values), short.more) == (11, 4)
    whole = service(cases).facet(state, "body")
    assert (len(whole.values), whole.more) == (15, 0)


def test_chips_take_their_filter_away() -> None:
    result = search("q=visits&body=neck&not.year=2013")
    assert [(chip.label, chip.url) for chip in result.chips] == [
        ("Body part: Neck", "/search?not.year=2013&q=visits"),
        ("Year decided: not 2013", "/search?body=neck&q=visits"),
    ]
