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
    ],
)
def test_the_field_of_an_amount(label: str, told: str, amount: int) -> None:
    (request,) = read_requests(f"Service: Occupational therapy, left wrist\n{label}: {told}\n")
    assert request.quantity is not None
    assert request.quantity.amount == amount
