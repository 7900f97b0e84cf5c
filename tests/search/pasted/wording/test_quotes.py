"""Whose words an appeal holds: its writer's, and those of the reviewer whom it quotes."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests
from imrsearch.search.pasted.wording.quotes import Quotes, without_quoted_guidelines


def test_an_appeal_has_the_reviewer_s_reasons_not_its_writer_s() -> None:
    (program,) = read_requests(
        "We dispute the denial of a functional restoration program. The reviewer writes: “No"
        " functional improvement was documented.” That is wrong: physical therapy has failed. See"
        " ODG, Pain Chapter."
    )
    assert {one.criterion for one in program.reasons} == {"functional-improvement"}
    assert not program.citations


def test_reasons_of_numbered_requests_in_a_sentence() -> None:
    fusion, stay = read_requests(
        "We dispute the denial of (1) lumbar fusion and (2) a hospital stay.\n\n"
        "1. Lumbar fusion\nThe denial says: “There is no instability on imaging.”\n\n"
        "2. Inpatient stay\n“As the fusion is not medically necessary, the stay is not.”"
    )
    assert "There is no instability" in fusion.reasons[0].evidence
    assert not any("instability" in one.evidence for one in stay.reasons)


def test_the_reviewer_s_words_for_each_request_of_an_appeal() -> None:
    trial, evaluation = read_requests(
        "Denied: (a) Spinal cord stimulator trial; (b) psychological evaluation.\n\n"
        "On (a): “Less invasive procedures have not failed.”\n"
        "On (b): “As the trial is not certified, the evaluation is not needed.”\n\n"
        "The decision is wrong. Three injections brought no lasting relief."
    )
    assert {one.criterion for one in trial.reasons} == {"conservative-care-failed"}
    assert {one.criterion for one in evaluation.reasons} == {"parent-treatment-necessary"}


def test_a_denial_that_tells_how_to_dispute_it_is_no_appeal() -> None:
    (request,) = read_requests(
        "Walker: denied. The patient walks half a mile without help.\n\nThe reasons are given"
        " above. If you, the employee or the employee's attorney disagree, a form is enclosed."
    )
    assert [one.criterion for one in request.reasons] == ["assistance-need"]


ATTRIBUTED = [
    "It complains that there are no films.",
    "It then asserts X-rays were not submitted.",
    "They say I have no X-ray.",
    "Your letter holds that X-rays were not taken.",
    "We are told that no X-ray was submitted.",
]


@pytest.mark.parametrize("told", ATTRIBUTED)
def test_the_denial_speaks_where_a_pronoun_stands_for_it(told: str) -> None:
    (request,) = read_requests(
        f"I appeal the denial of the MRI of my knee. {told} The doctor did not have an MRI report."
    )
    assert [(one.criterion, one.evidence) for one in request.reasons] == [
        ("test-corroboration", told)
    ]


def test_a_reason_told_in_the_sentence_that_names_one_more_request() -> None:
    needles, massage = read_requests(
        "They denied acupuncture for my neck. It says nobody wrote down what I can do. They also"
        " denied the massage, the letter said I am not doing any exercise program. Can I appeal?"
    )
    assert needles.treatment == "acupuncture"
    assert [one.criterion for one in massage.reasons] == ["part-of-active-program"]


APPEALS = [
    "We dispute the denial. The reviewer says no.",
    "I am writing to appeal. UR wrote no.",
    "Appeal of the denial. According to the insurer no.",
    "It should be overturned. They say no.",
    "Please reconsider. It was refused because he walks.",
    "My request is to reconsider it. We were told no.",
    "Look at it again. The sole authority cited is ODG.",
    "The decision is wrong. The reason given is none.",
    "UR overlooked the film. “He has no film of the knee.”",
]
NO_APPEALS = [
    "The reviewer says no.",
    "We dispute the denial.",
    "If the employee disagrees, he may write. The reviewer says no.",
    "The injured worker may dispute it. The reviewer says no.",
    "",
]


@pytest.mark.parametrize("text", APPEALS)
def test_an_appeal_that_tells_what_the_reviewer_said(text: str) -> None:
    assert Quotes(text).is_appeal


@pytest.mark.parametrize("text", NO_APPEALS)
def test_other_texts(text: str) -> None:
    quotes = Quotes(text)
    assert not quotes.is_appeal
    assert not quotes.reads("The reviewer says no.")


def test_a_quotation_goes_on_to_its_end() -> None:
    quotes = Quotes("We dispute the denial. The letter says no.")
    quotes.begin("")
    told = [
        "He fell.",
        "“No film.",
        "No gain.”",
        "He limps.",
        '"It is late.',
        'It is "',
        "He rose.",
    ]
    assert [one for one in told if quotes.reads(one)] == [
        *("“No film.", "No gain.”", '"It is late.', 'It is "')
    ]


def test_a_label_says_who_speaks_until_the_next_piece() -> None:
    quotes = Quotes("We dispute the denial. The letter says no.")
    quotes.begin("The denial says")
    assert quotes.reads("He walks.")
    assert quotes.reads("“He runs.")
    quotes.begin("")
    assert not quotes.reads("He walks.")


LONG = "It must be tried. " * 12


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (f'MTUS, pages 76-80: "{LONG.strip()}" He walks.', "MTUS, pages 76-80.\n He walks."),
        (f"ODG says (“{LONG.strip()}”)", "ODG says (.\n)"),
        # Short, far from the name, in another cell, or a reviewer's
        *(
            (text, text)
            for text in (
                'MTUS: "It must be tried."',
                f'MTUS. {"He walks. " * 20}"{LONG.strip()}"',
                f'MTUS | "{LONG.strip()}"',
                f'Of MTUS the denial says "{LONG.strip()}"',
                f'"{LONG.strip()}"',
            )
        ),
    ],
)
def test_a_guideline_quoted_at_length_is_only_named(text: str, rest: str) -> None:
    assert without_quoted_guidelines(text) == rest
