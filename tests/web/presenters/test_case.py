"""Facts on the page of a case, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from imrsearch.model import (
    Citation,
    DecisionReason,
    Determination,
    GuidelineStatement,
    NotInForce,
    OcrReading,
    Patient,
    Quantity,
    Recommendation,
)
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


NOT_RECOMMENDED = Recommendation("not recommended", None, "I", None, "Not Recommended, (I)")


def test_an_edition_that_was_not_in_force_is_remarked_with_its_dates(client: FlaskClient) -> None:
    stale = NotInForce(
        "2009", date(2009, 7, 18), date(2016, 7, 27), date(2016, 12, 1), "ur_denial", "DWC's news"
    )
    cited = replace(
        Citation("mtus-chronic-pain", "mtus", "Chronic Pain", None, 2009, (), (), "as printed"),
        not_in_force=stale,
        recommendations=(NOT_RECOMMENDED,),
    )
    statement = GuidelineStatement("as printed", "mtus", (cited,))
    one = issue(1, "MRI", reviewer_guideline=statement)
    (section,) = page_of(client, determination("CM16-0000001", one)).issues
    advice, edition = section.sides[1].citations[0].remarks
    assert advice == "(Not recommended; evidence I (insufficient))"
    assert edition == (
        "(edition 2009 was not in force on the day of the utilization review, Dec 1, 2016: "
        "in force Jul 18, 2009 to Jul 27, 2016; dates from DWC's news)"
    )


def test_advice_that_the_rationale_quotes(client: FlaskClient) -> None:
    one = issue(1, "MRI", recommendations=(NOT_RECOMMENDED,), formulary=("non-exempt",))
    (section,) = page_of(client, determination("CM16-0000001", one)).issues
    (advice,) = section.advice
    assert (advice.label, advice.words) == (
        "Not recommended; evidence I (insufficient)",
        "Not Recommended, (I)",
    )
    assert ("In the MTUS Drug List", "Non-exempt") in [(f.label, f.words) for f in section.facts]


def test_a_scan_is_called_one_and_its_doubtful_facts_are_marked(client: FlaskClient) -> None:
    typed = determination("CM16-0000001", issue(1, "MRI"))
    scan = replace(typed, ocr=OcrReading((), ("dates.decided", "issues.1.decision")))
    page = page_of(client, scan)
    assert "text recognition" in page.scan
    doubtful = [
        fact.label for fact in (*page.facts, *page.issues[0].facts) if "doubtful" in fact.words
    ]
    assert doubtful == ["Decided", "Decision"]
    assert page_of(client, typed).scan == ""
    poor = page_of(client, replace(typed, ocr=OcrReading((), poor=True)))
    assert "poor scan" in poor.scan
    assert all("doubtful" in fact.words for fact in poor.facts)
