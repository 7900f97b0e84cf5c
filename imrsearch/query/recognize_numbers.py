"""Numbers in a search: "more than 12 visits", "after 2015", "over 50 years old", "#120"; months of
a year, "after January 2017"; short forms of a case's number, "CM17-4738".

They are read where issues have such a number: the year decided, the patient's age ("patients over
50"), the visits or tablets asked for, the dose in mg, the visits so far ("more than 24 prior
visits"), without a unit the amount asked for. A number of anything else ("more than 6 weeks") stays
words, and a note says so. A month is read as the month decided, "0004738" as the number of a case
of any year.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from functools import cache

from imrsearch.catalogue.word_lists import time_words, word_lists
from imrsearch.query.fields import months_decided
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import And, FieldEquals, Or, Query, Range
from imrsearch.text.phrases import any_phrase

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""A number between them is a year behind a word of time."""
_FIELD_NAMES = {
    "year": "year decided",
    "age": "patient's age",
    "quantity": "amount asked for",
    "visits": "number of visits asked for",
    "tablets": "number of tablets asked for",
    "dose": "dose in mg",
    "visits_so_far": "number of visits so far",
}
_BOUNDS = ("above", "from", "below", "to", "equal", "between")


def numbers(text: str) -> Iterator[Meaning]:
    """The numbers of a run of words, each with the words that compare it and what is counted."""
    for found in _number_phrases().finditer(text):
        field = _field_of(found)
        # "#120" and ">6" are one word, which begins with its digits; "> 6" begins with the sign.
        joined = text[found.start("low") - 1 : found.start("low")] in _COMPARISON_SIGNS
        begin = found.start("before" if field == "age" and found["before"] else "number")
        start = found.start("low") if joined else begin
        if field in _FIELD_NAMES:
            end = found.end() if found["unit"] else found.end("high" if found["high"] else "low")
            said = text[begin : found.end()]
            note = Note("numbers", f"“{said}” was read as the {_FIELD_NAMES[field]}.")
            yield Meaning(start, end, _asked(field, found), note)
        elif field:
            message = f"“{found['number']}” was searched for as words: issues have no such number."
            yield Meaning(start, start, None, Note("no-such-number", message))


def _asked(field: str, found: re.Match[str]) -> Query:
    """The numbers; "women over 50" asks for the sex too."""
    asked = _range_of(field, found)
    said = _plain(found["before"]) if field == "age" else ""
    sexes = [sex for sex, words in word_lists()["sex"].items() if said in words]
    return And((asked, FieldEquals("sex", sexes[0]))) if sexes else asked


def _range_of(field: str, found: re.Match[str]) -> Range:
    low = int(found["low"])
    if found["high"]:
        return Range(field, *sorted((low, int(found["high"]))))
    return Range(field, *_ends(_bounds().get(_said(found)), low))


def _ends(bound: str | None, number: int) -> tuple[int | None, int | None]:
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


def _field_of(found: re.Match[str]) -> str:
    """The field of the number; "other" if issues have no such number, "" if it says nothing."""
    unit = _unit(found)
    said = _said(found)
    if unit == "age" or said in ("age", "aged"):
        return "age"
    if unit == "other" or not said:
        return unit if said else ""
    is_year = not unit and FIRST_YEAR <= int(found["low"]) <= LAST_YEAR
    if is_year and (said in time_words() or found["high"]):
        return "year"
    return "" if said in time_words() else unit or "quantity"


def _unit(found: re.Match[str]) -> str:
    """The field of what is counted, told right behind the number, else before it, else further on;
    "" if nothing tells it."""
    if found["unit"]:
        return _fields_by_word("units")[_plain(found["unit"])]
    if _said(found) in time_words():
        return ""
    counted = _fields_by_word("counted").get(_plain(found["before"]), "")
    return counted or _fields_by_word("units").get(_plain(found["later"]), "")


def _said(found: re.Match[str]) -> str:
    return _plain(found["said"])


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


_COMPARISON_SIGNS = ("#", ">", "<", "=", "≥", "≤")


@cache
def _number_phrases() -> re.Pattern[str]:
    """A number with the words before and behind it: either may be missing, but not both.

    ``later`` is a unit with a word or two before it: "12 chiropractic visits".
    """
    units, counted = _fields_by_word("units"), _fields_by_word("counted")
    many = (unit for unit, field in units.items() if field in ("visits", "tablets"))
    said, unit, before, later = map(any_phrase, (_bounds(), units, counted, many))
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>{before})\s+)?"
        rf"(?P<number>(?:(?P<said>{said})\s*)?(?<![\w.,/])(?P<low>\d{{1,4}})(?![\d/]|[.,]\d)"
        rf"(?:\s+(?:and|to)\s+(?P<high>\d{{1,4}})(?![\w/]|[.,]\d))?"
        rf"(?:[\s-]?(?P<unit>{unit})(?![\w-]))?)"
        rf"(?=(?:(?:\s[a-z]+){{1,2}}\s(?P<later>{later})(?![\w-]))?)",
        re.IGNORECASE,
    )


@cache
def _bounds() -> Mapping[str, str]:
    """The bound that each word sets, words of time among them."""
    table = word_lists()["numbers"]
    compared = {word: bound for bound in _BOUNDS for word in table.get(bound, ())}
    return {**compared, **time_words()}


@cache
def _fields_by_word(table: str) -> Mapping[str, str]:
    """The field that each word tells: of the ``units`` behind a number (age, visits, quantity,
    other), or of what is ``counted`` before one (patients: age)."""
    fields = word_lists()["numbers"][table]
    return {word: field for field, words in fields.items() for word in words}


_MONTH_NUMBERS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}


def months(text: str) -> Iterator[Meaning]:
    """The months of a run of words, each with its year and the word of time before it."""
    for found in _month_phrases().finditer(text):
        month = int(found["year"]) * 12 + _MONTH_NUMBERS[found["month"].lower()] - 1
        asked = months_decided(*_ends(time_words().get(_said(found)), month))
        note = Note("numbers", f"“{found.group()}” was read as the month decided.")
        yield Meaning(*found.span(), asked, note)


@cache
def _month_phrases() -> re.Pattern[str]:
    """A month of a year: "Sept. 2016", "in March of 2017"."""
    said, names = "|".join(time_words()), "|".join(_MONTH_NUMBERS)
    return re.compile(
        rf"(?<![\w-])(?:(?P<said>{said})\s+)?(?P<month>{names})\.?\s+(?:of\s+)?"
        r"(?P<year>(?:19|20)\d\d)(?![\w-])",
        re.IGNORECASE,
    )


# "CM17-4738", "cm17 4738", "17-0004738"; with "CM" and all seven digits the lexer reads them.
_SHORT_CASE_ID = re.compile(
    r"(?<![\w.,/#-])(?:CM(?P<year>\d\d)[\s-](?P<number>\d{3,6})"
    r"|(?P<bare_year>\d\d)-(?P<whole>\d{7}))(?![\w-])",
    re.IGNORECASE,
)
# "0004738": seven digits that begin with a nought are no amount.
_YEARLESS = re.compile(r"(?<![\w.,/#-])0\d{6}(?![\w-]|[.,/]\d)")
_YEARS = range(12, 41)
"""Independent medical review began in 2013; the first applications bear 12 or 13."""


def cases(text: str) -> Iterator[Meaning]:
    """The short case numbers of a run of words."""
    for found in _SHORT_CASE_ID.finditer(text):
        year, number = found["year"] or found["bare_year"], found["number"] or found["whole"]
        case = f"CM{year}-{number.zfill(7)}"
        note = Note("case-number", f"“{found.group()}” was read as the case {case}.")
        yield Meaning(*found.span(), FieldEquals("case", case), note)
    for found in _YEARLESS.finditer(text):
        any_year = Or(tuple(FieldEquals("case", f"CM{year}-{found.group()}") for year in _YEARS))
        note = Note("case-number", f"“{found.group()}” was read as a case number of any year.")
        yield Meaning(*found.span(), any_year, note)
