"""What is told of a request of which a part was certified."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests

NOTES = {
    "in the sentence that names it": (
        "Norco 10/325 mg #120: #60 of 120 certified, the rest is denied for tapering.",
        "60 of 120 certified.",
    ),
    "in the field of the decision": (
        "Service: Physical therapy 12 visits\nDecision: MODIFIED - 6 visits approved",
        "6 of 12 visits certified.",
    ),
    "in brackets": ("Xanax 1 mg #60\nDecision: Modify (approved: 30)", "30 of 60 certified."),
    "in a field of its own": (
        "Treatment requested: PT 12 visits\nTreatment approved: 2 visits",
        "2 of 12 visits certified.",
    ),
    "none of so many": ("Knee brace x 6\nNone of the three is certified.", ""),
    "in the next sentence": (
        "Acupuncture x 12 visits. UR approved only 6.",
        "6 of 12 visits certified.",
    ),
    "in words": (
        "The request for 12 sessions of massage is modified to six sessions.",
        "6 of 12 sessions certified.",
    ),
    "by a worker": (
        "The doctor asked for 120 Norco and they cut it to 60.",
        "60 of 120 certified.",
    ),
    "in columns of a table": (
        "| Service | Requested | Certified | Non-certified |\n| Physical therapy | 12 | 4 | 8 |",
        "4 of 12 sessions certified.",
    ),
    "no amount": (
        "Request: Chiropractic 18 visits\nDecision: partially certified",
        "Certified in part.",
    ),
    "denied whole": ("Norco #120 is denied. There is no contract.", ""),
    "another drug was certified": (
        "Botox 155 units is denied. Sumatriptan #9 is certified.",
        "",
    ),
    "the number of an item": (
        (
            "1. Knee arthroscopy. Not certified.\n2. Therapy, 24 visits. The surgery in item 1 "
            "is not approved."
        ),
        "",
    ),
    "a count of items": ("Zolpidem #30: denied\n4 items / 1 approved / 3 denied", ""),
    "a box with two words": ("MRI of the neck\n[X] Denied or Modified", ""),
    "a condition": ("Knee arthroscopy - CONDITIONALLY NON-CERTIFIED", ""),
    "duty": ("The cane is denied. He returned to modified duty.", ""),
}


@pytest.mark.parametrize(("text", "note"), NOTES.values(), ids=NOTES)
def test_what_of_a_request_was_certified(text: str, note: str) -> None:
    assert read_requests(text)[0].note == note
