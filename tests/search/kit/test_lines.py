"""Lines that open a list in other words; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_text

GRANTED = [
    "Good news: both things on your RFA of August 12 were approved in full.",
    "Everything on your form is approved.",
    "All you asked for has been authorized.",
    "All items in your request of May 1 are certified.",
    "Everything the doctor requested was approved.",
    "Both of the items on this order have been certified as requested.",
]


@pytest.mark.parametrize("told", GRANTED)
def test_a_list_that_was_granted_as_a_whole(told: str) -> None:
    reading = read_text(
        f"{told}\n\n* Acupuncture, neck, six sessions. Good through May.\n* Naproxen 500 mg #60.\n"
    )
    assert not reading.requests
    assert reading.certified == ("acupuncture", "naproxen")
