from __future__ import annotations

import pytest

from imrsearch.text.quantities import (
    count,
    count_named,
    percent,
    quantity_words,
    share_words,
    unit_of,
)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 issues"), (1, "1 issue"), (1204, "1,204 issues")]
)
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert count(number, "issue") == words


def test_a_plural_may_be_more_than_an_s() -> None:
    assert count(2, "criterion", "criteria") == "2 criteria"
    assert count(1, "criterion", "criteria") == "1 criterion"


def test_of_many_the_first_are_named() -> None:
    assert count_named(["a.txt"], "letter") == "1 letter (a.txt)"
    told = count_named([str(number) for number in range(1_022)], "letter")
    assert told.startswith("1,022 letters (0, 1, 2, ")
    assert told.endswith(", 19 and 1,002 more)")
    assert count_named([str(number) for number in range(20)], "letter").endswith(", 18, 19)")


@pytest.mark.parametrize(
    ("amount", "unit", "told"),
    [
        (1, "visits", "visit"),
        (1.0, "boxes", "box"),
        (1, "patches", "patch"),
        (1, "brushes", "brush"),
        (1, "mattresses", "mattress"),
        (1, "sleeves", "sleeve"),
        (1, "mg", "mg"),
        (2, "boxes", "boxes"),
        (0.5, "tablets", "tablets"),
        (0, "visits", "visits"),
    ],
)
def test_one_has_its_unit_in_the_singular(amount: float, unit: str, told: str) -> None:
    assert unit_of(amount, unit) == told


@pytest.mark.parametrize(
    ("amount", "unit", "minimum", "told"),
    [
        (12, "visits", None, "12 visits"),
        (1, "visits", None, "1 visit"),
        (12, "visits", 8, "8–12 visits"),
        (1200, "tablets", 1000, "1,000–1,200 tablets"),
        (2.5, "hours", None, "2.5 hours"),
    ],
)
def test_an_amount_has_its_unit(amount: float, unit: str, minimum: float | None, told: str) -> None:
    assert quantity_words(amount, unit, minimum) == told


@pytest.mark.parametrize(("share", "words"), [(0.094, "9%"), (0.996, "100%"), (0.0, "0%")])
def test_shares_are_in_whole_percent(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("rate", "low", "high", "told"),
    [
        (0.21, 0.08, 0.48, "21%, likely 8–48%"),
        (0.0, 0.0, 0.5, "0%, likely 0–50%"),
        (None, 0.1, 0.2, ""),
        (0.1, None, 0.2, ""),
        (0.1, 0.1, None, ""),
    ],
)
def test_a_share_is_told_with_its_likely_range(
    rate: float | None, low: float | None, high: float | None, told: str
) -> None:
    assert share_words(rate, low, high) == told
