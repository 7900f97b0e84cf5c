"""Guideline or patient, denied or not."""

from __future__ import annotations

import pytest

from imrsearch.reasons.rules import sentence_of
from imrsearch.reasons.scope import (
    APPLIED,
    BACKGROUND,
    FIXED,
    conclusion,
    denials,
    role,
    tells_of_case,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mtus recommends a trial of six visits.", BACKGROUND),
        ("the odg states that mri is indicated if derangement is suspected.", BACKGROUND),
        ("treatment should be stopped if the patient fails to improve.", BACKGROUND),
        ("outcomes were better with active care (smith, 2004).", BACKGROUND),
        ("in this case, mri is not supported by the guideline.", APPLIED),
        ("there is no documentation of a trial.", APPLIED),
        ("the injured worker has had 14 visits.", APPLIED),
        ("gabapentin had to be stopped because of sedation.", APPLIED),  # names neither
        ("the number asked for is within the guideline.", APPLIED),  # measured against it
        ("most patients improve within weeks.", BACKGROUND),
        ("mtus allows six visits and, if there is evidence of a gain, up to 18.", BACKGROUND),
        ("passive care without effort on the part of the patient is not indicated.", BACKGROUND),
        ("acoem finds no evidence that one drug of the class is better.", BACKGROUND),
        ("odg allows a unit where there is no response to other care.", BACKGROUND),
        ("the mtus expects a patient on opioids to be seen every month.", BACKGROUND),
        ("per odg, when there are no red flags, imaging can wait.", BACKGROUND),
        ("this should not be interpreted as a recommendation to stop.", FIXED),
    ],
)
def test_what_a_sentence_speaks_of(text: str, expected: str) -> None:
    assert role(sentence_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "part", "denied"),
    [
        ("no red flags or deficits", "deficits", True),  # one negation governs all it lists
        ("weakness but no spasm", "weakness", False),
        ("no spasm, but weakness", "weakness", False),
        ("the goals were not stated", "goals", True),  # what stands before
        ("pain relief is unclear", "pain relief", True),
        ("although the mri shows a tear, care was not completed", "mri", False),  # conceded
        ("not only weakness", "weakness", False),
        ("criteria including, but not limited to, red flags", "red flags", False),
        ("the surgery is not medically necessary given weakness", "weakness", False),
        ("no deficit to warrant an mri", "mri", False),  # what it would be for is not denied
    ],
)
def test_what_a_sentence_denies(text: str, part: str, denied: bool) -> None:
    start = text.index(part)
    assert denials(sentence_of(text)).cover(start, start + len(part)) is denied


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        (
            "due to the lack of benefit, the request for therapy is not medically necessary",
            "the request for therapy is not medically necessary",
        ),
        (
            "the request for therapy is medically necessary because function has improved",
            "the request for therapy is medically necessary ",
        ),
        ("it is not medically necessary as asked", "it is not medically necessary as asked"),
        ("the request exceeds the guideline and is not medically necessary", ""),
        *(
            (whole, whole)
            for whole in (
                "in light of the above, shoulder arthroscopy is medically necessary",
                "as such, therapy to the knee x6 is deemed not medically necessary",
                "for all of these reasons acupuncture is not medically necessary",
                "given these findings, the brace is medically necessary",
                "under the circumstances, a home aide is medically necessary",
                "on the basis of the foregoing, tramadol is not medically necessary",
            )
        ),
        ("given that care was not tried, the brace is not medically necessary", ""),
        ("due to the tear, arthroscopy is medically necessary", ""),
    ],
)  # fmt: skip
def test_the_conclusion_is_told_from_its_reason(text: str, decided: str) -> None:
    assert text[slice(*conclusion(sentence_of(text)))] == decided


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("during that month a rental is preferred over a purchase.", False),
        ("the purpose of the injection is to reduce pain and avoid surgery.", False),
        ("when the examination is less clear, further evidence can be obtained.", False),
        ("for chronic pain the rules are stricter and call for an agreement.", False),
        ("treatment may go on if the patient improves.", False),
        ("the results were encouraging in three trials.", False),
        ("this surgery is not meant for patients with mild symptoms.", False),
        ("the claimant fell from a roof.", True),
        ("the therapist has not said why.", True),
        ("there is no documentation of a trial.", True),
        ("six visits were certified last month.", True),
        ("the date of injury is barely two weeks before the order.", True),
        ("prior therapy did not help.", True),
        ("the request is for twelve visits.", True),
    ],
)
def test_whether_a_sentence_names_the_case(text: str, expected: bool) -> None:
    assert tells_of_case(sentence_of(text)) is expected
