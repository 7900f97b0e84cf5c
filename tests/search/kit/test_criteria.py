"""What decided requests like one: sentences of each side, and the pages that reviewers cite."""

from __future__ import annotations

from dataclasses import replace

from imrsearch.model import Citation, CitedPlace, DecisionReason, GuidelineStatement, Issue
from imrsearch.schema import FacetCount
from imrsearch.search.kit.criteria import (
    SENTENCES_SHOWN,
    Decided,
    DecidedSides,
    cited_by_reviewers,
    deciding_criteria,
)
from imrsearch.search.state import SearchState
from tests.search.memory import issue

RATIONALE = "No gain was shown. It was not shown. No film. He walks. He runs."


def upheld(number: int, *sentences: str) -> Decided:
    reasons = tuple(
        DecisionReason("functional-improvement", "unmet", one, (RATIONALE.index(one), 0))
        for one in sentences
    )
    return "CM16-0000001", issue(number, "MRI", rationale=RATIONALE, reasons=reasons)


def asked_of_nobody(decision: str, value: str) -> list[Decided]:
    raise AssertionError((decision, value))


def test_each_wording_once_and_so_many_of_them() -> None:
    read = DecidedSides(
        (),
        [
            upheld(1, "He walks.", "No film."),
            upheld(2, "He walks.", "He runs.", "It was not shown."),
        ],
    )
    counts = [FacetCount("unmet functional-improvement", 9, 0)]
    (row,) = deciding_criteria(
        ["functional-improvement"], SearchState(), counts, read, asked_of_nobody
    )
    assert [(one.number, one.text) for one in row.upheld.sentences] == [
        (1, "He walks."),
        (1, "No film."),
        (2, "He runs."),
    ]
    assert len(row.upheld.sentences) == SENTENCES_SHOWN
    assert (row.upheld.count, row.overturned.count, row.overturned.sentences) == (9, 0, ())
    assert row.upheld.sentences[2].url == "/case/CM16-0000001#issue-2"


def test_only_a_reason_of_the_denial_is_looked_for() -> None:
    counts = [FacetCount("unmet red-flags", 2, 0), FacetCount("met objective-findings", 1, 1)]
    rows = deciding_criteria([], SearchState(), counts, DecidedSides((), ()), asked_of_nobody)
    assert [one.criterion for one in rows] == ["red-flags", "objective-findings"]
    assert not rows[0].upheld.sentences


def citation(*pages: int) -> Citation:
    title = "Chronic Pain Medical Treatment Guidelines"
    return Citation("mtus-chronic-pain", "mtus", title, None, None, (), pages, "")


def citing(*pages: int, rationale: tuple[int, ...] = ()) -> Issue:
    statement = GuidelineStatement("", None, (citation(*pages),))
    cited = (citation(*rationale),) if rationale else ()
    return replace(
        issue(1, "MRI"),
        reviewer_guideline=statement,
        claims_administrator=GuidelineStatement("", None, (citation(99),)),
        rationale_citations=cited,
    )


def test_a_place_counts_once_an_issue_whoever_won() -> None:
    read = DecidedSides(
        [("CM16-0000001", citing(46, rationale=(46,)))],
        [("CM16-0000002", citing(46, 58)), ("CM16-0000003", citing(58, rationale=(60, 61, 62)))],
    )
    places = cited_by_reviewers(read)
    assert [(one.place, one.overturned, one.upheld) for one in places[:2]] == [
        (CitedPlace("mtus-chronic-pain", 46), 1, 1),
        (CitedPlace("mtus-chronic-pain", 58), 0, 2),
    ]
    assert len(places) == 5
    assert (
        len(cited_by_reviewers(DecidedSides([], [("CM16-0000001", citing(*range(40, 50)))]))) == 5
    )
