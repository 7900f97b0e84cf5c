"""The years' bars and the fields beneath them."""

from __future__ import annotations

import pytest

from imrsearch.search.results import Facet, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.facets import HEIGHT, is_span, years


def facet(*lines: tuple[str, int, int]) -> Facet:
    """A year facet of these values, counts and overturned."""
    values = (FacetValue(year, year, count, won, False, "") for year, count, won in lines)
    return Facet("year", "Year decided", tuple(values))


def test_every_year_has_its_place_also_after_a_gap() -> None:
    chart = years(facet(("2016", 20, 5), ("2013", 10, 0), ("~unknown", 3, 0)), SearchState())
    assert chart is not None
    assert (chart.first, chart.last) == (2013, 2016)
    assert [(bar.x, bar.height, bar.won) for bar in chart.bars] == [
        (0, HEIGHT / 2, 0),
        (30, HEIGHT, HEIGHT / 4),
    ]


def test_without_a_known_year_there_is_no_chart() -> None:
    assert years(facet(("~unknown", 3, 0)), SearchState()) is None


@pytest.mark.parametrize("typed", ["999999999999", "1", "¹", "2013..2014", "x"])
def test_what_was_asked_for_in_vain_makes_no_bar(typed: str) -> None:
    chart = years(facet(("2014", 1, 0), (typed, 0, 0)), SearchState())
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
    chart = years(facet(("2014", 1, 0)), SearchState.from_url(query))
    assert chart is not None and (chart.low, chart.high) == fields


def test_the_form_keeps_the_search_but_not_the_years() -> None:
    state = SearchState.from_url("q=mri&body=knee&year=2013..2014&page=3")
    chart = years(facet(("2014", 1, 0)), state)
    assert chart is not None and chart.hidden == (("body", "knee"), ("q", "mri"))


@pytest.mark.parametrize(("text", "span"), [("2013..2014", True), ("2013", False), ("x..", False)])
def test_a_span_is_no_line_of_the_table(text: str, span: bool) -> None:
    assert is_span(FacetValue(text, text, 0, 0, True, "")) is span
