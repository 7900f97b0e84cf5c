"""Facts on the page of a case, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from imrsearch.model import Determination, Patient, Quantity
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
