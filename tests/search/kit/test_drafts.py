"""Requests while a text is read; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests

KINDS = [
    "We have considered your proposal for surgery. Unfortunately we can't approve it.",
    "Your request for surgery is denied.",
    "The surgery was not authorized.",
    "After review the requested surgery is non-certified.",
    "We deny the surgery and what goes with it.",
    "Surgery: denied.",
]


@pytest.mark.parametrize("told", KINDS)
def test_a_list_below_tells_which_surgery_is_meant(told: str) -> None:
    found = read_requests(
        f"{told}\n\n1) Lumbar fusion, L5-S1. The films show no movement.\n"
        "2) Assistant surgeon for the above. Declined along with it.\n"
        "3) Hospital stay, two days (inpatient). Declined along with it.\n"
    )
    assert [one.treatment for one in found] == [
        "lumbar fusion",
        "assistant surgeon",
        "inpatient stay",
    ]
