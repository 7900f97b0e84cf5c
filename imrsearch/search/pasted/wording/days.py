"""The days that a pasted text prints, and what each is of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imrsearch.catalogue.patterns import patterns
from imrsearch.letters.dates import DATE, read_date

_PATTERNS = patterns("days")

_BIRTH = _PATTERNS["birth"]
_BEFORE_DATE = 40
_KINDS_OF_DATE = {
    "injury": _PATTERNS["injury"],
    "service": _PATTERNS["service"],
    "decision": _PATTERNS["decision"],
    "received": _PATTERNS["received"],
    "request": _PATTERNS["request"],
}
_LATEST_YEAR = 2099
"""Latest year that two digits may stand for, so that no clock is asked."""


@dataclass(frozen=True, slots=True)
class TextDate:
    """A day that a text prints, and what it is of: ``injury``, ``service``, ``decision``,
    ``received``, ``request``, or empty where the words before it do not tell."""

    kind: str
    day: date


def dates(text: str) -> Iterator[TextDate]:
    """The days that a piece of text prints, but for dates of birth."""
    end = 0
    for found in DATE.finditer(text):
        before = text[max(end, found.start() - _BEFORE_DATE) : found.start()]
        end = found.end()
        day = read_date(found, _LATEST_YEAR)
        if day and not _BIRTH.search(before):
            yield TextDate(_kind_of_day(before), day)


def _kind_of_day(before: str) -> str:
    """By the nearest words before it: "Date of Injury: 2/11/2014   Date Received: 6/3/2016"."""
    ends = {
        kind: max((found.end() for found in pattern.finditer(before)), default=-1)
        for kind, pattern in _KINDS_OF_DATE.items()
    }
    kind = max(ends, key=lambda name: ends[name])
    return kind if ends[kind] >= 0 else ""
