"""Months in a search: "after January 2017", "December 2016". They are read as the month decided."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import cache

from imrsearch.catalogue.word_lists import time_words
from imrsearch.query.fields import months_decided
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import Range

_MONTH_NUMBERS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}


def months(text: str) -> Iterator[Meaning]:
    """The months of a run of words, each with its year and the word of time before it."""
    for found in _month_phrases().finditer(text):
        note = Note("numbers", f"“{found.group()}” was read as the month decided.")
        yield Meaning(*found.span(), _months_asked(found), note)


def _months_asked(found: re.Match[str]) -> Range:
    month = int(found["year"]) * 12 + _MONTH_NUMBERS[found["month"].lower()] - 1
    match time_words().get((found["said"] or "").lower(), "equal"):
        case "above":
            return months_decided(month + 1, None)
        case "from":
            return months_decided(month, None)
        case "below":
            return months_decided(None, month - 1)
        case "to":
            return months_decided(None, month)
    return months_decided(month, month)


@cache
def _month_phrases() -> re.Pattern[str]:
    """A month of a year: "Sept. 2016", "in March of 2017"."""
    said, names = "|".join(time_words()), "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?:(?P<said>{said})\s+)?(?P<month>{names})\.?\s+(?:of\s+)?"
        r"(?P<year>(?:19|20)\d\d)(?![\w-])",
        re.IGNORECASE,
    )
