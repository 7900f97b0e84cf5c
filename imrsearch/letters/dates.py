"""Dates in every form the letters print: 10/13/2016, 5-20-2009, 08/22/14, November 7, 1998,
2022-09-19, the 3rd of March, 2010."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH = "|".join(rf"{name[:3]}(?:{name[3:]}|\.)?|Sept\.?" for name in _MONTHS)

# "10-28-\n2016": a date may break at the line end, so blanks are allowed after a separator.
_NUMERIC = (
    r"(?P<month>\d{1,2})\s*(?P<mark>[-/.])\s*(?P<day>\d{1,2})\s*(?P=mark)\s*"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)
_YEAR_FIRST = r"(?P<year_ahead>(?:19|20)\d\d)-(?P<month_second>\d\d)-(?P<day_last>\d\d)(?![\d-])"
# "November 7, 1998", "Nov. 7th 1998", "November the 7th, 1998", "7 November 1998", "7th of
# November, 1998"
_MONTH_DATE = (
    rf"(?P<name>{MONTH})\s+(?:the\s+)?(?P<day_of_name>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*"
    r"(?P<year_of_name>\d{4})"
)
_DAY_FIRST = (
    r"(?P<day_first>\d{1,2})(?:st|nd|rd|th)?\s+(?:(?:day\s+)?of\s+)?"
    rf"(?P<name_second>{MONTH})\s*,?\s*(?P<year_third>\d{{4}})"
)

# A digit, or the first letter of a month at the beginning of a word: nothing else is looked at.
_DATE_BEGINS = r"(?=\d|\b[jfmasond])"
DATE = re.compile(
    rf"{_DATE_BEGINS}(?<![\d/-])(?:{_NUMERIC}|\b(?:{_YEAR_FIRST}|{_MONTH_DATE}|{_DAY_FIRST}))",
    re.IGNORECASE,
)

_OLDEST = 1920
_LETTER_YEARS = range(1990, 2036)
"""What is printed beyond is a misprint, or no letter's year."""


def read_date(match: re.Match[str], latest: int) -> date | None:
    """The day that a match of ``DATE`` tells; ``None`` where there is no such day.

    ``latest``: the year of the letter. A two-digit year is the last such year up to it
    ("98" in a letter of 2015 is 1998, "14" is 2014).
    """
    part, year = match.groupdict(), _printed_year(match)
    if part["month"]:
        month, day = int(part["month"]), int(part["day"])
        if len(part["year"]) == 2:
            year += 100 * ((latest - year) // 100)
    elif part["year_ahead"]:
        month, day = int(part["month_second"]), int(part["day_last"])
    else:
        name = part["name"] or part["name_second"]
        month = 1 + [known[:3] for known in _MONTHS].index(name[:3].lower())
        day = int(part["day_of_name"] or part["day_first"])
    try:
        return date(year, month, day) if year >= _OLDEST else None
    except ValueError:
        return None


def latest_year(decided: str, text: str, case_id: str | None) -> int:
    """The year of a letter: of its decision, as ``decided`` prints it, else the last one that its
    text prints or its case may be decided in.

    A case number's year is when the application arrived; the letter may be of the next year. One
    whose only full year is the injury's, "DATE OF INJURY: 12/1/2012", prints later ones short.
    """
    if of_decision := _full_years(decided):
        return max(of_decision)
    of_case = [2000 + int(case_id[2:4]) + 1] if case_id else []
    return max(_full_years(text) + of_case, default=_LETTER_YEARS[-1])


def _full_years(text: str) -> list[int]:
    return [year for year in map(_printed_year, DATE.finditer(text)) if year in _LETTER_YEARS]


def _printed_year(match: re.Match[str]) -> int:
    forms = ("year", "year_ahead", "year_of_name", "year_third")
    return int(next(match[form] for form in forms if match[form]))
