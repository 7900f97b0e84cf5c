"""What pasted texts ask for; each row with the reason it exists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.search.kit.reading import MOST_REQUESTS, read_requests
from tests.processor_time import processor_seconds

DENIAL = """
Requested service: Chiropractic, lumbar spine, 2 x 3 (6 visits)
Determination: NON-CERTIFIED
Rationale: The reports submitted do not document objective
functional improvement. MTUS Chronic Pain Medical Treatment Guidelines, pages 58-60.
"""

NAMED = {
    "a denial's form": (DENIAL, ["chiropractic"]),
    "capitals": (DENIAL.upper(), ["chiropractic"]),
    "one sentence, denied": ("The request for an MRI of the neck is denied.", ["MRI"]),
    "a list under its heading": (
        "Items not certified:\n• Norco 10/325 #60\n• Omeprazole 20 mg #30",
        ["hydrocodone/acetaminophen", "omeprazole"],
    ),
    "a list without marks": (
        "We are unable to certify:\n\n  Lumbar epidural injection x 1\n  Knee brace\n",
        ["epidural steroid injection", "knee brace"],
    ),
    "a guideline's words are no request": (
        "Tramadol is denied. Topical lidocaine is not recommended for back pain.",
        ["tramadol"],
    ),
    "a list within a line": (
        "Plan: 1) Carpal tunnel release. 2) Medical clearance.",
        ["carpal tunnel release", "medical clearance"],
    ),
    "services parted by semicolons": (
        "Requested: knee arthroscopy, right; crutches. All are denied.",
        ["knee arthroscopy", "crutches"],
    ),
    "RFA is a form here": (
        "REQUEST FOR AUTHORIZATION\nDWC Form RFA\nService/Good Requested: MRI cervical spine",
        ["MRI"],
    ),
    "RFA is an ablation here": (
        "Request for authorization of lumbar facet RFA is denied.",
        ["radiofrequency ablation"],
    ),
    "a box that is not ticked says nothing": (
        "Service/Good Requested: MRI cervical spine\nResponse: [ ] Approved [X] Denied",
        ["MRI"],
    ),
    "history is no request": (
        "He had chiropractic care and acupuncture. The request for a walker is denied.",
        ["walker"],
    ),
    "what was certified is not in dispute": (
        "The MRI of the knee is certified. The knee brace is not certified.",
        ["knee brace"],
    ),
    "certified in part is denied in part": (
        "Acupuncture 2x6, neck - modified. We have certified 6 acupuncture visits.",
        ["acupuncture"],
    ),
    "what a reason names is no request": (
        "Knee arthroscopy is denied because physical therapy was not tried.",
        ["knee arthroscopy"],
    ),
    "a worker's words": ("they turned down my chiropractor visits", ["chiropractic"]),
    "a name that a scanner broke": (
        "DENlED: Cyclo benzaprine 7 . 5 mg  # 90 .",
        ["cyclobenzaprine"],
    ),
    "a plain description": ("Acupuncture for the neck, six visits.", ["acupuncture"]),
    "nothing medical": ("Weather tomorrow: sunny, light wind from the west.", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "treatments"), NAMED.values(), ids=NAMED)
def test_requests_in_dispute(text: str, treatments: list[str]) -> None:
    assert [request.treatment for request in read_requests(text)] == treatments


def test_the_facts_of_a_request() -> None:
    (request,) = read_requests(DENIAL)
    assert request.body_parts == ("low back",)
    assert request.quantity
    assert request.quantity.amount == 6
    assert [(one.guideline, one.pages) for one in request.citations] == [
        ("mtus-chronic-pain", (58, 59, 60))
    ]


def test_a_reason_has_its_sentence_over_broken_lines() -> None:
    (request,) = read_requests(DENIAL)
    (reason,) = request.reasons
    assert (reason.criterion, reason.status) == ("functional-improvement", "unmet")
    assert reason.evidence == (
        "The reports submitted do not document objective functional improvement."
    )


def test_a_page_of_the_mtus_alone_is_one_of_the_chronic_pain_guidelines() -> None:
    (request,) = read_requests("Acupuncture is denied. No gain was shown (MTUS p. 46).")
    assert request.citations[0].guideline == "mtus-chronic-pain"


def test_printed_codes() -> None:
    (request,) = read_requests(
        "ICD-Code (Required): M54.12\nService/Good Requested: MRI cervical spine\n"
        "CPT/HCPCS Code (If known): 72141"
    )
    assert request.codes == ("72141", "M54.12")


def test_each_request_has_its_own_reasons() -> None:
    chiropractic, brace = read_requests(
        "1. Chiropractic 6 visits - denied\n2. Knee brace - denied\n"
        "1. Chiropractic: no objective functional improvement is documented.\n"
        "2. Knee brace: no instability of the knee was found on examination."
    )
    assert [one.criterion for one in chiropractic.reasons] == ["functional-improvement"]
    assert "functional-improvement" not in {one.criterion for one in brace.reasons}


def test_a_field_may_tell_whose_reason_it_is() -> None:
    tramadol, unit = read_requests(
        "Tramadol 50 mg #60 - non-certified\nTENS unit - non-certified\n"
        "Rationale for tramadol: functional improvement was not documented."
    )
    assert [one.criterion for one in tramadol.reasons] == ["functional-improvement"]
    assert not unit.reasons


def test_associated_services_fall_with_the_first() -> None:
    surgery, crutches = read_requests(
        "Requested: knee arthroscopy; crutches. The knee arthroscopy is denied. Since the primary"
        " procedure is not medically necessary, none of the associated services are medically"
        " necessary."
    )
    assert not surgery.reasons
    assert [one.criterion for one in crutches.reasons] == ["parent-treatment-necessary"]


def test_a_request_that_nobody_denied_has_no_reasons() -> None:
    (request,) = read_requests("Please authorize an MRI. There are no red flags.")
    assert not request.reasons


@given(st.text(max_size=400) | st.lists(st.sampled_from(DENIAL.split()), max_size=60).map(" ".join))
def test_any_text_is_answered(text: str) -> None:
    assert len(read_requests(text)) <= MOST_REQUESTS


@pytest.mark.parametrize(
    "unit",
    ["MRI denied. ", "MRI denied, knee brace denied, no gain; ", "CPT 97110, ", "[ ] a", "1. 2) "],
    ids=["sentences", "one long sentence", "codes", "boxes", "numbers"],
)
def test_the_time_is_linear_in_the_length(unit: str) -> None:
    def read(length: int) -> None:
        read_requests((unit * (length // len(unit) + 1))[:length])

    read(1_000)  # the catalogues are loaded
    short = processor_seconds(lambda: read(5_000))
    assert processor_seconds(lambda: read(20_000), 8 * short) < max(8 * short, 0.1)
