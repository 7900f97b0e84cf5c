"""The page of two searches side by side: its words, links and bars."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.search.comparison import ComparedCell, ComparedRow, ComparedSet, Comparison
from imrsearch.search.outcome import outcome
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.comparison import (
    ComparePage,
    Pair,
    ShownComparison,
    YearPair,
    compare_page,
)
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import OutcomeBar


def compared_set(q: str, issues: int, overturned: int, by_decision: bool = False) -> ComparedSet:
    found = outcome(issues, overturned, 0.25, by_decision)
    return ComparedSet(q, q, f"/search?q={q}", found, issues - overturned)


def row(value: str, a: tuple[int, int], b: tuple[int, int]) -> ComparedRow:
    cells = (
        ComparedCell(*a, f"/search?v={value}&set=a"),
        ComparedCell(*b, f"/search?v={value}&set=b"),
    )
    return ComparedRow(value, value.capitalize(), *cells)


FOUND = Comparison(
    a=compared_set("mri", 1200, 300),
    b=compared_set("ct", 8, 2),
    both=0,
    both_url=None,
    difference=None,
    low=None,
    high=None,
    reasons=(
        row("unmet red-flags", (90, 0), (4, 0)),
        row("met red-flags", (70, 70), (1, 1)),
        row("unmet imaging", (0, 0), (3, 0)),
    ),
    years=(
        row("2014", (20, 5), (8, 2)),
        row("2016", (40, 40), (0, 0)),
        row("~unknown", (90, 0), (0, 0)),
    ),
    visits=(),
    tablets=(),
    partial=False,
    build="build-1",
)


def page(found: Comparison | None = FOUND, url: str = "", within: str = "") -> ComparePage:
    return compare_page("mri", "ct", SearchState.from_url(url), within, found, "build-1")


def shown(**changes: object) -> ShownComparison:
    """What is shown of the comparison with these changes."""
    told = page(replace(FOUND, **changes)).found  # type: ignore[arg-type]
    assert told is not None
    return told


def test_the_addresses_keep_the_filters_of_both() -> None:
    told = page(url="q=pain&body=knee&page=3", within="Knee")
    assert told.heading == "“mri” and “ct” compared"
    assert told.hidden == (("body", "knee"),)
    assert told.without_filters == Link("Without these filters", "/compare?a=mri&b=ct")
    assert told.swap == Link("Swap the two", "/compare?a=ct&b=mri&body=knee")
    assert [told.url, told.csv_url, told.json_url] == [
        f"/compare{form}?a=mri&b=ct&body=knee" for form in ("", ".csv", ".json")
    ]
    assert (told.a, told.b, told.within, told.build) == ("mri", "ct", "Knee", "build-1")


def test_before_both_are_given_the_page_is_a_form() -> None:
    told = page(found=None)
    assert told.heading == "Compare two searches"
    assert (told.found, told.swap, told.without_filters) == (None, None, None)


def test_the_totals_lead_to_their_searches() -> None:
    """A rate stands only where there are enough issues for one."""
    assert shown().totals == (
        Pair("Issues", Link("1,200", "/search?q=mri"), Link("8", "/search?q=ct"), "", ""),
        Pair(
            "Overturned",
            Link("300", "/search?decision=overturned&q=mri"),
            Link("2", "/search?decision=overturned&q=ct"),
            "25%, likely 23–28%",
            "",
        ),
        Pair(
            "Upheld",
            Link("900", "/search?decision=upheld&q=mri"),
            Link("6", "/search?decision=upheld&q=ct"),
            "",
            "",
        ),
    )


@pytest.mark.parametrize(("a", "b"), [(True, False), (False, True)])
def test_of_issues_chosen_by_decision_only_the_number_is_told(a: bool, b: bool) -> None:
    told = shown(a=compared_set("mri", 20, 9, a), b=compared_set("ct", 1, 1, b))
    assert [pair.label for pair in told.totals] == ["Issues"]
    rates = {rate.name: rate for rate in told.rates}
    assert rates["mri"].words == (
        "20 issues"
        if a
        else "Overturned 9 of 20 issues (45%, likely 26–66%) · whole collection 25%"
    )
    assert (rates["mri"].bar is None) is a


def test_the_rates_are_drawn_where_there_are_enough_issues() -> None:
    large, small = shown().rates
    assert (large.name, large.bar) == ("mri", OutcomeBar(25.0, 22.6, 4.9))
    assert (small.name, small.bar) == ("ct", None)
    assert small.words == "Overturned 2 of 8 issues · whole collection 25%"


@pytest.mark.parametrize(
    ("difference", "low", "high", "words"),
    [
        pytest.param(
            0.124,
            0.05,
            0.2,
            "“mri” minus “ct”: +12 percentage points, likely +5 to +20. The likely range excludes"
            " zero: the rates of these decisions differ.",
            id="more",
        ),
        pytest.param(
            -0.1,
            -0.2,
            -0.01,
            "“mri” minus “ct”: −10 percentage points, likely −20 to −1. The likely range excludes"
            " zero: the rates of these decisions differ.",
            id="less, with a true minus sign",
        ),
        pytest.param(
            0.004,
            -0.2,
            0.3,
            "“mri” minus “ct”: 0 percentage points, likely −20 to +30. The likely range includes"
            " zero: these decisions do not show a difference.",
            id="none, without a sign",
        ),
        pytest.param(
            0.1,
            0.0,
            0.2,
            "“mri” minus “ct”: +10 percentage points, likely 0 to +20. The likely range includes"
            " zero: these decisions do not show a difference.",
            id="zero is the end of the range",
        ),
        pytest.param(
            -0.1,
            -0.2,
            0.0,
            "“mri” minus “ct”: −10 percentage points, likely −20 to 0. The likely range includes"
            " zero: these decisions do not show a difference.",
            id="zero is the other end of the range",
        ),
        pytest.param(None, None, None, "", id="not told"),
    ],
)
def test_the_difference_in_words(
    difference: float | None, low: float | None, high: float | None, words: str
) -> None:
    assert shown(difference=difference, low=low, high=high).difference == words


@pytest.mark.parametrize(
    ("both", "link"),
    [
        (0, None),
        (1, Link("1 issue is in both", "/search?q=both")),
        (2, Link("2 issues are in both", "/search?q=both")),
    ],
)
def test_what_is_in_both(both: int, link: Link | None) -> None:
    assert shown(both=both, both_url="/search?q=both").both == link


def test_reasons_stand_apart_by_what_was_lacked_and_shown() -> None:
    """What was lacked with its share of the upheld issues, where these are enough."""
    lacked, showed, _ = shown().tables
    assert lacked.title == "What the denied requests lacked"
    assert lacked.lines == (
        Pair(
            "Unmet red-flags",
            Link("90", "/search?v=unmet red-flags&set=a"),
            Link("4", "/search?v=unmet red-flags&set=b"),
            "10%",
            "",
        ),
        Pair("Unmet imaging", Link("0"), Link("3", "/search?v=unmet imaging&set=b"), "0%", ""),
    )
    assert showed.title == "What the approved requests showed"
    assert [(line.label, line.a_note, line.b_note) for line in showed.lines] == [
        ("Met red-flags", "", "")
    ]


@pytest.mark.parametrize("side", ["met", "unmet"])
def test_ten_reasons_of_a_side_are_shown(side: str) -> None:
    many = tuple(row(f"{side} {n}", (1, 0), (1, 0)) for n in range(12))
    table = shown(reasons=many).tables[0]
    assert [line.label for line in table.lines] == [f"{side.capitalize()} {n}" for n in range(10)]


def test_amounts_and_years_tell_how_often_each_was_overturned() -> None:
    """A table without lines is left out."""
    told = shown(
        reasons=(), visits=(row("6", (12, 3), (2, 1)),), tablets=(row("60", (0, 0), (1, 0)),)
    )
    assert [(table.title, table.kind) for table in told.tables] == [
        ("Visits asked for", "Visits"),
        ("Tablets asked for", "Tablets"),
        ("Years of the decisions", "Year"),
    ]
    notes = [(line.a_note, line.b_note) for table in told.tables for line in table.lines]
    assert notes == [
        ("overturned 3 of 12 (25%, likely 9–53%)", "overturned 1 of 2"),
        ("", "overturned 0 of 1"),
        ("overturned 5 of 20 (25%, likely 11–47%)", "overturned 2 of 8"),
        ("overturned 40 of 40 (100%, likely 91–100%)", ""),
        ("overturned 0 of 90 (0%, likely 0–4%)", ""),
    ]


def test_the_bars_of_the_years_have_one_scale() -> None:
    """The highest is 40 high; issues without a year have no bar."""
    told = (row("2014", (20, 5), (70, 2)), row("2016", (30, 1), (7, 3)), FOUND.years[2])
    assert shown(years=told).years == (
        YearPair("2014", a=11.4, a_won=2.9, b=40.0, b_won=1.1),
        YearPair("2016", a=17.1, a_won=0.6, b=4.0, b_won=1.7),
    )
    assert shown(years=(FOUND.years[0], FOUND.years[2])).years == ()  # one year is no chart
    assert shown(years=()).years == ()


@pytest.mark.parametrize("partial", [True, False])
def test_a_comparison_cut_short_says_so(partial: bool) -> None:
    assert shown(partial=partial).partial is partial
