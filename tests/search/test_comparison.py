"""Two sets side by side."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from imrsearch.engines.base import SearchResponse
from imrsearch.query.tree import MatchAll
from imrsearch.schema import UNKNOWN, FacetCount
from imrsearch.search.comparison import (
    COMPARED_FACETS,
    Comparison,
    comparison,
    comparison_csv,
    comparison_json,
)
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.interpret import Asked, Interpretation
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.settings import load_settings
from tests.search.memory import (
    CASES,
    MemoryBuild,
    MemoryIndex,
    MemoryLetters,
    determination,
    documents,
    issue,
    service,
)

WON = determination(
    "CM16-0000010",
    *(issue(n, "Acupuncture 6 visits", "overturned" if n < 8 else "upheld") for n in range(1, 13)),
)
LOST = determination("CM16-0000011", *(issue(n, "Massage") for n in range(1, 12)))


def compared(a: str, b: str, url: str = "") -> Comparison:
    beside = SearchState.from_url(url)
    return service([*CASES, WON, LOST]).compare(beside.with_query(a), beside.with_query(b))


def test_the_difference_has_its_range_where_both_sets_are_large_enough() -> None:
    found = compared("acupuncture", "massage")
    assert found.difference == pytest.approx(7 / 12)
    assert None not in (found.low, found.difference, found.high)
    assert (found.low or 9) < (found.difference or 9) < (found.high or -9)
    assert (found.a.upheld, found.b.upheld) == (5, 11)


@pytest.mark.parametrize(
    ("a", "b", "url"),
    [
        pytest.param("acupuncture", "chiropractic", "", id="too few"),
        pytest.param("acupuncture", "massage", "decision=upheld", id="chosen by decision"),
    ],
)
def test_no_difference_is_told(a: str, b: str, url: str) -> None:
    found = compared(a, b, url)
    assert (found.difference, found.low, found.high) == (None, None, None)


def test_what_is_in_both_is_told() -> None:
    assert compared("acupuncture", "service:visits").both == 12
    assert compared("acupuncture", "massage").both == 0


def test_what_two_treatments_have_in_both_is_found_by_its_link() -> None:
    both = determination("CM16-0000012", issue(1, "Acupuncture with massage"))
    found = service([*CASES, WON, LOST, both]).compare(
        *(SearchState.from_url("").with_query(words) for words in ("acupuncture", "massage"))
    )
    assert found.both == 1
    assert "AND" in (found.both_url or "")


def test_both_sides_are_answered_by_one_build() -> None:
    """Another may be published between the two searches."""

    class NewEachTime:
        """Each time asked, a build with one letter less."""

        def __init__(self) -> None:
            self.left = [[WON, LOST], [LOST], []]

        def current(self) -> MemoryBuild:
            letters = self.left.pop(0) if len(self.left) > 1 else self.left[0]
            return MemoryBuild(f"build-{len(letters)}", MemoryIndex(documents(letters)))

    searches = SearchService(MemoryLetters([WON, LOST]), NewEachTime(), load_settings({}))
    found = searches.compare(SearchState("acupuncture"), SearchState("massage"))
    assert (found.a.outcome.issues, found.b.outcome.issues) == (12, 11)
    assert found.build == "build-2"


def test_years_are_left_out_where_years_are_chosen() -> None:
    assert [row.value for row in compared("acupuncture", "chiropractic").years] == ["2014", "2016"]
    assert compared("acupuncture", "chiropractic", "year=2016").years == ()


def test_issues_without_a_year_have_a_row_so_that_a_column_adds_up() -> None:
    undated = replace(LOST, case_id="CM16-0000012", dates=replace(LOST.dates, decided=None))
    sides = SearchState("acupuncture"), SearchState("massage")
    found = service([*CASES, WON, LOST, undated]).compare(*sides)
    assert found.years[-1].value == UNKNOWN
    assert sum(row.b.issues for row in found.years) == found.b.outcome.issues == 22


def test_a_set_chosen_by_decision_on_one_side_has_no_difference() -> None:
    """Its rate is 0 or 100 % by the choice alone."""
    sides = SearchState("acupuncture"), SearchState("massage decision:upheld")
    found = service([*CASES, WON, LOST]).compare(*sides)
    assert (found.a.outcome.by_decision, found.b.outcome.by_decision) == (False, True)
    assert found.difference is None


def test_every_number_opens_its_search() -> None:
    found = compared("acupuncture", "massage", "body=neck&year=~unknown")
    assert found.a.url == "/search?body=neck&q=acupuncture&year=~unknown"
    found = compared("acupuncture", "massage")
    (row,) = found.years
    assert row.a.url == "/search?q=acupuncture&year=2016"
    assert row.b.url == "/search?q=massage&year=2016"


@pytest.mark.parametrize("part", ["years", "visits", "tablets"])
def test_a_column_of_a_left_out_value_is_not_told_either(part: str) -> None:
    facet = part.removesuffix("s") if part == "years" else part
    assert getattr(compared("acupuncture", "chiropractic", f"not.{facet}=2015"), part) == ()


def asked(
    q: str, *counts: FacetCount, facet: str = "visits", total: int = 9, timed_out: bool = False
) -> Asked:
    """A search whose answer counts these values of a facet, and nothing else."""
    facets: dict[str, tuple[FacetCount, ...]] = dict.fromkeys(COMPARED_FACETS, ())
    answer = SearchResponse((), total, 3, facets | {facet: counts}, timed_out=timed_out)
    reading = Interpretation(MatchAll(), q, (), (), state=SearchState(q), filters=())
    return Asked(reading, answer, IndexProfile("b-1", MemoryIndex([])))


def test_bands_of_numbers_ascend_whatever_either_set_has() -> None:
    """7 to 12 stands before 25 and more, though as texts they would stand the other way; a set
    without issues in a band has a cell with none."""
    first = asked("a", FacetCount("25..", 2, 1), FacetCount(None, 1, 0), FacetCount("..6", 4, 1))
    rows = comparison(first, asked("b", FacetCount("7..12", 3, 1)), 0, lambda _: 0).visits
    assert [row.value for row in rows] == ["..6", "7..12", "25..", UNKNOWN]
    assert [(row.a.issues, row.b.issues) for row in rows] == [(4, 0), (0, 3), (2, 0), (1, 0)]


def test_a_facet_that_no_issue_has_is_no_table() -> None:
    none = FacetCount(None, 9, 3)
    assert comparison(asked("a", none), asked("b", none), 0, lambda _: 0).visits == ()


@pytest.mark.parametrize(("a", "b"), [(True, False), (False, True), (False, False)])
def test_one_answer_that_is_not_whole_makes_the_comparison_so(a: bool, b: bool) -> None:
    found = comparison(asked("a", timed_out=a), asked("b", timed_out=b), 0, lambda _: 0)
    assert found.partial is (a or b)
    assert found.build == "b-1"


def test_reasons_are_the_criteria_that_decide_most_in_both_together() -> None:
    """A value that names no criterion, such as one of an earlier list, is not told."""
    first = (FacetCount("met trial-first", 3, 3), FacetCount("unmet red-flags", 2, 0))
    second = (FacetCount("unmet red-flags", 2, 0), FacetCount("met astrology", 9, 9))
    alone = FacetCount("unmet pain-relief", 5, 0)
    rows = comparison(
        asked("a", *first, alone, facet="reason"),
        asked("b", *second, FacetCount(None, 5, 0), facet="reason"),
        0,
        lambda _: 0,
    ).reasons
    assert [row.value for row in rows] == [
        "unmet pain-relief",
        "unmet red-flags",
        "met trial-first",
    ]


@pytest.mark.parametrize(("issues", "is_told"), [(9, False), (10, True)])
def test_a_difference_is_told_from_ten_issues_on(issues: int, is_told: bool) -> None:
    found = comparison(asked("a", total=issues), asked("b", total=30), 0, lambda _: 0)
    assert (found.difference is not None) is is_told
    if is_told:
        assert found.difference == pytest.approx(3 / 10 - 3 / 30)
        assert (found.a.upheld, found.b.upheld) == (0, 0)


@pytest.mark.parametrize(("counted", "has_link"), [(2, True), (3, False)])
def test_the_link_to_what_is_in_both_finds_as_many(counted: int, has_link: bool) -> None:
    """The searches joined by AND may be read in another way: then there is no link."""
    found = comparison(asked("a"), asked("b"), 2, lambda _: counted)
    url = SearchState("(a) AND (b)", match="all").to_url()
    assert found.both_url == (url if has_link else None)


def test_what_is_in_neither_has_no_link() -> None:
    assert comparison(asked("a"), asked("b"), 0, lambda _: 0).both_url is None


def test_the_table_for_programs() -> None:
    found = compared("acupuncture", "massage")
    heading, total, *rows = csv.reader("".join(comparison_csv(found)).splitlines())
    assert heading == [
        *("part", "value", "label", "a_issues", "a_overturned", "b_issues", "b_overturned"),
    ]
    assert total == ["total", "", "acupuncture | massage", "12", "7", "11", "0"]
    assert ["years", "2016", "2016", "12", "7", "11", "0"] in rows
    assert len(comparison_json(found)["years"]) == sum(row[0] == "years" for row in rows)


def test_no_search_becomes_a_formula_of_a_spreadsheet() -> None:
    _, total, *_ = csv.reader("".join(comparison_csv(compared("=1+1", "massage"))).splitlines())
    assert total[2] == "'=1+1 | massage"
