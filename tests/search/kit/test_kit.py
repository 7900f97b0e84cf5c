"""The kit over the samples: counts that their search gives, precedents with their reasons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from imrsearch.api.index import Index
from imrsearch.search.kit.kit import kit_json
from imrsearch.search.state import SearchState
from imrsearch.settings import Settings
from tests.search.kit.test_reading import DENIAL


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


def test_precedents_share_the_treatment_and_first_the_reason(index: Index) -> None:
    ((request, found),) = index.kit(DENIAL).requests
    for side, decision, status in (
        (found.overturned, "overturned", "met"),
        (found.upheld, "upheld", "unmet"),
    ):
        assert side[0].answers == ("functional-improvement",)
        answered = [len(one.answers) for one in side]
        assert answered == sorted(answered, reverse=True)
        for one in side:
            issue = index.case(one.case_id).issues[one.number - 1]
            assert (issue.treatment, issue.decision) == (request.treatment, decision)
            told = {(reason.criterion, reason.evidence, reason.status) for reason in issue.reasons}
            assert {(each.criterion, each.sentence, status) for each in one.evidence} <= told


def test_notes_say_what_was_not_recognised(index: Index) -> None:
    def codes(text: str) -> list[str]:
        return [note["code"] for note in kit_json(index.kit(text))["notes"]]

    assert codes("Hello there.") == ["no-request"]
    assert codes("The request for a walker is denied.") == ["no-reason"]
    assert codes(DENIAL + " " * 20_000) == ["text-cut"]
