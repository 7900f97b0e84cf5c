"""Whose words an appeal holds: its writer's, and those of the reviewer whom it quotes."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests


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
