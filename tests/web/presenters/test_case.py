"""Facts on the page of a case, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from imrsearch.model import DecisionReason, Determination, Patient, Quantity
from imrsearch.web.presenters.case import CaseContext, CasePage, case_page
from tests.search.memory import determination, issue

AROUND = CaseContext("", lambda text, _: Markup.escape(text), {}, {}, "build-1")


def page_of(client: FlaskClient, case: Determination) -> CasePage:
    with client.application.test_request_context():
        return case_page(case, "", AROUND)


@pytest.mark.parametrize(
    ("patient", "words"),
    [
        (Patient(sex="female"), "Female"),
        pytest.param(
            Patient(sex="male", sex_inferred=True),
            "Male (inferred from pronouns)",
            id="what no noun tells",
        ),
    ],
)
def test_the_patients_sex(client: FlaskClient, patient: Patient, words: str) -> None:
    case = replace(determination("CM16-0000001", issue(1, "Massage")), patient=patient)
    assert words in [fact.words for fact in page_of(client, case).facts]


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(12, "visits"), "12 visits"),
        (Quantity(1200, "units"), "1,200 units"),
        pytest.param(Quantity(18, "visits", minimum=12), "12–18 visits", id="a range"),
    ],
)
def test_quantities(client: FlaskClient, quantity: Quantity, words: str) -> None:
    case = determination("CM16-0000001", issue(1, "Massage", quantity=quantity))
    (section,) = page_of(client, case).issues
    assert ("Quantity", words) in [(fact.label, fact.words) for fact in section.facts]


def test_therapies_asked_for_in_one(client: FlaskClient) -> None:
    both = issue(1, "PT/OT", treatment="physical therapy", further_treatments=("massage therapy",))
    (section,) = page_of(client, determination("CM16-0000001", both)).issues
    facts = {fact.label: fact.words for fact in section.facts}
    assert facts["Asked for together with"] == "Massage therapy"


def test_reasons_stand_with_their_sentences(client: FlaskClient) -> None:
    text = "The patient has pain. No red flags were found. Not medically necessary."
    sentence = "No red flags were found."
    span = (text.index(sentence), text.index(sentence) + len(sentence))
    reason = DecisionReason("red-flags", "unmet", sentence, span)
    one = issue(1, "MRI", rationale=text, reasons=(reason,))
    (section,) = page_of(client, determination("CM16-0000001", one)).issues
    (shown,) = section.reasons
    assert (shown.label, shown.sentence) == ("No red flags", sentence)
    assert shown.url == "/search?reason=unmet+red-flags"
    parts = ["".join(piece.text for piece in part.text.pieces) for part in section.rationale]
    assert "".join(parts) == text
    assert [part.reason for part in section.rationale] == ["", "No red flags", ""]
    assert sentence in section.quotation.quote


def test_no_reason_is_said_to_be_none(client: FlaskClient) -> None:
    (section,) = page_of(client, determination("CM16-0000001", issue(1, "MRI"))).issues
    assert section.reasons == ()
    assert section.rationale == ()
