"""Decisions as notes and letters word them: each row is another office's way to say the same."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests, read_text

DENIED_IN_SHORT = [
    "Knee brace = no. reviewer sees no instability",
    "Knee brace - no. Never fell.",
    "Knee brace -> NO",
    "Knee brace: no. He walks well.",
    "Knee brace -- nope, too soon",
    "Knee brace x2 -> 1 OK, other 1 NO",
]
DENIED_IN_WORDS = [
    "He was not able to certify the knee brace.",
    "We are not in a position to approve the knee brace.",
    "Our physician could not see his way to certifying the knee brace.",
    "The reviewer saw no basis to authorize the knee brace.",
    "After review it was decided against: knee brace.",
    "It is our opinion that the knee brace cannot be endorsed.",
    "We recommend against authorizing the knee brace.",
    "I do not concur with the knee brace.",
    "The request for a knee brace is respectfully declined.",
    "As regards the knee brace, medical necessity has not been established.",
    "They approved a scooter but nixed the knee brace.",
    "Knee brace: unfavorable.",
    "UR killed the knee brace, saying that he walks well.",
    "The doctor put in for a knee brace and insurance wrote back he does not need one.",
    "As to the knee brace, they say she doesn't need it.",
    "For the knee brace the adjuster told me I don't need that.",
    "He asked for a knee brace; the reviewer thinks he did not need one.",
    "The knee brace was sent in and they replied that he doesn't really need it.",
    'Second thing was a knee brace and what they say is quote "no need for support".',
    "The other one is the knee brace, they wrote no reason for it.",
    "Then the knee brace, they answered there is no proof of a tear.",
    "Doctor ask knee brace, 2 pieces, and they say only 1.",
]
GRANTED_IN_SHORT = ["Cane - yes.", "Cane = ok, no changes", "Cane -> fine", "Cane: yes."]


@pytest.mark.parametrize("told", [*DENIED_IN_SHORT, *DENIED_IN_WORDS])
def test_a_denial_in_other_words(told: str) -> None:
    (request,) = read_requests(f"The patient fell.\n\n{told}\n\nCane - yes.")
    assert request.treatment == "knee brace"


@pytest.mark.parametrize("told", GRANTED_IN_SHORT)
def test_a_grant_in_other_words(told: str) -> None:
    reading = read_text(f"The patient fell.\n\n{told}\n\nKnee brace - no.")
    assert [one.treatment for one in reading.requests] == ["knee brace"]
    assert reading.certified == ("cane",)


OPENED = [
    "I appeal your adverse decision of July 25 on two treatments.",
    "The walker is certified. We are not able to say the same of the rest.",
    "The walker is certified. For the reasons that follow we must deny the others.",
    "A physician has denied each of the following. We look at them again once you answer.",
    "Our doctor looked at your letter.",
]


@pytest.mark.parametrize("told", OPENED)
def test_paragraphs_headed_by_a_service(told: str) -> None:
    requests = read_requests(
        f"Dear Doctor,\n\n{told}\n\nHospital bed. She gets out of the bed she owns.\n\n"
        "Knee brace. She walks a mile without one."
    )
    assert [one.treatment for one in requests] == ["hospital bed", "knee brace"]


def test_one_paragraph_alone_may_begin_with_a_treatment_by_chance() -> None:
    assert [
        one.treatment
        for one in read_requests(
            "The MRI of the knee is denied.\n\nPhysical therapy. It was finished in May."
        )
    ] == ["MRI"]


def test_a_table_of_yes_and_no() -> None:
    reading = read_text(
        "Service | Ask | Yes/No | Note\nKnee brace | 1 | No | no instability\nCane | 1 | Yes | -"
    )
    assert [one.treatment for one in reading.requests] == ["knee brace"]
    assert reading.certified == ("cane",)


def test_no_to_both() -> None:
    requests = read_requests(
        "What we were asked: a lumbar brace; a cane.\nWhat we decided: no to both.\n"
        "Why: he walks a mile without help."
    )
    assert [[one.criterion for one in request.reasons] for request in requests] == [
        ["assistance-need"],
        ["assistance-need"],
    ]
