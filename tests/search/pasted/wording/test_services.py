"""The services that a text names, and words that name one only elsewhere."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests
from imrsearch.search.pasted.wording.services import (
    asks_in_words,
    diagnosis_codes,
    procedure_codes,
    services,
    tells_done,
    tells_follow_up,
    treatments_in_earnest,
    without_people,
)

ROLES = [
    "I reviewed your request in my capacity as consultant in Physical Medicine & Rehabilitation.",
    "Report signed 12/16/2015 by a reviewer licensed in California (Pain Medicine).",
    "This review was made by a physician board certified in Pain Management.",
    "The reviewer, licensed in Texas and trained in physical medicine and rehabilitation, decided.",
    "The decision is by our advisor as your consultant in orthopedic surgery and pain medicine.",
    "The undersigned is a diplomate in PM&R and Pain Medicine.",
    "ATTN: REFERRAL COORDINATOR, DR. SAMPLE",
    "Attention: Referral desk",
    "Prescriber: Ann Sample, PA-C",
    "Progress note by Ann Sample, PA-C, at 10:20 AM",
    "Author type: Physician Assistant",
    "We write about what you asked for after your hand operation of June 3.",
    "He saw you on May 2 following the surgery of April 4.",
    "To: Referrals office, Sample Clinic",
    "cc: referral clerk",
    "Two refusals on this patient I'd like comparables for.",
    "She had prednisone in 2014. I recommend that all three treatments be denied.",
    "She had prednisone in 2014. My decision on both treatments is adverse: they are denied.",
    "She had prednisone in 2014. None of the 4 treatments is approved.",
]


@pytest.mark.parametrize("told", ROLES)
def test_a_role_asks_for_nothing(told: str) -> None:
    (request,) = read_requests(f"{told}\n\nThe request for a cane is denied.")
    assert request.treatment == "cane"


NAMED = {
    "two services": ("Cane and walker", ["Cane", "walker"]),
    "a list": ("Soma #90, and Norco #60; MRI", ["Soma #90", "Norco #60", "MRI"]),
    "more": ("MRI plus EMG", ["MRI", "EMG"]),
    "either": ("a cane or a walker", ["a cane", "or a walker"]),
    "with somebody": ("Fusion with assistant surgeon", ["Fusion", "assistant surgeon"]),
    "one operation": ("Arthroscopy with decompression", ["Arthroscopy with decompression"]),
    "to and from": (
        "transportation to and from the MRI",
        ["transportation to and from the MRI"],
    ),
    "when it is used": ("Ice unit after the arthroscopy", ["Ice unit after the arthroscopy"]),
    "what it stands for": ("Celebrex, instead of Naprosyn", ["Celebrex, instead of Naprosyn"]),
    "a name and its code": ("Chiropractic, 6 visits (98941)", ["Chiropractic, 6 visits (98941)"]),
    "one compound": ("flurbiprofen 20%, baclofen 5%", ["flurbiprofen 20%, baclofen 5%"]),
    "a compound and another drug": (
        "Cream (gabapentin 10%, baclofen 2%); Soma #90",
        ["Cream (gabapentin 10%, baclofen 2%)", "Soma #90"],
    ),
    "a reason first": ("As he has had a stent he needs a cane", ["a cane"]),
    "who asks": ("My doctor told me that I need a fusion", ["a fusion"]),
    "operations in other words": (
        "an operation for my rotator cuff",
        ["an operation for my rotator cuff"],
    ),
    "what is meant, in brackets": ("neck surgery (fusion)", ["neck surgery (fusion)"]),
    "the year of a day": ("a walker, 2016", ["a walker, 2016"]),
    "loose joints": ("and a cane, and", ["a cane"]),
}
NOTHING = {
    "amounts": "the remaining 6 visits",
    "what goes on": "Continue home exercise",
    "the rest of it": "Finish the remaining 4 sessions of acupuncture",
    "what was found": "EMG positive, splint failed",
    "what was given": "Norco #60 (dispensed)",
    "no name": "the items of the list",
}
OF_FIELDS = {
    "a visit": "Follow-up office visit",
    "medications": "Refill of medications",
    "what was dispensed": "Omeprazole #60 (dispensed in office)",
}


@pytest.mark.parametrize(("text", "named"), NAMED.values(), ids=NAMED)
def test_each_service_of_a_request(text: str, named: list[str]) -> None:
    assert [told for told, _ in services(text)] == named


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_what_asks_for_nothing(text: str) -> None:
    assert list(services(text)) == []


@pytest.mark.parametrize("text", OF_FIELDS.values(), ids=OF_FIELDS)
def test_what_is_a_service_only_in_a_field_of_services(text: str) -> None:
    assert [told for told, _ in services(text, is_field=True)] == [text]
    assert list(services(text)) == []


def test_what_was_given_on_a_day_of_service_is_reviewed_all_the_same() -> None:
    text = "DOS 9/4/2014 - Omeprazole #60 (dispensed)"
    assert [facts.treatment for _, facts in services(text)] == ["omeprazole"]


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        ("surgery for my rotator cuff", "rotator cuff repair"),
        ("an operation on the torn meniscus", "knee arthroscopy"),
        ("release of the right ring trigger finger", "trigger finger release"),
        ("surgery to fix his hernia", "hernia repair"),
        ("neck surgery (fusion C5-6)", "cervical fusion"),
    ],
)
def test_an_operation_by_what_it_is_for(text: str, treatment: str) -> None:
    assert [facts.treatment for _, facts in services(text)] == [treatment]


@pytest.mark.parametrize(
    ("text", "codes", "of_row"),
    [
        ("CPT 97110, 97140", ["97110", "97140"], ["97110", "97140"]),
        ("CPT/HCPCS Code (If known): 72141", ["72141"], ["72141"]),
        ("Custom orthotics (L3000)", ["L3000"], ["L3000"]),
        ("EMG (95886; 95911)", ["95886", "95911"], ["95886", "95911"]),
        ("Synvisc-One, knee. J7325", ["J7325"], ["J7325"]),
        # Five digits alone may be a town's
        ("Sample City. 90001", [], ["90001"]),
        ("97110 M54.5 L3000", [], ["97110", "M54.5", "L3000"]),
        ("97110.5 x97110", [], []),
    ],
)
def test_codes_of_procedures(text: str, codes: list[str], of_row: list[str]) -> None:
    assert list(procedure_codes(text, is_row=False)) == codes
    assert list(procedure_codes(text, is_row=True)) == of_row


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ICD-10: M54.5", ["M54.5"]),
        ("ICD 724.4, 722.10", ["724.4", "722.10"]),
        ("ICD-Code (Required): M54.12", ["M54.12"]),
        ("Diagnosis: low back pain (724.2)", ["724.2"]),
        ("Impression: M54.5 and M54.16", ["M54.5", "M54.16"]),
        ("dx: 12 visits, 724.2", []),
        ("M54.5", []),
    ],
)
def test_codes_of_diagnoses(text: str, codes: list[str]) -> None:
    assert list(diagnosis_codes(text)) == codes


NO_NAMES = {
    "who asked": ("a cane, as ordered by his pain physician", "a cane"),
    "who writes": ("I am the treating spine surgeon and ask", " and ask"),
    "who reviewed": ("After review by a pain specialist, no", "After , no"),
    "the reviewer's field": ("Peer Review - Psychology", ""),
    "a doctor's field": ("A. Sample, MD, hand surgery", "A. Sample, "),
    "a licence": ("signed by one licensed in CA (Pain Medicine)", ""),
    "a nurse": ("nurse reviewer", ""),
    "a patient in short": ("told pt and Pt to walk, PT DENIES PAIN", " and  to walk,  DENIES PAIN"),
    "therapy in short": ("pt Lumbar Spine, PT 6 visits", "pt Lumbar Spine, PT 6 visits"),
    "well versed": ("versed in it", " in it"),
    "a unit of the state": ("Medical Unit", ""),
    "a review's number": ("UR referral 77", " 77"),
    "I'd": ("I'd like", " like"),
    "the same": ("Same as above, the same SAMe", " as above, the  SAMe"),
    "a number of a file": ("HW-TEST-2021-0553", ""),
    "a supply": ("one month's supply", "one "),
    "an opinion": ("expert opinion", ""),
    "how far it goes": ("the scope of it", "the  of it"),
    "us": ("it reached us, US guided", "it reached , US guided"),
    "depends": ("it depends on it", "it on it"),
    "thanks": ("Thank you for the kind referral", ""),
    "an operation of a day": ("after his hand operation of June 3", " of June 3"),
    "a degree": ("A. Sample, PhD, psychologist", "A. Sample"),
    "an assistant": ("seen by a. Sample, PA-C", "seen by a. Sample"),
    "a practice": ("a fax from Sample Pain Specialists", "a fax from "),
    "a telephone": ("Sample Podiatry, tel 555 0100", "555 0100"),
    "a desk": ("Attn referral desk", "Attn "),
}


@pytest.mark.parametrize(("text", "rest"), NO_NAMES.values(), ids=NO_NAMES)
def test_people_and_other_words_are_no_names(text: str, rest: str) -> None:
    assert without_people(text) == rest


DONE = [
    "He wants to avoid it",
    "She doesn't want it",
    "EMG positive",
    "It failed",
    "A normal film",
    "It was tried",
    "s/p release",
    "It has not been given a fair chance",
    "The film shows a tear",
    "It was read to reveal a tear",
    "Gave a Toradol injection today",
    "One was issued in the office",
    "Today I gave one",
    "Splint dispensed",
    "It was given.",
    "The knee was injected",
    "It was tolerated well",
]
NOT_DONE = ["a cane", "for the reason given", "The explanation given", "It is given now to him"]


def test_what_was_done() -> None:
    assert [one for one in DONE if not tells_done(one)] == []
    assert [one for one in NOT_DONE if tells_done(one)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My back surgeon wants to fuse it", "surgeon wants"),
        ("The doctor has faxed it", "doctor has faxed"),
        ("My orthopedist told me that I need it", "orthopedist told me that I need"),
        ("She thinks he should get one", "She thinks he should get"),
        ("He said I should have had one", None),
        ("The doctor is kind", None),
    ],
)
def test_who_treats_asks_in_words(text: str, found: str | None) -> None:
    at = asks_in_words(text)
    assert (at and text[at[0] : at[1]]) == found


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("An office visit", True), ("follow-up", True), ("Follow up", True), ("a visit", False)],
)
def test_a_visit_that_follows(text: str, is_told: bool) -> None:
    assert tells_follow_up(text) is is_told


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A cane, a walker and a cane", ["cane", "walker"]),
        ("12 visits", []),
        # Codes beside a name are no other treatments; alone they name one
        ("Chiropractic, 12 visits (CPT 97110)", ["chiropractic"]),
        ("CPT 97110", ["physical therapy"]),
    ],
)
def test_what_is_named_in_earnest(text: str, named: list[str]) -> None:
    assert list(treatments_in_earnest(text)) == named
