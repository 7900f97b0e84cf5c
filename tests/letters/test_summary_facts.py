from __future__ import annotations

import pytest

from imrsearch.letters.parse import parse
from imrsearch.model import Determination

LETTER = """Case Number: CM16-0000901
HOW THE IMR FINAL DETERMINATION WAS MADE
The Expert Reviewer has the following credentials:
State(s) of Licensure: California
Certification(s)/Specialty: Occupational Medicine

CLINICAL CASE SUMMARY

{summary}

IMR ISSUES, DECISIONS AND RATIONALES

{services}
"""
ISSUE = """{heading}: Upheld

Claims Administrator guideline: Decision based on MTUS Chronic Pain Guidelines.

MAXIMUS guideline: Decision based on MTUS Chronic Pain Guidelines.

Decision rationale: There is no functional improvement.
"""
MODIFIED = (
    "Physical therapy, 10 sessions was the original request. Physical therapy, 6 sessions was"
    " authorized by the Claims Administrator. The remaining IMR eligible portion of the original"
    " request, Physical therapy, 4 sessions is"
)


def letter(summary: str, *headings: str) -> Determination:
    services = "\n\n".join(ISSUE.format(heading=heading) for heading in headings)
    return parse(LETTER.format(summary=summary, services=services), "CM16-0000901.txt")


@pytest.mark.parametrize(
    ("summary", "headings", "actions"),
    [
        ("Utilization review non-certified the MRI.", ["MRI"], ["denied"]),
        ("The previous denial was on 12/16/2016.", ["MRI"], ["denied"]),
        ("UTILIZATION REVIEW FAILED TO APPROVE THE MRI.", ["MRI"], ["denied"]),
        ("UR recommended non-certification.", ["MRI"], ["denied"]),
        ("The MRI was denied as there are no red flags.", ["MRI", "Cane"], ["denied", None]),
        pytest.param("The MRI was done.", ["MRI"], [None], id="not told"),
        pytest.param(
            "The request was modified by utilization review.", ["MRI"], [None], id="part of what?"
        ),
        pytest.param("He has modified work.", [MODIFIED], ["modified"], id="told in the heading"),
        pytest.param(
            "The request for therapy was modified. The request for an MRI was denied.",
            [MODIFIED, "MRI"],
            ["modified", "denied"],
            id="headings tell which",
        ),
        pytest.param(
            "UR denied the first two.", ["MRI", "Cane", "CT"], ["denied", "denied", None], id="some"
        ),
        pytest.param("He denied any pain.", ["MRI"], [None], id="a patient denies"),
    ],
)
def test_action(summary: str, headings: list[str], actions: list[str | None]) -> None:
    case = letter(summary, *headings)
    assert [issue.ur_action for issue in case.issues] == actions
    told = {path for path in case.evidence if path.endswith("ur_action")}
    assert len(told) == sum(action is not None for action in actions)


def test_a_letter_that_speaks_of_a_notice_is_none() -> None:
    summary = "A notice of independent medical review determination was sent."
    assert letter(summary, "MRI").era == "credentials"


def test_amounts_of_a_modification() -> None:
    (issue,) = letter("", MODIFIED).issues
    amounts = (issue.original_quantity, issue.authorized_quantity, issue.quantity)
    assert [(one and one.amount) for one in amounts] == [10, 6, 4]


@pytest.mark.parametrize(
    ("summary", "heading", "parts", "source"),
    [
        pytest.param(
            "Diagnoses include knee sprain.", "MRI of the neck", ("neck",), None, id="printed"
        ),
        pytest.param(
            "Diagnoses include knee sprain.", "Gym membership", ("knee",), "diagnosis", id="told"
        ),
        pytest.param("Diagnoses include knee sprain.", "Naproxen #60", (), None, id="a drug"),
        pytest.param(
            "DIAGNOSES INCLUDE KNEE SPRAIN.",
            "Pool access",
            ("knee",),
            "diagnosis",
            id="in capitals",
        ),
        pytest.param(
            "Diagnoses include knee sprain.",
            MODIFIED.replace("10 sessions", "10 sessions to the wrist"),
            ("wrist",),
            "original request",
            id="the original request goes first",
        ),
    ],
)
def test_body_part_of_the_case(
    summary: str, heading: str, parts: tuple[str, ...], source: str | None
) -> None:
    case = letter(summary, heading)
    (issue,) = case.issues
    assert (issue.body_parts, issue.body_part_source) == (parts, source)
    assert ("issues.1.body_parts.0" in case.evidence) == bool(parts)


@pytest.mark.parametrize(
    ("summary", "codes"),
    [
        ("Diagnoses: lumbago (ICD-10 M54.5) and knee sprain, S83.92XA.", ("M54.5", "S83.92XA")),
        ("The diagnosis codes are 724.2 and 847.2.", ("724.2", "847.2")),
        pytest.param("He weighs 180.25 pounds.", (), id="a number without a word of diagnosis"),
        pytest.param("Diagnosis: pain. Takes 112.5 mg daily.", (), id="a dose"),
        pytest.param("The diagnosis is sprain at L4-5 and C5.", (), id="levels"),
    ],
)
def test_diagnosis_codes(summary: str, codes: tuple[str, ...]) -> None:
    case = letter(summary, "MRI of the knee")
    assert case.diagnoses == codes
    assert len([path for path in case.evidence if path.startswith("diagnoses.")]) == len(codes)


@pytest.mark.parametrize(
    ("summary", "visits"),
    [
        ("He has completed 12 sessions of physical therapy.", [12, None]),
        ("The worker attended eight PT visits and takes naproxen.", [8, None]),
        ("Six acupuncture visits to date have helped.", [None, 6]),
        ("She had 9 physical therapy visits. She has had 4 sessions of acupuncture.", [9, 4]),
        pytest.param("He had 6 visits of physical therapy. He completed 12 visits of PT.",
                     [None, None], id="two numbers"),
        pytest.param("He has completed 12 sessions.", [None, None], id="of what?"),
        pytest.param("Physical therapy was requested, 12 sessions.", [None, None], id="asked for"),
        pytest.param("He had 6 sessions of physical therapy and acupuncture.", [None, None],
                     id="of which?"),
    ],
)  # fmt: skip
def test_visits_so_far_of_the_treatment_that_the_summary_names(
    summary: str, visits: list[int | None]
) -> None:
    case = letter(summary, "Physical therapy, 6 sessions", "Acupuncture, 4 sessions")
    told = [issue.visits_so_far for issue in case.issues]
    assert [one and one.count for one in told] == visits
    assert all(one is None or one.source == "case summary" for one in told)
    for one in told:
        assert one is None or case.summary[slice(*one.span)] == one.evidence


def test_the_rationale_s_number_of_visits_stands() -> None:
    text = LETTER.format(
        summary="He has completed 12 physical therapy visits.",
        services=ISSUE.format(heading="Physical therapy, 6 sessions").replace(
            "There is", "The patient has had 15 sessions. There is"
        ),
    )
    (issue,) = parse(text, "CM16-0000901.txt").issues
    assert issue.visits_so_far is not None
    assert (issue.visits_so_far.count, issue.visits_so_far.source) == (15, "rationale")
