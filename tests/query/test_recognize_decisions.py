"""Words of outcome: what was decided, or what the rule is."""

from __future__ import annotations

import pytest

from imrsearch.query.recognize_decisions import asks_for_rule, ur_actions
from imrsearch.query.tree import FieldEquals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("when is an MRI approved?", True, id="present"),
        pytest.param("must acupuncture be approved first?", True, id="modal verb"),
        pytest.param("which MRIs were approved?", False, id="past"),
        pytest.param("is there an MRI that was approved?", False, id="both"),
        pytest.param("MRI approved", False, id="no question"),
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
