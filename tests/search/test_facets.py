from __future__ import annotations

import pytest

from imrsearch.engines.base import Filter
from imrsearch.query.tree import And, FieldEquals, FieldMissing, Not, Or, Query
from imrsearch.search.facets import facet_filter
from imrsearch.search.results import FacetValue
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
    assert chosen == [FacetValue("elbow", "Elbow", 0, 0, True, "/search")]


def test_ten_values_and_the_chosen_ones_are_shown() -> None:
    cases = [
        determination(f"CM16-{n:07}", issue(1, "Massage", body_parts=(f"part {n:02}",)))
        for n in range(15)
    ]
    cases.append(determination("CM16-0000099", issue(1, "Massage")))
    state = SearchState().with_value("body", "part 14").with_value("body", "~unknown")
    (short,) = [f for f in service(cases).search(state).facets if f.name == "body"]
    assert [value.value for value in short.values][-3:] == ["part 09", "part 14", "~unknown"]
    assert (len(short.values), short.more) == (12, 4)
    whole = service(cases).facet(state, "body")
    assert (len(whole.values), whole.more) == (16, 0)


def test_chips_take_their_filter_away() -> None:
    result = search("q=visits&body=neck&not.year=2013")
    assert [(chip.label, chip.url) for chip in result.chips] == [
        ("Body part: Neck", "/search?not.year=2013&q=visits"),
        ("Year decided: not 2013", "/search?body=neck&q=visits"),
    ]


KNEE, NECK = FieldEquals("body", "knee"), FieldEquals("body", "neck")


@pytest.mark.parametrize(
    ("values", "excluded", "query"),
    [
        pytest.param(["knee"], [], Or((KNEE,)), id="one"),
        pytest.param(["knee", "neck"], [], Or((KNEE, NECK)), id="any of several"),
        pytest.param([], ["knee"], Not(KNEE), id="not this"),
        pytest.param([], ["knee", "neck"], And((Not(KNEE), Not(NECK))), id="none of these"),
        pytest.param(["knee"], ["neck"], And((Or((KNEE,)), Not(NECK))), id="one without another"),
        pytest.param(["~unknown"], [], Or((FieldMissing("body"),)), id="not known"),
    ],
)
def test_what_a_choice_asks_for(values: list[str], excluded: list[str], query: Query) -> None:
    assert facet_filter("body", values, excluded) == Filter("body", query)
