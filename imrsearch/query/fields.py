"""What a value, typed or chosen as a facet, asks of a field: equality, a range, or absence."""

from __future__ import annotations

import re

from imrsearch.catalogue.word_lists import bounds
from imrsearch.query.tree import FieldEquals, FieldMissing, Not, Query, Range
from imrsearch.schema import NUMBER_FIELDS, UNKNOWN, VALUE_FIELDS

ANY_NUMBER = ".."
"""A range that is open on both sides."""
# "2013..2016", "2013..", "..2016", "..", and "2013-2016" as people type it.
_SPAN = re.compile(r"(\d{1,4})?(?:\.\.|-)(\d{1,4})?", re.ASCII)
# ">2016", ">= 12", "<50"
_COMPARED = re.compile(r"([<>]=?|[≥≤])\s*(\d{1,4})", re.ASCII)

# "2017-02", "2016-12..2017-02", "2017-02..", "..2016-12"
_SPAN_OF_MONTHS = re.compile(
    r"(?P<first>\d{4}-(?:0[1-9]|1[0-2]))?(?P<open>\.\.(?P<last>\d{4}-(?:0[1-9]|1[0-2]))?)?",
    re.ASCII,
)
DECIDED = "decided"
"""The field of the day decided, a number such as 20170228."""


def field_query(name: str, value: str) -> Query:
    """The query that ``value`` asks of the field ``name``.

    A value of a number field that is neither a number nor a range matches nothing, but is kept.
    """
    if value == UNKNOWN:
        return FieldMissing(name) if name in VALUE_FIELDS else Not(Range(name, None, None))
    numbers = number_range(name, value) if name in NUMBER_FIELDS else None
    return numbers or FieldEquals(name, value)


def number_range(field_name: str, text: str) -> Range | None:
    """``2014``, ``2013..2016``, ``2013..``, ``..2016`` or ``>2016`` as a range; ``..`` is any
    number; ``None`` for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return Range(field_name, int(text), int(text))
    if compared := _COMPARED.fullmatch(text):
        return Range(field_name, *ends(bounds()[compared[1]], int(compared[2])))
    match = _SPAN.fullmatch(text)
    if match is None or text == "-":
        return None
    low, high = (int(number) if number else None for number in match.groups())
    return Range(field_name, low, high)


def month_range(text: str) -> Range | None:
    """``2017-02``, ``2016-12..2017-02``, ``2017-02..`` or ``..2016-12`` as days decided."""
    span = _SPAN_OF_MONTHS.fullmatch(text)
    if span is None:
        return None
    low, high = (
        int(month[:4]) * 12 + int(month[5:]) - 1 if month else None
        for month in (span["first"], span["last"] if span["open"] else span["first"])
    )
    return months_decided(low, high)


def months_decided(first: int | None, last: int | None) -> Range:
    """The days decided from one month to another; ``None``: no end. Months are counted from the
    year 0, so that 2017-02 is ``2017 * 12 + 1``."""
    return Range(
        DECIDED,
        None if first is None else _month_as_days(first) + 1,
        None if last is None else _month_as_days(last) + 31,
    )


def _month_as_days(month: int) -> int:
    """A month as the field holds its days, 20170200: before its first day."""
    return month // 12 * 10_000 + (month % 12 + 1) * 100


def ends(bound: str | None, number: int) -> tuple[int | None, int | None]:
    """The lowest and the highest number within a bound; the number itself where there is none."""
    match bound:
        case "above":
            return number + 1, None
        case "from":
            return number, None
        case "below":
            return None, number - 1
        case "to":
            return None, number
        case _:
            return number, number
