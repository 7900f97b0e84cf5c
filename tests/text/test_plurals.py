from __future__ import annotations

import pytest

from imrsearch.text.plurals import count, unit_of


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 issues"), (1, "1 issue"), (1204, "1,204 issues")]
)
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert count(number, "issue") == words


def test_a_plural_may_be_more_than_an_s() -> None:
    assert count(2, "criterion", "criteria") == "2 criteria"
    assert count(1, "criterion", "criteria") == "1 criterion"


@pytest.mark.parametrize(
    ("amount", "unit", "told"),
    [(1, "visits", "visit"), (1.0, "boxes", "box"), (1, "patches", "patch"), (2, "boxes", "boxes")],
)
def test_one_has_its_unit_in_the_singular(amount: float, unit: str, told: str) -> None:
    assert unit_of(amount, unit) == told
