"""Short forms of a case's number."""

from __future__ import annotations

import pytest

from imrsearch.query.recognize_cases import cases
from imrsearch.query.tree import FieldEquals, Or


@pytest.mark.parametrize("text", ["CM17-4738", "cm17 4738", "see CM17-04738 again"])
def test_noughts_may_be_left_out(text: str) -> None:
    (meaning,) = cases(text)
    assert meaning.query == FieldEquals("case", "CM17-0004738")
    assert meaning.note


def test_the_year_may_be_left_out() -> None:
    (meaning,) = cases("0004738")
    assert isinstance(meaning.query, Or)
    assert FieldEquals("case", "CM17-0004738") in meaning.query.parts


@pytest.mark.parametrize(
    "text", ["CM17", "CM17-12", "10004738", "ACM17-4738", "CM17-4738-1", "4738"]
)
def test_other_numbers_are_no_case(text: str) -> None:
    assert list(cases(text)) == []
