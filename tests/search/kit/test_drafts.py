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


@pytest.mark.parametrize(
    "told",
    [
        "As the fusion is off the table there is nothing to heal.",
        "Since the fusion was turned down there is no need.",
        "Because the fusion is not going ahead nothing has to grow.",
        "Now that the fusion is dropped it has no use.",
        "As that fusion is being dropped there is no bone to heal.",
    ],
)
def test_a_sentence_that_begins_with_why_stays_with_its_item(told: str) -> None:
    fusion, stimulator = read_requests(
        "Denied:\n1) Lumbar fusion. The films show no instability.\n"
        f"2) Bone growth stimulator. {told}\n"
    )
    assert "parent-treatment-necessary" not in {one.criterion for one in fusion.reasons}
    assert "parent-treatment-necessary" in {one.criterion for one in stimulator.reasons}
