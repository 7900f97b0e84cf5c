"""What won and what lost, counted and quoted."""

from __future__ import annotations

import csv

import pytest

from imrsearch.engines.base import Hit, SearchResponse
from imrsearch.model import DecisionReason, Determination, Issue
from imrsearch.schema import FacetCount
from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import (
    MOST_LEADING,
    WonLost,
    leading_reasons,
    won_lost,
    won_lost_csv,
    won_lost_json,
)
from tests.search.memory import MemoryLetters, determination, issue


def decided(number: int, decision: str, criterion: str, sentence: str) -> Issue:
    status = "met" if decision == "overturned" else "unmet"
    reason = DecisionReason(criterion, status, sentence, (0, len(sentence)))
    return issue(number, "MRI", decision, rationale=sentence, reasons=(reason,))


CASE = determination(
    "CM16-0000001",
    decided(1, "overturned", "red-flags", "A red flag was found."),
    decided(2, "upheld", "red-flags", "No red flags."),
    decided(3, "upheld", "red-flags", "No red flags."),
    decided(4, "upheld", "surgery-planned", "No surgery is planned."),
    issue(5, "MRI"),
)
COUNTS = (
    FacetCount("unmet red-flags", 2, 0),
    FacetCount("met red-flags", 1, 1),
    FacetCount("unmet surgery-planned", 1, 0),
    FacetCount(None, 1, 0),
)


def table(case: Determination = CASE, counts: tuple[FacetCount, ...] = COUNTS) -> WonLost:
    hits = tuple(Hit(f"{case.case_id}#{one.number}", 1.0) for one in case.issues)
    answer = SearchResponse(hits, len(hits), 1, {"reason": counts})
    state = SearchState("mri").with_value("reason", "unmet red-flags")
    return won_lost(state, answer, MemoryLetters([case]), "build-1")


def test_the_criteria_that_decide_most_come_first() -> None:
    first, second = table().rows
    assert (first.criterion, first.met.count, first.unmet.count) == ("red-flags", 1, 2)
    assert (second.criterion, second.met.count, second.unmet.count) == ("surgery-planned", 0, 1)


def test_the_leading_criteria_have_counts_alone() -> None:
    answer = SearchResponse((), 5, 1, {"reason": COUNTS})
    first, second = leading_reasons(SearchState("mri"), answer)
    assert (first.criterion, first.met.count, first.unmet.count) == ("red-flags", 1, 2)
    assert first.unmet.url == "/search?q=mri&reason=unmet+red-flags"
    assert second.unmet.sentences == ()


def test_a_leading_criterion_takes_the_place_of_a_chosen_one() -> None:
    answer = SearchResponse((), 5, 1, {"reason": COUNTS})
    state = SearchState("mri").with_value("reason", "met surgery-planned")
    first, _ = leading_reasons(state, answer)
    assert first.unmet.url == "/search?q=mri&reason=unmet+red-flags"


def test_every_number_opens_its_search() -> None:
    found = table()
    assert found.rows[0].unmet.url == "/search?q=mri&reason=unmet+red-flags"
    assert found.rows[0].met.url == "/search?q=mri&reason=met+red-flags"
    assert (found.without, found.without_url) == (1, "/search?q=mri&reason=~unknown")


def test_sentences_come_once_with_their_issue() -> None:
    (sentence,) = table().rows[0].unmet.sentences
    assert (sentence.text, sentence.url) == ("No red flags.", "/case/CM16-0000001#issue-2")


@pytest.mark.parametrize(("upheld", "has_range"), [(8, False), (9, True)])
def test_a_range_is_told_from_ten_decisions_on(upheld: int, has_range: bool) -> None:
    counts = (FacetCount("unmet red-flags", upheld, 0), FacetCount("met red-flags", 1, 1))
    (row,) = table(counts=counts).rows
    assert (row.low is not None) is has_range


def test_the_table_for_programs() -> None:
    head, first, *_ = csv.reader("".join(won_lost_csv(table())).splitlines())
    assert dict(zip(head, first, strict=True)) == {
        "criterion": "red-flags",
        "met_label": "Red flags present",
        "overturned_met": "1",
        "unmet_label": "No red flags",
        "upheld_unmet": "2",
        "low": "",
        "high": "",
    }


def test_only_criteria_that_are_met_or_lacking_are_counted() -> None:
    """A criterion that was only considered, or one of an earlier list, decides nothing."""
    others = (FacetCount("open red-flags", 9, 0), FacetCount("met astrology", 9, 9))
    assert table(counts=(*COUNTS, *others)).rows == table().rows


def test_no_more_leading_criteria_than_a_line_holds() -> None:
    names = ("red-flags", "surgery-planned", "functional-improvement", "trial-first")
    counts = tuple(FacetCount(f"unmet {name}", 9 - n, 0) for n, name in enumerate(names))
    rows = leading_reasons(SearchState(), SearchResponse((), 30, 0, {"reason": counts}))
    assert [row.criterion for row in rows] == list(names[:MOST_LEADING])


def test_the_first_three_sentences_in_the_order_of_relevance() -> None:
    told = [f"There was no red flag on day {day}." for day in range(5)]
    case = determination(
        "CM16-0000001", *(decided(n, "upheld", "red-flags", one) for n, one in enumerate(told, 1))
    )
    hits = tuple(Hit(f"CM16-0000001#{number}", 1.0) for number in (5, 2, 4, 1, 3))
    answer = SearchResponse(hits, 5, 0, {"reason": (FacetCount("unmet red-flags", 5, 0),)})
    (row,) = won_lost(SearchState(), answer, MemoryLetters([case]), "b").rows
    assert [one.text for one in row.unmet.sentences] == [told[4], told[1], told[3]]
    assert row.met.sentences == ()


@pytest.mark.parametrize("timed_out", [True, False])
def test_a_table_tells_the_search_it_answers(timed_out: bool) -> None:
    answer = SearchResponse((), 7, 2, {"reason": ()}, timed_out=timed_out)
    found = won_lost_json(won_lost(SearchState("mri"), answer, MemoryLetters([]), "build-1"))
    assert found == {
        "q": "mri",
        "url": "/search?q=mri",
        "total": 7,
        "overturned": 2,
        "rows": (),
        "without": 0,
        "without_url": "/search?q=mri&reason=~unknown",
        "partial": timed_out,
        "build": "build-1",
    }


def test_ranges_for_programs_have_four_digits() -> None:
    counts = (FacetCount("unmet red-flags", 9, 0), FacetCount("met red-flags", 1, 1))
    head, row = csv.reader("".join(won_lost_csv(table(counts=counts))).splitlines())
    ends = dict(zip(head, row, strict=True))
    assert (ends["low"], ends["high"]) == ("0.0179", "0.4042")
