"""What the parts of a letter make of what they name; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests, read_text

NAMED = {
    "a certification's title decides its rows; what may come decides nothing": (
        (
            "NOTICE OF CERTIFICATION\n\nPhysical therapy 2x4, knee\nMeloxicam 15 mg #30\n\n"
            "Should a service be denied, a letter with reasons will follow."
        ),
        [],
    ),
    "one decision below all requests": (
        (
            "Request: MRI lumbar spine\nRequest: EMG/NCV\nDecision: Approved\n"
            "Treatment beyond this may be denied."
        ),
        [],
    ),
    "what was read for a decision is no request": (
        (
            "TREATMENT REQUESTED\nLeft shoulder MR arthrogram\nDOCUMENTS REVIEWED\n"
            "- MRI of the left shoulder\n- Physical therapy notes x 14\nRATIONALE\nNot explained."
        ),
        ["MR arthrogram"],
    ),
    "rights and definitions are no requests": (
        (
            "Aquatic therapy, 12 sessions: DENIED\nAPPEAL RIGHTS\nIf surgery was denied, send the"
            " plan.\nGLOSSARY\nDenial: the treatment, for example an epidural injection, is not"
            " medically necessary."
        ),
        ["aquatic therapy"],
    ),
    "who somebody is names no treatment": (
        (
            "Claimant: A. Sample      Claim Number: TEST-1      Facility: Walker Surgery Center\n"
            "Employer: Massage Palace\nRequested: Lyrica 75 mg #60\nDecision: Non-certify"
        ),
        ["pregabalin"],
    ),
    "numbers without a point": (
        "ITEMS REQUESTED\n01 CANE\n02 TRAMADOL 50 MG #60\nDECISION ITEM 01 CERTIFIED",
        ["tramadol"],
    ),
    "the following, in paragraphs": (
        (
            "Gabapentin #90 is approved. The following were not approved:\n\n"
            "Soma 350 mg #60 - The patient has taken it for a\nyear.\n\n"
            "Lidoderm patch #30. No neuropathic pain is described."
        ),
        ["carisoprodol", "lidocaine patch"],
    ),
    "withdrawn requests are not in dispute": (
        "Request 1: knee brace - withdrawn by the provider.\nRequest 2: cane - Denied.",
        ["cane"],
    ),
    "cells one below the other": (
        (
            "DWC Form RFA\nDiagnosis\nICD-Code\nService/Good Requested\nAnkle sprain\nS93.401A\n"
            "Ankle brace\nL1902\nChronic pain\nG89.4\nDuloxetine 30 mg\n\n#60"
        ),
        ["ankle brace", "duloxetine"],
    ),
    "what a form tells whoever fills it in": (
        (
            "Treatment Plan (Include treatment rendered to date.\nSpecify surgery,"
            " and hospitalization.)\nI request acupuncture x6. He is to keep wearing the brace."
        ),
        ["acupuncture"],
    ),
    "a visit in the field of a form": (
        "Service/Good Requested: Follow-up office visit after the procedure",
        ["office visit"],
    ),
    "a report may begin with why": (
        "I request a carpal tunnel release. Because he has a stent he needs medical clearance.",
        ["carpal tunnel release", "medical clearance"],
    ),
    "who asked is not asked for": (
        "The decision refused a knee brace, that was requested by the pain management physician.",
        ["knee brace"],
    ),
    "Spanish words": (
        (
            "el doctor pidio 8 sesiones de acupuntura y una inyeccion de cortisona en el hombro y"
            " la aseguranza las nego"
        ),
        ["acupuncture", "corticosteroid injection"],
    ),
    "a board certified reviewer certifies nothing": (
        "The cane is withheld. Our reviewer, board certified in surgery, saw no need.",
        ["cane"],
    ),
    "surgery for a body part": ("UR denied surgery for my rotator cuff", ["rotator cuff repair"]),
    "a guideline recommends, nobody asks": (
        "ODG on therapy: 10 visits. MTUS recommends acupuncture as an option.",
        [],
    ),
    "questions answered with yes and no": (
        (
            "Issue 1: Is the requested chiropractic treatment, 12 visits, medically necessary?\n"
            "Answer: No. No gain was shown.\nIssue 2: Is the requested cane necessary?\n"
            "Answer: Yes."
        ),
        ["chiropractic"],
    ),
    "a reason that begins with no is no answer": (
        "Chiropractic, 6 visits, is denied: no functional improvement was documented.",
        ["chiropractic"],
    ),
    "a condition with a list of decisions": (
        (
            "The following are CERTIFIED:\n- Acupuncture, 6 visits\n\n"
            "If a later request is denied, delayed or modified, a letter will explain why."
        ),
        [],
    ),
    "an order without a heading": (
        "Dr. Scrawl\n1) Synvisc right knee\n2) Aquatic therapy 2/wk x 4\n3) f/u 4wk",
        ["hyaluronic acid injection", "aquatic therapy"],
    ),
    "a table's heading is no request": (
        "TX requested   Units req   Units auth\nAcupuncture   12   0\n",
        ["acupuncture"],
    ),
    "modified duty is no decision": (
        "Subjective: wearing a splint.\nPlan: MRI of the wrist.\nWork status: Modified duty.",
        ["MRI"],
    ),
}


@pytest.mark.parametrize(("text", "treatments"), NAMED.values(), ids=NAMED)
def test_requests_in_dispute(text: str, treatments: list[str]) -> None:
    assert [request.treatment for request in read_requests(text)] == treatments


def test_what_was_said_of_a_list_is_for_those_without_reasons_of_their_own() -> None:
    surgery, sling = read_requests(
        "NON-CERTIFIED:\n1 SHOULDER ARTHROSCOPY\n2 SHOULDER SLING\n"
        "REASON: NO CONSERVATIVE CARE WAS TRIED BEFORE.\n"
        "ITEM 2: SINCE THE OPERATION IS NOT CERTIFIED, THE SLING IS NOT NECESSARY EITHER."
    )
    assert {one.criterion for one in surgery.reasons} == {"conservative-care-failed"}
    assert {one.criterion for one in sling.reasons} == {"parent-treatment-necessary"}


def test_reasons_before_the_request() -> None:
    (request,) = read_requests(
        "Rationale\nThe patient takes no NSAID. No risk factors are present.\nRequest\n"
        "Prilosec 20 mg, 60 capsules\nDetermination\nDeny"
    )
    assert [one.criterion for one in request.reasons] == ["risk-factors"]


def test_withdrawn_requests_are_told() -> None:
    assert read_text("The provider withdrew the knee brace. The cane is denied.").withdrawn == (
        "knee brace",
    )


def test_a_sentence_with_a_colon_is_told() -> None:
    (request,) = read_requests(
        "The lumbar epidural injection is denied.\n"
        "There is no radiculopathy on exam: reflexes and strength are equal."
    )
    assert request.reasons[0].evidence.startswith("There is no radiculopathy")


def test_a_request_above_its_reason() -> None:
    (request,) = read_requests(
        "NON-CERTIFIED\nRequest 1: Right L4-L5 transforaminal epidural steroid injection\n"
        "The Chronic Pain Medical Treatment Guidelines (page 46) describe epidural injections as an"
        " option.\nThe file holds no MRI."
    )
    assert request.text == "Right L4-L5 transforaminal epidural steroid injection"
    assert [one.pages for one in request.citations] == [(46,)]
