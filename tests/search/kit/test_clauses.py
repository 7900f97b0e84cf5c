"""Sentences with two decisions; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.clauses import decided_parts, without_decision_ahead

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


TOLD_BEHIND = [
    ("NON-CERT. PT IS NOT HOMEBOUND, SHE WALKS", "PT IS NOT HOMEBOUND, SHE WALKS"),
    ("Denied - no MRI was done.", "no MRI was done."),
    ("Denied, no trial of the TENS was done.", "no trial of the TENS was done."),
    ("UR denied it last week: the audiogram shows nothing.", "the audiogram shows nothing."),
    # What is decided comes next, or stands ahead
    ("Denied: cane, walker and MRI.", ""),
    ("Denied: the MRI is not medically necessary.", ""),
    ("The cane is denied: she walks.", ""),
    ("It was denied, and she wants an MRI.", ""),
    ("She walks.", ""),
]


@pytest.mark.parametrize(("sentence", "told"), TOLD_BEHIND)
def test_what_is_told_behind_a_decision(sentence: str, told: str) -> None:
    assert without_decision_ahead(sentence) == told
