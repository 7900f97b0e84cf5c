"""What lines are by their form; each row is another office's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.lines import (
    as_heading,
    as_meant,
    begins_with_decision,
    decision_told,
    greets,
    heads_fields,
    is_address,
    is_bare_decision,
    is_company,
    is_dated,
    is_decided_by,
    is_entry,
    is_identifier,
    is_list_heading,
    is_title,
    opened_list,
)
from imrsearch.search.pasted.reading import read_requests, read_text
from imrsearch.search.pasted.wording.manners import CERTIFIED, DENIED, FIELD, NONE, WHY

GRANTED = [
    "Good news: both things on your RFA of August 12 were approved in full.",
    "Everything on your form is approved.",
    "All you asked for has been authorized.",
    "All items in your request of May 1 are certified.",
    "Everything the doctor requested was approved.",
    "Both of the items on this order have been certified as requested.",
]


@pytest.mark.parametrize("told", GRANTED)
def test_a_list_that_was_granted_as_a_whole(told: str) -> None:
    reading = read_text(
        f"{told}\n\n* Acupuncture, neck, six sessions. Good through May.\n* Naproxen 500 mg #60.\n"
    )
    assert not reading.requests
    assert reading.certified == ("acupuncture", "naproxen")


@pytest.mark.parametrize(
    ("asks", "answers"),
    [("Q1.", "A1."), ("1.", "1."), ("Question 1:", "Answer 1:"), ("(1)", "(1)")],
)
def test_an_answer_decides_and_tells_why(asks: str, answers: str) -> None:
    (request,) = read_requests(
        f"{asks} Is the lumbar brace medically necessary?\n"
        f"{answers} No. X-rays were not submitted.\n"
    )
    assert [one.criterion for one in request.reasons] == ["test-corroboration"]


def piece(told: str, *, is_item: bool = False) -> TextPiece:
    """A line as it is read: "Label: text", or text alone."""
    label, colon, text = told.partition(": ")
    if not colon:
        return TextPiece("", told, is_item)
    return TextPiece(label.lower(), text, is_item, printed_label=label)


MEANT = {
    "nothing is granted": ("We certify: none", "decision: Not certified."),
    "a dash is granted": ("We certify: --", "decision: Not certified."),
    "a nought between dashes is granted": ("We certify: -0-", "decision: Not certified."),
    "a nought in brackets is granted": ("We certify: (0)", "decision: Not certified."),
    "a share is granted": ("Approved: right only", "decision: Certified in part."),
    "all is granted": ("Amount certified: all of it", "decision: Certified."),
    "an amount is granted": ("What we can approve: six", "decision: Certified six"),
    "a service is granted": ("Approved: cane", "approved: cane"),
    "no is an answer": (
        "Medically necessary: No. It is late.",
        "decision: Not certified. It is late.",
    ),
    "yes to a service": ("Cane: Yes", "cane: Certified."),
    "partly": ("Decision: partly; six", "decision: Certified in part. six"),
    "yes to a denial": ("Denied: Yes", "decision: Not certified."),
    "no to a denial": ("Denied: no", "decision: Certified."),
    "no answer at all": ("Why: No. He walks.", "why: No. He walks."),
    "no as the first word": ("Result: no gain was shown", "result: no gain was shown"),
    "a guideline": ("ODG, Pain chapter: zolpidem", "guideline: ODG, Pain chapter: zolpidem"),
    "who decides": ("UR denied two: the brace", "UR denied two: the brace"),
    "a day of service": ("DOS 1/9/2015: Norco", "DOS 1/9/2015: Norco"),
    "what is lacking": ("Missing information: how often", "Missing information: how often"),
    "a sentence": ("There is no tear on the film: a scar", "There is no tear on the film: a scar"),
    "a short one is a label": ("He is not: so", "he is not: so"),
    "a field": ("Decision: He walks.", "decision: He walks."),
}


@pytest.mark.parametrize(("told", "meant"), MEANT.values(), ids=MEANT)
def test_a_field_as_it_is_meant(told: str, meant: str) -> None:
    found = as_meant(piece(told))
    assert (f"{found.label}: " if found.label else "") + found.text == meant


def test_a_label_that_opens_a_list_with_its_reason_is_a_sentence() -> None:
    label = "As the fusion is not certified, neither are"
    found = as_meant(TextPiece(label.lower(), "", is_item=False, printed_label=label))
    assert (found.label, found.text) == ("", f"{label}:")


def test_an_item_that_answers() -> None:
    found = as_meant(piece("No. The reflexes are equal.", is_item=True))
    assert (found.label, found.text) == ("decision", "Not certified. The reflexes are equal.")
    assert as_meant(piece("No reflexes.", is_item=True)).label == ""


HEADINGS = [
    "RECORDS REVIEWED",
    "Rationale",
    "Clinical Rationale",
    "TREATMENT REQUESTED",
    "APPEAL RIGHTS",
    "Treatment history",
]
NO_HEADINGS = [
    "ACOEM Knee Disorders Guideline",
    "CANE",
    "CANE REQUESTED",
    "REVIEW SERVICES",
    "He walks",
    "rationale",
    "Rationale is below",
    "The reasons for the denial of all of it",
    "Decision",
]


@pytest.mark.parametrize("line", HEADINGS)
def test_a_line_that_is_a_heading(line: str) -> None:
    assert as_heading(piece(line)) == TextPiece(line.lower(), "", is_item=False)
    assert as_heading(piece(f"{line} (of 2015)")).label == line.lower()


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_a_line_that_is_none(line: str) -> None:
    assert as_heading(piece(line)) == piece(line)


def test_only_a_numbered_item_may_be_a_heading() -> None:
    item = TextPiece("", "CRITERIA APPLIED", is_item=True, numbers=("2",))
    bullet = TextPiece("", "CRITERIA APPLIED", is_item=True, mark="-")
    assert as_heading(item).label == "criteria applied"
    assert as_heading(bullet) == bullet
    assert as_heading(piece("CRITERIA FOR ITEM TWO")).numbers[0] == "2"


FORMS = {
    "a number of a file": (
        is_identifier,
        ["Claim EX-000-TEST", "File no 123/4 - Sample", "Case 12", "MRN #12", "reviewer 2, Sample"],
        ["Claim number", "Claim: 12", "Case 12 was denied on Monday by somebody who did not call"],
    ),
    "a company": (
        is_company,
        [
            "Example Dental Insurance, claims office",
            "Surgery Review Partners, Inc.",
            "Sample Spine & Joint",
            "Example Street Orthopedic Medical Group",
            "Example Insurance Co. / Review unit Irvine",
            "Sample Indemnity",
            "Sample Surgery Center, LLC",
            "Willow Acupuncture, Lilian Example L.Ac.",
        ],
        ["Cane", "Why: Sample Mutual", "the company", "Sample Mutual denied it."],
    ),
    "an entry of records": (
        is_dated,
        ["09/30/2013, Dr. B", "2014-02-12 report", "(1/2/15) x"],
        ["Cane 1/2/15", "1/2 of it"],
    ),
    "a service at the head": (
        is_entry,
        [
            "Norco #90. There is no contract.",
            "Lidoderm 5% patch #30 - There has been no trial",
            "TENS unit purchase",
            "DOS 09/04/2014 - Cane",
            "Date of service 9/4/14, 9/11/14: Acupuncture",
        ],
        ["The cane is denied", "Dr. Cane is here", "He is not here. Cane", "The list"],
    ),
    "a decision alone": (
        is_bare_decision,
        ["APPROVED IN PART", "Approved", "Not certified"],
        ["Approved.", "Cane approved", "It is not at all approved", "Why: Approved", "He walks"],
    ),
    "a decision first": (
        begins_with_decision,
        ["Non-certified. There is no film.", "Denied"],
        ["The cane that he has is denied. No.", "He walks. Denied.", ""],
    ),
    "a sender or a reader": (
        is_address,
        ["From: A. Sample, MD", "cc: the office", "To: we ask you", "Reviewed by: A. Sample, DO"],
        ["To: we ask for a cane", "From: denied", "Why: A. Sample, MD"],
    ),
    "a greeting": (
        greets,
        ["Dear Dr. Sample,", "To the reviewing physician: ", "Hello team: ", "ATTN: "],
        ["He is dear", "Plan: ", "To: A. Sample"],
    ),
    "a heading of a list": (
        is_list_heading,
        ["ORDERS TODAY", "Plan", "Treatment requested"],
        ["Orders: Plan", "Treatment requested for the cane", "He walks", f"Plan {'and plan ' * 9}"],
    ),
    "a title": (
        is_title,
        ["HAND SURGERY CONSULTATION", "Review Notice"],
        ["He walks", "Review: Notice", "2 NOTICES"],
    ),
}


@pytest.mark.parametrize(("asks", "yes", "no"), FORMS.values(), ids=FORMS)
def test_what_a_line_is(asks: Callable[[TextPiece], bool], yes: list[str], no: list[str]) -> None:
    assert [one for one in yes if not asks(piece(one))] == []
    assert [one for one in no if asks(piece(one))] == []


@pytest.mark.parametrize(
    ("sentence", "after", "is_so"),
    [
        ("Prilosec 20 mg #60.", "Not certified.", True),
        ("He has Prilosec.", "Denied.", False),
        ("She takes Prilosec.", "Denied.", False),
        ("The list.", "Denied.", False),
        ("Prilosec.", "Cane denied.", False),
        ("Prilosec.", "It was denied then by them.", False),
        ("Prilosec.", "He walks.", False),
    ],
)
def test_a_service_and_its_decision(sentence: str, after: str, is_so: bool) -> None:
    assert is_decided_by(sentence, after) is is_so


@pytest.mark.parametrize(
    ("told", "first", "later"),
    [
        ("The following were denied.", DENIED, DENIED),
        ("We deny:", DENIED, DENIED),
        ("We dispute the denial of", DENIED, DENIED),
        ("The items below are requested:", FIELD, FIELD),
        ("He asked for these:", FIELD, FIELD),
        # Once a request is known, not each colon opens a list
        ("It is of use with:", FIELD, NONE),
        ("Why:", FIELD, WHY),
        ("Dear Sir:", NONE, NONE),
        ("The cane is denied.", NONE, NONE),
        ("In September 2015:", NONE, NONE),
    ],
)
def test_the_manner_of_the_list_that_a_line_opens(told: str, first: str, later: str) -> None:
    line = TextPiece("", told, is_item=False)
    assert opened_list(line, is_known=False) == first
    assert opened_list(line, is_known=True) == later


@pytest.mark.parametrize(
    ("line", "below", "is_so"),
    [
        ("MASSAGE, LOW BACK", "You asked for: ten sessions", True),
        ("MASSAGE, LOW BACK", "You asked for: a cane", False),
        ("MASSAGE, LOW BACK", "Why: ten sessions", False),
        ("MASSAGE, LOW BACK", "ten sessions", False),
        ("THE BACK", "You asked for: ten sessions", False),
        ("Why: massage", "You asked for: ten sessions", False),
    ],
)
def test_a_service_above_its_fields(line: str, below: str, is_so: bool) -> None:
    assert heads_fields(piece(line), piece(below)) is is_so


@pytest.mark.parametrize(
    ("label", "text", "decision"),
    [
        ("decision", "Denied. He walks.", DENIED),
        ("denied", "Cane", DENIED),
        ("decision", "Approved", CERTIFIED),
        # The label comes first
        ("approved", "Not denied at all", CERTIFIED),
        ("result", "6 of the 12 visits", DENIED),
        # What names a treatment is decided, and what stands late decides nothing
        ("result", "The cane is denied.", NONE),
        ("result", "He came to the clinic in May, and it was denied.", NONE),
        ("result", "He walks. It is denied.", NONE),
        ("requested", "", NONE),
    ],
)
def test_the_decision_of_a_field(label: str, text: str, decision: str) -> None:
    assert decision_told(TextPiece(label, text, is_item=False)) == decision
