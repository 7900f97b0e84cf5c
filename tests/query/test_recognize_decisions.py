"""Words of outcome: what was decided, or what the rule is."""

from __future__ import annotations

import pytest

from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.recognize_decisions import (
    DECISION_WISH,
    RULE_WISH,
    asks_for_rule,
    decision_meanings,
    ur_actions,
)
from imrsearch.query.tree import ConstantScore, FieldEquals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("when is an MRI approved?", True, id="present"),
        pytest.param("must acupuncture be approved first?", True, id="modal verb"),
        pytest.param("which MRIs were approved?", False, id="past"),
        pytest.param("is there an MRI that was approved?", False, id="both"),
        pytest.param("Must acupuncture be approved? ", True, id="capitals, and a blank behind"),
        pytest.param("MRI approved", False, id="no question"),
        pytest.param("MRI approved?", False, id="a question without a word of rule"),
        pytest.param("when is an MRI approved", False, id="no question mark"),
    ],
)
def test_a_question_may_ask_for_the_rule(text: str, expected: bool) -> None:
    assert asks_for_rule(text) is expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("acupuncture UR modified", "UR modified", id="before it"),
        pytest.param(
            "MRI modified by utilization review", "modified by utilization review", id="by"
        ),
        pytest.param("partially certified norco", "partially certified", id="of the request"),
    ],
)
def test_words_of_a_part_authorized_ask_for_modified_requests(text: str, said: str) -> None:
    (meaning,) = ur_actions(text)
    assert text[meaning.start : meaning.end] == said
    assert meaning.query == FieldEquals("ur", "modified")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("modified duty", id="of work"),
        pytest.param("neur modified", id="the end of another word"),
        pytest.param("denied by UR", id="as nearly every request was"),
    ],
)
def test_no_action_is_read_from_other_words(text: str) -> None:
    assert list(ur_actions(text)) == []


@pytest.mark.parametrize(
    ("text", "said", "decision"),
    [
        pytest.param("acupuncture Approved", "Approved", OVERTURNED, id="the treatment won"),
        pytest.param("MRI denied.", "denied", UPHELD, id="it lost"),
        pytest.param("MRI not approved", "not approved", UPHELD, id="turned round"),
        pytest.param("never denied", "never denied", OVERTURNED, id="turned round the other way"),
        pytest.param("not an MRI, approved", "approved", OVERTURNED, id="only the word before"),
        pytest.param("non-certified massage", "non-certified", UPHELD, id="with a hyphen"),
        pytest.param("medically  necessary", None, None, id="two blanks are no such word"),
    ],
)
def test_words_of_outcome_only_sort(text: str, said: str | None, decision: str | None) -> None:
    """A filter would make the share of overturned issues a matter of wording."""
    found = list(decision_meanings(text))
    assert [text[one.start : one.end] for one in found] == ([said] if said else [])
    for one in found:
        assert one.query is None
        assert one.wish == ConstantScore(FieldEquals("decision", str(decision)), DECISION_WISH)
        assert one.note
        assert one.note.code == "decision-words"
        assert one.note.message.startswith(f"“{said}” only sorts: issues that were {decision} (")
        assert one.note.message.endswith(") come first.")


def test_in_a_question_about_the_rule_a_decision_is_an_example() -> None:
    """It weighs less than what the issue is about."""
    (found,) = decision_meanings("when is an MRI approved?")
    assert found.wish == ConstantScore(FieldEquals("decision", OVERTURNED), RULE_WISH)
    assert found.note
    assert found.note.message.endswith(") rank higher.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("board certified surgeon", id="board certified"),
        pytest.param("Board-certified", id="one word"),
        pytest.param("what UR denied", id="the utilization review's decision"),
        pytest.param("denied by the carrier", id="whoever stands behind it"),
        pytest.param("denied By the carrier", id="in capitals, too"),
        pytest.param("certified interpreter", id="who is certified"),
        pytest.param("unapproved drug", id="the end of another word"),
        pytest.param("approved-of plan", id="the beginning of another"),
    ],
)
def test_the_decision_of_someone_else_is_left_alone(text: str) -> None:
    assert list(decision_meanings(text)) == []


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        pytest.param("board meeting, MRI approved", ["approved"], id="words between before"),
        pytest.param("board MRI approved", ["approved"], id="a word between before"),
        pytest.param("MRI approved, as by law", ["approved"], id="a word between behind"),
        pytest.param("MRI approved and CT denied", ["approved", "denied"], id="both"),
    ],
)
def test_only_the_word_beside_tells_whose_decision_it_is(text: str, decided: list[str]) -> None:
    assert [text[one.start : one.end] for one in decision_meanings(text)] == decided


@pytest.mark.parametrize("word", ["denial", "Denials", "approval"])
def test_what_every_issue_has_is_ignored(word: str) -> None:
    """Every issue disputes a denial: the word must not be looked for, nor sort."""
    (found,) = decision_meanings(f"MRI {word}")
    assert (found.query, found.wish) == (None, None)
    assert found.note
    assert found.note.message == f"“{word}” was ignored: it names no decision."
