"""What the labels of fields hold; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests


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
