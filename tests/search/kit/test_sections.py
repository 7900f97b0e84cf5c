"""What the labels of a letter open; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests

ASKED_OF = [
    "What I suggest and hereby request from the carrier (today)",
    "Orders for this patient",
    "Requested of the claimant's insurance carrier",
    "Treatment plan for the patient",
    "Needed from the carrier",
    "What we ask of the carrier",
]


@pytest.mark.parametrize("heading", ASKED_OF)
def test_what_is_asked_of_somebody_is_no_field_of_who_he_is(heading: str) -> None:
    found = read_requests(f"{heading}: a TENS unit for the back; Topamax 25 mg #60.")
    assert [one.treatment for one in found] == ["TENS unit", "topiramate"]


@pytest.mark.parametrize("label", ["Materials", "Records", "Documents", "File"])
def test_what_was_read_asks_for_nothing(label: str) -> None:
    (request,) = read_requests(f"{label}: MRI knee 2/3/16; RFA\n\nThe cane is denied.\n")
    assert request.treatment == "cane"
