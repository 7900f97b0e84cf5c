"""Words of outcome: what was decided, or what the rule is."""

from __future__ import annotations

import pytest

from imrsearch.query.recognize_decisions import asks_for_rule


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
