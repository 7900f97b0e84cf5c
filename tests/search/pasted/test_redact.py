"""What names a person is taken out of a text, and nothing that is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.search.pasted.redact import redacted
from tests.processor_time import processor_seconds

TAKEN_OUT = {
    "a form's field": ("Employee Name: Ann Q. Zyxwort", "Employee Name: [name]"),
    "last name first": ("Name (Last, First): Zyxwort, Ann", "Name (Last, First): [name]"),
    "two fields on a line": (
        "Patient: Ann Zyxwort DOB: 1/2/1970",
        "Patient: [name] DOB: [date of birth]",
    ),
    "two names on a line": (
        "Company Name: Blom Contact Name: Jo Zyxwort",
        "Company Name: [name] Contact Name: [name]",
    ),
    "a title": ("Dear Ms. Zyxwort:", "Dear Ms. [name]:"),
    "a name that is a device": ("Mr. Walker wants a walker.", "Mr. [name] wants a walker."),
    "the name again": (
        "Dear Ms. Zyxwort: Zyxwort's knee",
        "Dear Ms. [name]: [name] knee",
    ),
    "a degree": ("Alma Zyxwort, D.C., asks", "[name], D.C., asks"),
    "capitals": ("RE: ANN ZYXWORT", "RE: [name]"),
    "in a sentence": ("the patient, Ann Zyxwort, fell", "the patient, [name], fell"),
    "a signature": ("Sincerely,\n\nAlma Zyxwort", "Sincerely,\n\n[name]"),
    "a claim": ("Claim No.: 0815-4711", "Claim No.: [number]"),
    "another number": ("MRN: A004711, ADJ1234567", "MRN: [number], [number]"),
    "a birth": ("born on May 4, 1970", "born on [date of birth]"),
    "a social security number": ("SSN 123-45-6789", "SSN [social security number]"),
    "without dashes": ("SSN: 123456789", "SSN: [social security number]"),
    "a street": ("12 North Elm Street, Apt. 4", "[address]"),
    "a town": ("Fresno, CA 93721", "[address]"),
    "a box": ("P.O. Box 77", "[address]"),
    "a telephone": ("(559) 555-0100", "[telephone]"),
    "an e-mail": ("ann.z@example.com", "[e-mail]"),
}
KEPT = {
    "a request": "RE: Lumbar MRI",
    "a request behind a name's label": "PATIENT: LUMBAR MRI",
    "an office": "To: Utilization Review",
    "a therapist's degree that is a treatment": "Physical Therapy, 12 visits",
    "amounts": "Norco 10/325 mg #60, 2 x 6 visits",
    "codes": "CPT 97110, ICD M54.5",
    "pages": "MTUS, pages 58-60",
    "a day of treatment": "seen on 3/4/2015",
    "an amount before a doctor": "2 Visits with a physician",
    "a patient told of": "The patient has had pain. Patient Reports numbness.",
    "an age": "Patient: 45 year old male with back pain",
    "words in small letters": "walks 6 weeks on the road",
}


@pytest.mark.parametrize(("text", "expected"), TAKEN_OUT.values(), ids=TAKEN_OUT)
def test_what_names_a_person_is_taken_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_is_asked_for_is_kept(text: str) -> None:
    assert redacted(text) == text


@given(st.lists(st.sampled_from([row[0] for row in TAKEN_OUT.values()] + list(KEPT.values()))))
def test_what_is_redacted_stays_as_it_is(rows: list[str]) -> None:
    once = redacted("\n".join(rows))
    assert redacted(once) == once


@pytest.mark.parametrize("piece", ["A'", "A ", "1 A ", "a@", "Name: ", "born 1", "Dr. A "])
def test_the_time_is_linear(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        return processor_seconds(lambda: redacted(text))

    assert seconds(8_000) < 10 * seconds(2_000) + 0.05
