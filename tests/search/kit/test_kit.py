"""The kit over the samples: counts that their search gives, precedents with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from imrsearch.api.index import Index
from imrsearch.model import DecisionReason
from imrsearch.schema import FacetCount
from imrsearch.search.kit.criteria import Decided, DecidedSides, deciding_criteria
from imrsearch.search.kit.kit import kit_json, make_kit
from imrsearch.search.state import SearchState
from imrsearch.system.settings import Settings
from tests.conftest import SAMPLES
from tests.search.memory import MemoryIndex, MemoryLetters, determination, documents, issue
from tests.search.pasted.test_reading import DENIAL


@pytest.fixture
def index(sample_index: Settings) -> Iterator[Index]:
    """The samples, open."""
    with Index(sample_index) as opened:
        yield opened


def test_the_counts_are_those_of_the_search_at_the_url(index: Index) -> None:
    ((_, found),) = index.kit(DENIAL).requests
    searched = index.search_state(SearchState.from_url(found.url))
    assert searched.total == found.issues.total > 0
    assert searched.outcome.overturned == found.issues.overturned


def test_the_share_of_few_is_not_told(index: Index) -> None:
    ((_, found),) = index.kit("The request for a walker is denied.").requests
    assert found.issues.total < 10
    assert found.issues.rate is found.issues.low is found.issues.high is None


def test_precedents_are_ordered_by_body_part_then_by_reason(index: Index) -> None:
    ((request, found),) = index.kit(DENIAL).requests
    for side, decision, status in (
        (found.overturned, "overturned", "met"),
        (found.upheld, "upheld", "unmet"),
    ):
        assert side[0].answers == ("functional-improvement",)
        apart = []
        for one in side:
            issue = index.case(one.case_id).issues[one.number - 1]
            assert (issue.treatment, issue.decision) == (request.treatment, decision)
            told = {(reason.criterion, reason.evidence, reason.status) for reason in issue.reasons}
            assert {(each.criterion, each.sentence, status) for each in one.evidence} <= told
            named = () if issue.body_part_source else issue.body_parts
            apart.append((set(named).isdisjoint(request.body_parts), not one.answers))
        assert apart == sorted(apart)


def test_notes_say_what_was_not_recognised(index: Index) -> None:
    def codes(text: str) -> list[str]:
        return [note["code"] for note in kit_json(index.kit(text))["notes"]]

    assert "withdrawn" in codes("The cane is denied. The provider withdrew the knee brace.")
    assert "deferred" in codes("The cane is denied. The knee brace is deferred.")
    assert "spanish" in codes("me negaron la terapia para la rodilla")
    assert codes("Hello there.") == ["no-request"]
    assert codes("The request for a walker is denied.") == ["no-reason"]
    assert codes(DENIAL + " " * 20_000) == ["text-cut"]


def test_what_a_determination_approves_is_not_said_to_be_denied(index: Index) -> None:
    kit = index.kit((SAMPLES / "CM16-0000116.txt").read_text("utf-8"))
    assert not all(one.reasons for one in kit.read)
    assert "no-reason" not in {note.code for note in kit.notes}


def test_each_reason_of_a_denial_has_both_sides(index: Index) -> None:
    ((request, found),) = index.kit(DENIAL).requests
    row = found.criteria[0]
    assert row.criterion == request.reasons[0].criterion == "functional-improvement"
    for side, decision, status in (
        (row.overturned, "overturned", "met"),
        (row.upheld, "upheld", "unmet"),
    ):
        assert index.search_state(SearchState.from_url(side.url)).total == side.count > 0
        assert side.sentences
        for one in side.sentences:
            issue = index.case(one.case_id).issues[one.number - 1]
            assert issue.decision == decision
            assert (one.text, status) in {(each.evidence, each.status) for each in issue.reasons}


def test_a_reason_that_no_nearest_issue_has_is_looked_for(index: Index) -> None:
    """Of a treatment with many issues, those with a rare reason are not among those read first."""

    def find(decision: str, value: str) -> list[Decided]:
        assert (decision, value) == ("upheld", "unmet red-flags")
        case = index.case("CM16-0000105")
        return [(case.case_id, replace(case.issues[0], reasons=(reason,)))]

    sentence = index.case("CM16-0000105").issues[0].rationale[:20]
    reason = DecisionReason("red-flags", "unmet", sentence, (0, 20))
    counts = [FacetCount("unmet red-flags", 1, 0)]
    rows = deciding_criteria(["red-flags"], SearchState(), counts, DecidedSides((), ()), find)
    assert [one.text for one in rows[0].upheld.sentences] == [sentence]
    assert rows[0].overturned.count == 0


def test_a_kit_holds_no_name(index: Index) -> None:
    kit = index.kit("Dear Ms. Zyxwort: the MRI of Ms. Zyxwort's neck is denied.")
    assert "Zyxwort" not in str(kit)
    assert kit.text == "Dear Ms. [name]: the MRI of Ms. [name] neck is denied."


def test_who_won_elsewhere_is_named_where_nobody_won_with_the_body_part() -> None:
    services = [issue(number, "Therapy", body_parts=("low back",)) for number in range(1, 11)]
    won = issue(11, "Therapy", "overturned", body_parts=("neck",))
    case = determination("CM16-0000001", *services, won)
    therapy = {"treatment": ("physical therapy",)}
    some = [replace(one, values={**one.values, **therapy}) for one in documents([case])]
    text = "Physical therapy for the low back is denied."
    kit = make_kit(text, MemoryIndex(some), MemoryLetters([case]), "build-1", 1.0)
    ((_, found),) = kit.requests
    assert (found.narrowed, found.issues.total) == (("body",), 10)
    assert [(one.number, one.remark) for one in found.overturned] == [
        (11, "neck, not counted above")
    ]
    assert [one.remark for one in found.upheld] == [""] * 5


def test_the_body_part_stands_before_the_reason() -> None:
    """A knee that answers the denial comes behind a neck that does not, and is told as a knee."""
    reason = DecisionReason("red-flags", "met", "There are red flags.", (0, 20))
    knee = issue(1, "MRI knee", "overturned", body_parts=("knee",), reasons=(reason,))
    neck = issue(2, "MRI neck", "overturned", body_parts=("neck",))
    case = determination("CM16-0000001", knee, neck)
    mri = {"treatment": ("MRI",)}
    some = [replace(one, values={**one.values, **mri}) for one in documents([case])]
    text = "MRI of the neck: denied. No red flags."
    kit = make_kit(text, MemoryIndex(some), MemoryLetters([case]), "build-1", 1.0)
    ((_, found),) = kit.requests
    assert [(one.number, one.remark) for one in found.overturned] == [(2, ""), (1, "knee")]
