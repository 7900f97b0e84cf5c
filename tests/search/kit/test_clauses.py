"""Sentences with two decisions; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.clauses import decided_parts

PARTS = {
    "one decision is one part": ("The MRI and the cane are denied.", [("whole", "")]),
    "what was certified comes first": (
        "They approved the MRI but not the therapy.",
        [("They approved the MRI ", "certified"), ("but not the therapy.", "denied")],
    ),
    "the treatment before its decision": (
        "Butrans denied, Norco and Colace certified.",
        [("Butrans denied", "denied"), (", Norco and Colace certified.", "certified")],
    ),
    "what was done before is named ahead of both decisions": (
        "After the hip surgery, UR approved the walker but denied the commode.",
        [
            ("After the hip surgery, UR approved the walker ", "certified"),
            ("but denied the commode.", "denied"),
        ],
    ),
    "a verb left out": (
        "The MRI was certified, the cane was not.",
        [("The MRI was certified", "certified"), (", the cane was not.", "denied")],
    ),
}


@pytest.mark.parametrize(("sentence", "expected"), PARTS.values(), ids=PARTS)
def test_parts(sentence: str, expected: list[tuple[str, str]]) -> None:
    whole = [("whole", "")] if expected[0][0] == "whole" else None
    found = list(decided_parts(sentence))
    assert found == ([(sentence, "")] if whole else expected)
