"""What the labels of fields hold; each row is another office's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imrsearch.search.pasted.reading import read_requests
from imrsearch.search.pasted.wording.labels import (
    asks,
    is_plan,
    is_report,
    is_subject,
    is_why,
    label_manner,
    lists_medications,
    tells_amount,
    tells_share,
    tells_sources,
)
from imrsearch.search.pasted.wording.manners import (
    CERTIFIED,
    DENIED,
    FIELD,
    HISTORY,
    NONE,
    NOTICE,
    QUOTED,
    RECORDS,
    WHY,
)


@pytest.mark.parametrize(
    ("label", "told", "amount"),
    [
        ("Other", "3x/wk for 4 wks", 12),
        ("Other", "12, rental", 12),
        ("Details", "2x/week x 6 weeks", 12),
        ("Specifics", "12 visits", 12),
        ("Number of visits", "12", 12),
        ("Quantity requested", "12", 12),
        ("Disp", "12", 12),
    ],
)
def test_the_field_of_an_amount(label: str, told: str, amount: int) -> None:
    (request,) = read_requests(f"Service: Occupational therapy, left wrist\n{label}: {told}\n")
    assert request.quantity is not None
    assert request.quantity.amount == amount


@pytest.mark.parametrize(
    "label",
    ["The physician writes", "Our reviewer states", "The reviewing doctor found", "She adds"],
)
def test_who_decided_tells_why(label: str) -> None:
    (request,) = read_requests(
        f"1. Knee brace: NOT APPROVED.\n{label}: The films of the knee were never taken."
    )
    assert [one.criterion for one in request.reasons] == ["test-corroboration"]


@pytest.mark.parametrize(
    "label", ["About the lumbar brace", "As to the lumbar brace", "Regarding your lumbar brace"]
)
@pytest.mark.parametrize(
    "heading", ["ENCLOSURE - REVIEW DETERMINATION", "Attachment: our decision"]
)
def test_reasons_ahead_of_the_list_that_decides(label: str, heading: str) -> None:
    brace, cane = read_requests(
        f"Dear Dr. Sample,\n\n{label}: X-rays were not submitted.\n\n"
        "Regarding the cane: he walks a mile without help.\n\n"
        f"{heading}\n\n1. Lumbar brace - non-certified\n2. Cane - non-certified\n"
    )
    assert [one.criterion for one in brace.reasons] == ["test-corroboration"]
    assert [one.criterion for one in cane.reasons] == ["assistance-need"]


def test_a_list_opened_by_what_follows() -> None:
    told = "The following were received:\n\nKnee brace\nShower chair\n\nNeither is certified."
    assert [one.treatment for one in read_requests(told)] == ["knee brace", "shower chair"]


WHAT_FIELDS_HOLD = {
    "requests": (
        asks,
        [
            "associated care",
            "ancillary items",
            "ancillary care",
            "adjunctive care",
            "prescriptions",
            "requested",
            "request",
            "service",
            "treatments",
            "item",
            "procedures",
            "plan",
            "order",
            "disputed",
            "recommendation",
            "under review",
            "denied",
            "medication",
            "req",
            "tx",
            "rx",
            "proposed",
            "drug",
            "outcome",
            "in dispute",
            "please authorize",
            "re",
            "p",
            "q",
            "question",
            "psych",
            "topic",
            "product",
            "asked for",
            "wanted",
            "retrospective",
            "prospective",
            "pro",
            "concurrent",
            "description",
            "item name",
            "name",
            "code name",
            "code description",
            "drug descr",
            "what was on the rfa",
            "what is in the fax",
            "what were in the form",
            "following are",
            "the following is",
            "what the doctor wants",
            "what she ordered",
            "what it was asked",
            "what he wanted",
            "what she asks",
            "section 2",
            "part b",
            "section iv",
            "issues for review",
            "issues under it",
            "issues in it",
            "issue on appeal",
            "issue(s) in",
            "determination 2 of 5",
            "decision #2",
            "issue a",
            "question no. 3",
        ],
        [
            "determination",
            "history",
            "planning",
            "the re",
            "section",
            "issue b of it",
            "following",
            "name of it",
        ],
    ),
    "an amount": (
        tells_amount,
        [
            "other information",
            "additional info",
            "add'l info",
            "further lnfo",
            "number of visits",
            "number of sessions",
            "number of tablets",
            "number of pills",
            "you asked for",
            "they asked for",
            "he asked for",
            "she asked for",
            "doctor asked for",
            "physician asked for",
            "the provider asked for",
            "quantity",
            "qty",
            "amount",
            "frequency",
            "freq",
            "duration",
            "unit",
            "visits",
            "other",
            "detail",
            "specifics",
            "sig",
            "directions",
            "schedule",
            "dispensed",
            "disp",
            "how many",
            "how much",
            "how long",
            "how often",
        ],
        [
            "otherwise",
            "other insurance",
            "visit",
            "how",
        ],
    ),
    "what was asked for or granted": (
        tells_share,
        [
            "requested",
            "asked for",
            "what you asked for",
            "she was asked",
            "what the physician is asked",
            "your provider has requested",
            "they are ordered",
            "you have wanted",
            "requested",
            "we have authorize",
            "ur can grant",
            "units asked for",
            "number authorized",
            "amount requested",
            "qty",
            "your doctor has ordered",
            "they were prescribed",
            "he wanted",
            "quantity requested",
            "visits approved",
            "qty denied",
            "certified",
            "authorized",
            "we certify",
            "what we can approve",
            "ur do allow",
            "quantity",
            "amount",
            "frequency",
            "duration",
        ],
        [
            "request",
            "services requested",
            "we",
            "visits",
        ],
    ),
    "the guidelines of a denial": (
        tells_sources,
        [
            "source",
            "references",
            "guideline",
            "criteria",
            "citations",
            "authority",
            "authorities",
            "literature",
            "evidence",
            "evidence-based",
            "cite",
            "cited",
            "supporting",
            "support",
        ],
        [
            "the evidence",
            "supported",
            "reason",
        ],
    ),
    "why": (
        is_why,
        [
            "rationale",
            "reason for denial",
            "why",
            "basis",
            "explanation",
            "because",
            "sources",
            "references",
            "guidelines used",
            "criteria",
            "citations",
            "evidence",
            "literature",
            "comments",
            "remarks",
            "discussion",
            "analysis",
            "application",
            "reviewer's findings",
            "reviewer notes",
            "the physician writes",
            "his reviewer said",
            "reviewer notes",
            "she wrote",
            "the reviewer found",
            "our doctor reasons",
            "he added",
            "our reviewing doctor then stated",
            "reviewer finds",
            "he says",
            "she explained",
            "her advisor noted",
            "reviewer reasoned",
            "he adds",
        ],
        [
            "the treating doctor writes",
            "requesting physician states",
            "the physician writes that",
            "note",
            "applications",
        ],
    ),
    "a plan or requests": (
        is_plan,
        [
            "treatment plan",
            "request",
            "requesting",
            "orders",
            "recommendations",
            "authorization",
        ],
        [
            "planning",
            "ordered",
        ],
    ),
    "all medications taken": (
        lists_medications,
        [
            "medications",
            "current medications",
            "home meds",
            "present meds",
            "outpatient drugs",
            "medication list",
            "active drugs",
            "rx",
        ],
        [
            "medications requested",
            "medicine",
        ],
    ),
    "only what is spoken of": (
        is_subject,
        [
            "about the lumbar mri",
            "as to your cane",
            "as for his cane",
            "regarding her cane",
            "concerning the cane",
            "on the cane",
            "with regard to the cane",
            "with respect to the cane",
        ],
        [
            "about the patient",
            "about cane",
            "lumbar mri",
        ],
    ),
}
MANNERS = {
    RECORDS: [
        "records reviewed",
    ],
    QUOTED: [
        "guidelines quoted",
        "criteria excerpts",
        "guidelines for your information",
        "guidelines for information",
        "text of the guideline",
        "guidelines reproduced",
        "sources for reference",
    ],
    NOTICE: [
        "appeal rights",
    ],
    WHY: [
        "rationale",
        "guidelines",
    ],
    DENIED: [
        "denied",
        "retrospective denied",
        "services not approved",
    ],
    CERTIFIED: [
        "approved",
        "services not under review",
    ],
    FIELD: [
        "requested treatment",
        "our reviewer has determined the following",
        "the following determinations were made",
        "our reviewer decided the following",
        "she recommends as below",
        "following decision",
        "we conclude as follows",
        "you asked us for it",
        "authorization",
        "orders today",
        "history and treatment",
        "currently prescribed",
    ],
    HISTORY: [
        "previously denied",
        "prior treatment",
        "procedure note",
        "procedures today",
        "today's treatment",
        "services rendered",
        "completed treatment",
        "treatment to date",
        "failed treatment",
        "current meds",
        "current drugs requested",
        "current treatment",
        "history of treatment",
        "histories of treatment",
        "past treatment",
        "services administered",
        "procedures performed",
        "treatments today",
        "services done today",
        "today's procedure",
        "treatments given today",
        "medical data",
        "clinical picture",
        "medical overview",
        "clinical status",
        "case overview",
        "history",
        "previously",
        "prior",
        "past",
        "psh",
        "employer",
        "name of it",
        "1998",
        "hx",
        "pmhx",
        "clinical information",
        "case facts",
        "course of care",
        "histories",
        "background",
        "diagnosis",
        "dx",
        "examination",
        "subjective",
        "objective",
        "current",
        "imaging",
        "findings",
        "complaint",
        "summary",
        "meds",
        "physician",
        "employee",
        "date",
        "s",
        "june 2014",
        "2014",
    ],
    NONE: [
        "cane",
        "about the rights to a cane",
        "decision summary",
        "review summary",
        "summary of the decision",
        "assessment",
    ],
}


@pytest.mark.parametrize(("asks_of", "yes", "no"), WHAT_FIELDS_HOLD.values(), ids=WHAT_FIELDS_HOLD)
def test_what_a_field_holds(asks_of: Callable[[str], bool], yes: list[str], no: list[str]) -> None:
    assert [one for one in yes if not asks_of(one)] == []
    assert [one for one in no if asks_of(one)] == []


@pytest.mark.parametrize(
    ("manner", "label"), [(manner, one) for manner, labels in MANNERS.items() for one in labels]
)
def test_the_manner_of_a_label(manner: str, label: str) -> None:
    assert label_manner(label) == manner


@pytest.mark.parametrize(
    ("labels", "is_told"),
    [
        (["s", "o", "a"], True),
        (["hpi", "chief complaint", "work status"], True),
        (["interval history", "physical exam", "treatment plan"], True),
        (["subjective complaints", "objective findings", "impression"], True),
        (["past medical history", "assessment and plan", "meds"], True),
        (["present history", "surgical hx", "social history"], True),
        (["exam", "physical examination", "assessment & plan"], True),
        (["pe", "imp", "cc"], True),
        (["current medications", "meds", "p"], True),
        (["s", "o"], False),
        (["exam", "plan", "decision", "request"], False),
    ],
)
def test_the_headings_of_a_physician_s_report(labels: list[str], is_told: bool) -> None:
    assert is_report(labels) is is_told
