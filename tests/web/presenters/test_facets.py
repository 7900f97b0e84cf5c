"""The facets beside the results, the years' bars and the fields beneath them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.search.results import Facet, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.facets import HEIGHT, FacetLine, bars_of_years, facet_box, is_span
from imrsearch.web.presenters.links import Link


def facet(*lines: tuple[str, int, int]) -> Facet:
    """A year facet of these values, counts and overturned."""
    values = (FacetValue(year, year, count, won, False, "") for year, count, won in lines)
    return Facet("year", "Year decided", tuple(values))


def test_every_year_has_its_place_also_after_a_gap() -> None:
    chart = bars_of_years(
        facet(("2016", 20, 5), ("2013", 10, 0), ("~unknown", 3, 0)), SearchState()
    )
    assert chart is not None
    assert (chart.first, chart.last) == (2013, 2016)
    assert [(bar.x, bar.height, bar.won) for bar in chart.bars] == [
        (0, HEIGHT / 2, 0),
        (30, HEIGHT, HEIGHT / 4),
    ]


def test_without_a_known_year_there_is_no_chart() -> None:
    assert bars_of_years(facet(("~unknown", 3, 0)), SearchState()) is None


@pytest.mark.parametrize("typed", ["999999999999", "1", "¹", "2013..2014", "x"])
def test_what_was_asked_for_in_vain_makes_no_bar(typed: str) -> None:
    chart = bars_of_years(facet(("2014", 1, 0), (typed, 0, 0)), SearchState())
    assert chart is not None and (chart.first, chart.last) == (2014, 2014)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("q=a", ("", "")),
        ("year=2013..2016", ("2013", "2016")),
        ("year=2013..", ("2013", "")),
        ("year=2014", ("2014", "2014")),
        ("year=2013&year=2015", ("", "")),  # two years are no range
    ],
)
def test_the_fields_hold_what_is_asked_for(query: str, fields: tuple[str, str]) -> None:
    chart = bars_of_years(facet(("2014", 1, 0)), SearchState.from_url(query))
    assert chart is not None and (chart.low, chart.high) == fields


def test_the_form_keeps_the_search_but_not_the_years() -> None:
    state = SearchState.from_url("q=mri&body=knee&year=2013..2014&page=3")
    chart = bars_of_years(facet(("2014", 1, 0)), state)
    assert chart is not None and chart.hidden == (("body", "knee"), ("q", "mri"))


@pytest.mark.parametrize(("text", "span"), [("2013..2014", True), ("2013", False), ("x..", False)])
def test_a_span_is_no_line_of_the_table(text: str, span: bool) -> None:
    assert is_span(FacetValue(text, text, 0, 0, True, "")) is span


def body(*values: FacetValue, name: str = "body", more: int = 0) -> Facet:
    return Facet(name, "Body part", values, more)


KNEE = FacetValue("knee", "Knee", 1234, 56, False, "/search?body=knee")
HIP = FacetValue("hip", "Surgery > Hip", 1, 0, True, "/search")


def test_a_box_shows_every_value_with_its_outcome() -> None:
    """And tells those who do not see the columns what they hold."""
    box = facet_box(body(KNEE, HIP), SearchState.from_url("q=mri&page=3"), with_outcomes=True)
    assert (box.label, box.plain, box.selected, box.years) == ("Body part", False, 1, None)
    assert box.values == (
        FacetLine(
            "Knee",
            "Knee, 1,234 issues, 56 overturned",
            "1,234",
            "56",
            "",
            "/search?body=knee",
        ),
        FacetLine(
            "Surgery › Hip", "Remove filter: Surgery > Hip, 1 issue", "1", "", "selected", "/search"
        ),
    )


@pytest.mark.parametrize(("name", "is_open"), [("body", True), ("era", False)])
def test_the_facets_that_most_searches_are_narrowed_by_are_open(name: str, is_open: bool) -> None:
    assert facet_box(body(KNEE, name=name), SearchState(), True).open is is_open


@pytest.mark.parametrize(("more", "label"), [(0, "Include or exclude"), (1200, "All 1,202 values")])
def test_the_page_of_all_values(more: int, label: str) -> None:
    box = facet_box(body(KNEE, HIP, more=more), SearchState("mri"), True)
    assert box.all == Link(label, "/facet/body?q=mri")


def test_a_typed_range_is_no_line_but_a_typed_value_is_one() -> None:
    typed = [FacetValue(text, text, 0, 0, True, "/") for text in ("2013..2014", "2099")]
    box = facet_box(body(*typed, name="year"), SearchState(), True)
    assert [line.label for line in box.values] == ["2099"]
    held = replace(typed[0], count=1)  # a value that merely looks like one
    assert len(facet_box(body(held), SearchState(), True).values) == 1


def test_only_years_have_a_chart() -> None:
    year = FacetValue("2014", "2014", 1, 0, False, "/")
    assert facet_box(body(year, name="year"), SearchState(), True).years is not None
    assert facet_box(body(year, name="ageband"), SearchState(), True).years is None


def test_bars_are_as_high_as_their_share_of_the_highest() -> None:
    chart = bars_of_years(facet(("2014", 3, 1), ("2015", 7, 7)), SearchState())
    assert chart is not None
    assert [(bar.height, bar.won) for bar in chart.bars] == [(17.1, 5.7), (HEIGHT, HEIGHT)]
