"""The clauses of a sentence; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.wording.clauses import (
    asked_clauses,
    begins_with_why,
    decided_parts,
    depends_on_another,
    goes_on,
    is_decided_entry,
    reason_ahead,
    without_decision_ahead,
)

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
    "two reasons for one decision": (
        "They denied Botox because her headaches are new, and denied Maxalt since she has Imitrex",
        [
            ("They denied Botox because her headaches are new, ", ""),
            ("and denied Maxalt since she has Imitrex", ""),
        ],
    ),
    "a decision left out": (
        "They denied the ice unit because ice packs do, and the crutches because he walks",
        [
            ("They denied the ice unit because ice packs do", ""),
            ("the crutches because he walks", "denied"),
        ],
    ),
    "back and forth": (
        "The MRI is approved, and the cane is denied, while the brace was certified",
        [
            ("The MRI is approved", "certified"),
            (", and the cane is denied", "denied"),
            (", while the brace was certified", "certified"),
        ],
    ),
    "decisions alike, without reasons": (
        "The cane is denied and the brace is denied",
        [("whole", "")],
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
    ("Denied: she is able to walk.", "she is able to walk."),
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


@pytest.mark.parametrize(
    ("sentence", "is_entry"),
    [
        ("Biofeedback: non-certified.", True),
        ("Biofeedback, 6 visits: not certified now", True),
        ("Cane: he walks", False),
        ("Cane is here: denied", False),
        ("ODG, canes: denied", False),
        ("The list: denied", False),
        ("Cane: it is not certified at any time", False),
        ("Cane denied", False),
    ],
)
def test_a_service_and_its_decision(sentence: str, is_entry: bool) -> None:
    assert is_decided_entry(sentence) is is_entry


@pytest.mark.parametrize(
    ("sentence", "tells_more"),
    [
        ("Mobic is denied as a second drug of its kind beside the ibuprofen", True),
        ("Mobic is denied by us on May 5", False),
        ("Mobic is denied by page 5 of the guideline of the state board", False),
        ("It is denied as a second drug of its kind beside the ibuprofen", False),
        ("Mobic is certified as a second drug of its kind beside the ibuprofen", False),
        ("Mobic is denied and Soma is denied as a second drug of its kind and use", False),
    ],
)
def test_a_denial_that_goes_on_with_its_reason(sentence: str, tells_more: bool) -> None:
    assert goes_on(sentence) is tells_more


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        (
            "Therapy and a brace have failed, and the doctor wants a fusion",
            "the doctor wants a fusion",
        ),
        ("Soma is denied, while Zanaflex is taken", "Soma is denied"),
        ("Soma is denied although Zanaflex is taken", "Soma is denied"),
        ("The brace is denied; he tried one", "The brace is denied"),
        ("The brace is denied; he walks", "The brace is denied; he walks"),
        (
            "Soma is denied, while Zanaflex is approved",
            "Soma is denied, while Zanaflex is approved",
        ),
        ("He walks, he runs", "He walks, he runs"),
    ],
)
def test_clauses_that_neither_ask_nor_decide_are_left_out(sentence: str, rest: str) -> None:
    assert asked_clauses(sentence) == rest


@pytest.mark.parametrize(
    ("sentence", "depends", "is_why", "ends"),
    [
        ("Because the surgery is denied, no walker.", False, True, 30),
        ("Since he walks, no walker.", False, True, 15),
        ("As it is late, no walker.", False, True, 14),
        ("As the fusion is off the table there is no need", True, True, 0),
        ("Now that this is denied it falls", True, True, 0),
        ("Depends on the release", True, False, 0),
        ("It goes with the surgery", True, False, 0),
        ("They fall to the surgery", True, False, 0),
        ("This belongs with it", True, False, 0),
        # What a sentence is about is no reason
        ("As for Topamax, no", False, False, 0),
        ("As to the cane, no", False, False, 0),
        ("As of May, no", False, False, 0),
        ("A cane is needed, because he fell,", False, False, 0),
    ],
)
def test_a_reason_at_the_beginning(sentence: str, depends: bool, is_why: bool, ends: int) -> None:
    assert depends_on_another(sentence) is depends
    assert begins_with_why(sentence) is is_why
    assert reason_ahead(sentence) == ends
