"""What a value, typed or chosen as a facet, asks of a field: equality, a range, or absence."""

from __future__ import annotations

import re

from imrsearch.query.tree import FieldEquals, FieldMissing, Not, Query, Range
from imrsearch.schema import NUMBER_FIELDS, UNKNOWN, VALUE_FIELDS

ANY_NUMBER = ".."
"""A range that is open on both sides."""
# "2013..2016", "2013..", "..2016", "..", and "2013-2016" as people type it.
_SPAN = re.compile(r"(\d{1,4})?(?:\.\.|-)(\d{1,4})?", re.ASCII)
# ">2016", ">= 12", "<50"
_COMPARED = re.compile(r"([<>]=?|[≥≤])\s*(\d{1,4})", re.ASCII)


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
        return _compared_range(field_name, compared[1], int(compared[2]))
    match = _SPAN.fullmatch(text)
    if match is None or text == "-":
        return None
    low, high = (int(number) if number else None for number in match.groups())
    return Range(field_name, low, high)


def _compared_range(field_name: str, sign: str, number: int) -> Range:
    match sign:
        case ">":
            return Range(field_name, number + 1, None)
        case ">=" | "≥":
            return Range(field_name, number, None)
        case "<":
            return Range(field_name, None, number - 1)
        case _:
            return Range(field_name, None, number)
