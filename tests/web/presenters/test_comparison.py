"""The page of two searches side by side: its words, links and bars."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from imrsearch.search.comparison import ComparedCell, ComparedRow, ComparedSet, Comparison
from imrsearch.search.outcome import outcome
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.comparison import ShownComparison, shown_comparison
from tests.web.markup import Page, rendered


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


def page(
    client: FlaskClient, found: Comparison | None = FOUND, url: str = "", within: str = ""
) -> Page:
    """The page that a browser gets."""
    return rendered(
        client,
        "compare.html",
        a="mri",
        b="ct",
        beside=SearchState.from_url(url),
        within=within,
        found=found,
        shown=found and shown_comparison(found),
        build="build-1",
    )


def shown(**changes: object) -> ShownComparison:
    """What is shown of the comparison with these changes."""
    return shown_comparison(replace(FOUND, **changes))  # type: ignore[arg-type]


def numbers(found: Page, label: str) -> list[tuple[str, str | None]]:
    """The cells of the first row with this label: text and address."""
    place = next(n for n, one in enumerate(found.elements) if (one.tag, one.text) == ("th", label))
    cells: list[tuple[str, str | None]] = []
    for one in found.elements[place + 1 :]:
        if one.tag in ("tr", "table"):
            break
        if one.tag == "td":
            cells.append((one.text, None))
        if one.tag == "a":
            cells[-1] = (cells[-1][0], one.attributes["href"])
    return cells


def test_the_addresses_keep_the_filters_of_both(client: FlaskClient) -> None:
    told = page(client, url="body=knee", within="Knee")
    assert told.text("h1") == "“mri” and “ct” compared"
    hidden = told.all("input", type="hidden")
    assert ("body", "knee") in [(one.attributes["name"], one.attributes["value"]) for one in hidden]
    links = told.links()
    assert links["Without these filters"] == "/compare?a=mri&b=ct"
    assert links["Swap the two"] == "/compare?a=ct&b=mri&body=knee"
    canonical = told.all("link", rel="canonical")[0].attributes["href"]
    assert [canonical, links["CSV"], links["JSON"]] == [
        f"/compare{form}?a=mri&b=ct&body=knee" for form in ("", ".csv", ".json")
    ]
    assert "Both within: Knee." in told.text("main")
    assert "build-1" in told.text("footer")
    assert [told.all("input", id=one)[0].attributes["value"] for one in "ab"] == ["mri", "ct"]


def test_before_both_are_given_the_page_is_a_form(client: FlaskClient) -> None:
    told = page(client, None)
    assert told.text("h1") == "Compare two searches"
    assert not {"Swap the two", "Without these filters"} & told.links().keys()


def test_the_totals_lead_to_their_searches(client: FlaskClient) -> None:
    """A rate stands only where there are enough issues for one."""
    told = page(client)
    assert told.faults == []
    assert numbers(told, "Issues") == [
        ("mri, Issues: 1,200", "/search?q=mri"),
        ("ct, Issues: 8", "/search?q=ct"),
    ]
    assert numbers(told, "Overturned") == [
        ("mri, Overturned: 30025%, likely 23–28%", "/search?decision=overturned&q=mri"),
        ("ct, Overturned: 2", "/search?decision=overturned&q=ct"),
    ]
    assert numbers(told, "Upheld") == [
        ("mri, Upheld: 900", "/search?decision=upheld&q=mri"),
        ("ct, Upheld: 6", "/search?decision=upheld&q=ct"),
    ]


def test_a_total_leads_to_its_search_even_if_nothing_is_found(client: FlaskClient) -> None:
    told = page(client, replace(FOUND, b=compared_set("ct", 0, 0)))
    assert numbers(told, "Issues")[1] == ("ct, Issues: 0", "/search?q=ct")


@pytest.mark.parametrize(("a", "b"), [(True, False), (False, True)])
def test_of_issues_chosen_by_decision_only_the_number_is_told(
    client: FlaskClient, a: bool, b: bool
) -> None:
    found = replace(FOUND, a=compared_set("mri", 20, 9, a), b=compared_set("ct", 1, 1, b))
    assert [row.label for row, *_ in shown_comparison(found).totals] == ["Issues"]
    told = page(client, found)
    assert told.text("p", class_="rate-bar") == (
        "mri: 20 issues"
        if a
        else "mri: Overturned 9 of 20 issues (45%, likely 26–66%) · whole collection 25%"
    )
    assert bool(told.all("svg", class_="gauge")) is not a


def test_the_rates_are_drawn_where_there_are_enough_issues(client: FlaskClient) -> None:
    told = page(client)
    assert [one.text for one in told.all("p", class_="rate-bar")] == [
        "mri: Overturned 300 of 1,200 issues (25%, likely 23–28%) · whole collection 25%",
        "ct: Overturned 2 of 8 issues · whole collection 25%",
    ]
    (likely,) = told.all("rect", class_="gauge-likely")
    assert (likely.attributes["x"], likely.attributes["width"]) == ("22.6", "4.9")
    (rate,) = told.all("rect", class_="gauge-rate")
    assert rate.attributes["x"] == "25.0"


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
    ("both", "url", "told", "leads"),
    [
        (0, "/search?q=both", "", False),
        (1, "/search?q=both", "1 issue is in both", True),
        (2, "/search?q=both", "2 issues are in both", True),
        (2, None, "2 issues are in both", False),
    ],
)
def test_what_is_in_both(
    client: FlaskClient, both: int, url: str | None, told: str, leads: bool
) -> None:
    found = page(client, replace(FOUND, both=both, both_url=url))
    assert (" in both" in found.text("main")) is bool(told)
    assert told in found.text("main")
    assert (told in found.links()) is leads


def test_that_the_range_assumes_none_in_both_is_told(client: FlaskClient) -> None:
    some = replace(FOUND, both=2)
    differ = replace(some, difference=0.1, low=0.05, high=0.2)
    assert "assumes that none are" in page(client, differ).text("main")
    assert "assumes that none are" not in page(client, some).text("main")


def test_reasons_stand_apart_by_what_was_lacked_and_shown(client: FlaskClient) -> None:
    """What was lacked with its share of the upheld issues, where these are enough."""
    lacked, showed, _ = shown().tables
    assert lacked.title == "What the denied requests lacked"
    assert [(row.label, a, b) for row, a, b in lacked.lines] == [
        ("Unmet red-flags", "10%", ""),
        ("Unmet imaging", "0%", ""),
    ]
    assert showed.title == "What the approved requests showed"
    assert [(row.label, a, b) for row, a, b in showed.lines] == [("Met red-flags", "", "")]
    assert numbers(page(client), "Unmet imaging") == [
        ("00%", None),
        ("ct, Unmet imaging: 3", "/search?v=unmet imaging&set=b"),
    ]


@pytest.mark.parametrize("side", ["met", "unmet"])
def test_ten_reasons_of_a_side_are_shown(side: str) -> None:
    many = tuple(row(f"{side} {n}", (1, 0), (1, 0)) for n in range(12))
    table = shown(reasons=many).tables[0]
    assert [one.label for one, *_ in table.lines] == [f"{side.capitalize()} {n}" for n in range(10)]


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
    assert [notes for table in told.tables for _, *notes in table.lines] == [
        ["overturned 3 of 12 (25%, likely 9–53%)", "overturned 1 of 2"],
        ["", "overturned 0 of 1"],
        ["overturned 5 of 20 (25%, likely 11–47%)", "overturned 2 of 8"],
        ["overturned 40 of 40 (100%, likely 91–100%)", ""],
        ["overturned 0 of 90 (0%, likely 0–4%)", ""],
    ]


def test_the_bars_of_the_years_have_one_scale(client: FlaskClient) -> None:
    """The highest is 40 high; issues without a year have no bar."""
    told = (row("2014", (20, 5), (70, 2)), row("2016", (30, 1), (7, 3)), FOUND.years[2])
    drawn = page(client, replace(FOUND, years=told))
    bars = [one.attributes for one in drawn.all("rect") if one.attributes["width"] == "9"]
    assert [(bar["class"], bar["x"], bar["height"]) for bar in bars] == [
        ("year-all", "2", "11.4"),
        ("year-won", "2", "2.9"),
        ("year-all", "13", "40.0"),
        ("year-won", "13", "1.1"),
        ("year-all", "26", "17.1"),
        ("year-won", "26", "0.6"),
        ("year-all", "37", "4.0"),
        ("year-won", "37", "1.7"),
    ]
    assert [bar["y"] for bar in bars][:3] == ["28.6", "37.1", "0.0"]
    assert drawn.text("p", class_="axis") == "20142016"
    assert shown(years=(FOUND.years[0], FOUND.years[2])).years == ()  # one year is no chart
    assert shown(years=()).years == ()


@pytest.mark.parametrize("partial", [True, False])
def test_a_comparison_cut_short_says_so(client: FlaskClient, partial: bool) -> None:
    told = page(client, replace(FOUND, partial=partial)).text("main")
    assert ("only what was found in time is counted" in told) is partial
