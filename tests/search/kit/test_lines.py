"""Lines that open a list in other words; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.reading import read_requests, read_text

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


@pytest.mark.parametrize(
    ("asks", "answers"),
    [("Q1.", "A1."), ("1.", "1."), ("Question 1:", "Answer 1:"), ("(1)", "(1)")],
)
def test_an_answer_decides_and_tells_why(asks: str, answers: str) -> None:
    (request,) = read_requests(
        f"{asks} Is the lumbar brace medically necessary?\n"
        f"{answers} No. X-rays were not submitted.\n"
    )
    assert [one.criterion for one in request.reasons] == ["test-corroboration"]
