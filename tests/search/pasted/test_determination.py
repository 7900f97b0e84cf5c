"""A determination pasted in the place of a denial."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.determination import determination_reading
from tests.conftest import SAMPLES


def test_its_own_issues_are_read() -> None:
    """Not what its form's sentences name: "the same or similar specialties" is no SAMe."""
    text = (SAMPLES / "CM16-0000101.txt").read_text("utf-8")
    reading = determination_reading(text)
    assert reading
    assert [one.treatment for one in reading.requests] == ["chiropractic", "TENS unit"]
    assert [one.criterion for one in reading.requests[1].reasons][:1] == ["indicated-condition"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The walker is denied.", id="a denial"),
        pytest.param("IMR ISSUES, DECISIONS AND RATIONALES", id="the heading alone"),
    ],
)
def test_any_other_text_is_read_as_it_is(text: str) -> None:
    assert determination_reading(text) is None
