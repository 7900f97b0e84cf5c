"""Fields whose decision stands above its request."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.decisions_ahead import with_decisions_behind
from imrsearch.search.pasted.form.pieces import pieces
from imrsearch.search.pasted.reading import read_text


def test_each_decision_goes_behind_its_request() -> None:
    told = list(
        pieces("Status: DENIED\nRequested: Cane\nWhy: He walks.\nStatus: APPROVED\nRequested: MRI")
    )
    assert [one.text for one in with_decisions_behind(told)] == [
        *("Cane", "DENIED", "He walks.", "MRI", "APPROVED")
    ]


AS_THEY_ARE = [
    "Requested: Cane\nStatus: DENIED\nRequested: MRI\nStatus: APPROVED",
    "Status: DENIED\nRequested: Cane\nStatus: APPROVED",
    "Status: DENIED\nRequested: Cane\nRequested: MRI",
    "The cane is denied.",
]


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_other_fields_stay(text: str) -> None:
    told = list(pieces(text))
    assert with_decisions_behind(told) == told


def test_the_last_request_is_decided_by_what_stands_above() -> None:
    reading = read_text(
        "Determination: DENIED\nRequested: Interferential unit\nRationale: No trial.\n"
        "Determination: APPROVED\nRequested: Flexeril 7.5 mg #30\n"
    )
    assert [one.treatment for one in reading.requests] == ["interferential unit"]
    assert reading.certified == ("cyclobenzaprine",)
