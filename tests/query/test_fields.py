"""What a value asks of a field: equality, a range of numbers or months, absence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.fields import field_query, month_range, months_decided, number_range
from imrsearch.query.tree import FieldEquals, FieldMissing, Not, Query, Range
from imrsearch.schema import UNKNOWN
from imrsearch.schema.extract import day_number


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2014", 2014, 2014),
        ("7", 7, 7),
        ("2013..2016", 2013, 2016),
        ("2013-2016", 2013, 2016),
        ("2013..", 2013, None),
        ("..2016", None, 2016),
        ("-2016", None, 2016),
        ("..", None, None),
        (">2016", 2017, None),
        (">= 12", 12, None),
        ("≥12", 12, None),
        ("<50", None, 49),
        ("<=50", None, 50),
        ("≤ 50", None, 50),
    ],
)
def test_numbers_and_ranges(text: str, low: int | None, high: int | None) -> None:
    assert number_range("age", text) == Range("age", low, high)


@pytest.mark.parametrize(
    "text", ["", "-", "12345", ">12345", "twelve", "12 ", "1..2..3", "１２", "²"]
)
def test_what_is_no_number(text: str) -> None:
    """Digits of other scripts are none that a field could hold."""
    assert number_range("age", text) is None


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_comparison_says_where_a_number_lies(limit: int, number: int) -> None:
    def holds(text: str) -> bool:
        found = number_range("n", text)
        assert found
        low, high = found.low, found.high
        return (low is None or low <= number) and (high is None or number <= high)

    assert holds(f">{limit}") == (number > limit)
    assert holds(f">={limit}") == (number >= limit)
    assert holds(f"<{limit}") == (number < limit)
    assert holds(f"<={limit}") == (number <= limit)
    assert holds(f"{limit}") == (number == limit)


months = st.dates(date(1000, 1, 1), date(9999, 12, 31))


@given(months, months, months)
def test_a_range_of_months_holds_the_days_of_its_months(first: date, last: date, day: date) -> None:
    """From the first day of the first one to the last day of the last one."""
    low, high = (f"{one.year:04}-{one.month:02}" for one in (first, last))
    number, month = day_number(day), f"{day.year:04}-{day.month:02}"
    assert number is not None

    def holds(text: str) -> bool:
        found = month_range(text)
        assert found
        assert found.field == "decided"
        return (found.low is None or found.low <= number) and (
            found.high is None or number <= found.high
        )

    assert holds(f"{low}..{high}") == (low <= month <= high)
    assert holds(f"{low}..") == (low <= month)
    assert holds(f"..{high}") == (month <= high)
    assert holds(low) == (low == month)


@pytest.mark.parametrize("text", ["2017", "2017-13", "2017-00", "2017-1", "2017-01-31", "x"])
def test_what_is_no_month(text: str) -> None:
    assert month_range(text) is None


def test_months_are_counted_over_the_turn_of_a_year() -> None:
    """December 2016 and the month behind it."""
    december = 2016 * 12 + 11
    assert months_decided(december, december) == Range("decided", 20161201, 20161231)
    assert months_decided(december + 1, None) == Range("decided", 20170101, None)
    assert months_decided(None, None) == Range("decided", None, None)


@pytest.mark.parametrize(
    ("name", "value", "query"),
    [
        pytest.param("body", "neck", FieldEquals("body", "neck"), id="a value"),
        pytest.param("body", "12", FieldEquals("body", "12"), id="a number of a field of words"),
        pytest.param("age", "50", Range("age", 50, 50), id="a number"),
        pytest.param("age", "old", FieldEquals("age", "old"), id="no number: kept, finds nothing"),
        pytest.param("body", UNKNOWN, FieldMissing("body"), id="not known"),
        pytest.param("age", UNKNOWN, Not(Range("age", None, None)), id="no number known"),
    ],
)
def test_what_a_field_is_asked(name: str, value: str, query: Query) -> None:
    assert field_query(name, value) == query
