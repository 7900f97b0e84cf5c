"""What a value, typed or chosen as a facet, asks of a field: equality, a range, or absence."""

from __future__ import annotations

import re

from imrsearch.query.tree import FieldEquals, FieldMissing, Query, Range
from imrsearch.schema import NUMBER_FIELDS, UNKNOWN

# "2013..2016", "2013..", "..2016", and "2013-2016" as people type it.
_YEARS = re.compile(r"(\d{4})?(?:\.\.|-)(\d{4})?")


def field_query(name: str, value: str) -> Query:
    """The query that ``value`` asks of the field ``name``.

    A value of a number field that is neither a number nor a range matches nothing, but is kept.
    """
    if value == UNKNOWN:
        return FieldMissing(name)
    numbers = number_range(name, value) if name in NUMBER_FIELDS else None
    return numbers or FieldEquals(name, value)


def number_range(field_name: str, text: str) -> Range | None:
    """``2014``, ``2013..2016``, ``2013..`` or ``..2016`` as a range; ``None`` for anything else."""
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return Range(field_name, int(text), int(text))
    match = _YEARS.fullmatch(text)
    if match is None or match.groups() == (None, None):
        return None
    low, high = (int(year) if year else None for year in match.groups())
    return Range(field_name, low, high)
