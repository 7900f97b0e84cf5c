"""How many visits the patient had before, where the rationale or the summary tells a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imrsearch.model import VisitsSoFar
from imrsearch.reasons.read import MOST_TEXT
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import lowered, sentences

_COUNT_WORD = "|".join(NUMBER_WORDS)
# Looking at the first letter spares trying a hundred words at every other word.
_VISIT_NUMBER = rf"(?=[\dotfsen])(?P<n>\d{{1,3}}(?![\d/.-])|(?:{_COUNT_WORD})(?![\w-]))"
_SHOWN = r"(?:\s?\(\d+\))?"
_VISIT_WORDS = r"(?:\s[a-z/-]+){0,4}?\s(?:sessions|visits|treatments)\b"

# "has had 15 sessions", "completed at least six physical therapy visits", "6 prior sessions",
# "24 visits to date", "ten sessions have been completed", "twelve visits went before"; and, in a
# rationale about visits, "has had twenty-four." and "sixteen have been used"; not "recommends 6
# visits", "requests 12 additional sessions".
_VISITS_HAD = (
    r"(?:had|completed|attended|received|underwent|undergone|participated\sin)"
    r"\s(?:(?:at\sleast|a\stotal\sof|about|approximately|over)\s)?"
)
_VISIT_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_VISITS_HAD}{_VISIT_NUMBER}{_SHOWN}{_VISIT_WORDS}",
        rf"\b{_VISIT_NUMBER}{_SHOWN}\s(?:prior|previous|earlier|completed){_VISIT_WORDS}",
        rf"\b{_VISIT_NUMBER}{_SHOWN}{_VISIT_WORDS}\s(?:to\sdate|so\sfar|thus\sfar)\b",
        rf"\b{_VISIT_NUMBER}{_SHOWN}{_VISIT_WORDS}\s(?:were|(?:have|had)\sbeen)\s(?:completed|attended|used)\b",
        rf"\b{_VISIT_NUMBER}{_SHOWN}{_VISIT_WORDS}\s(?:went|came)\sbefore\b",
        rf"\b(?:has|have)\shad\s{_VISIT_NUMBER}(?=[.;,])",
        rf"\b{_VISIT_NUMBER}\s(?:have|had)\sbeen\s(?:completed|attended|used)\b",
    )
)
# What each of them holds: most sentences hold nothing like it.
_VISITS_COUNTED = re.compile(
    rf"\b(?:(?:has|have)\shad\s{_VISIT_NUMBER}(?=[.;,])"
    rf"|{_VISIT_NUMBER.replace('?P<n>', '')}(?:\s(?:have|had)\sbeen\s"
    rf"|{_SHOWN}(?:\s(?:prior|previous|earlier|completed))?{_VISIT_WORDS}))"
)
_OF_VISITS = ("sessions", "visits", "treatments")
# What follows is the guideline's or asked for, not had.
_NOT_HAD = re.compile(r"\b(?:recommend|allow|request|support|up to|should|may|if)\w*\s?$")


def read_visits(rationale: str) -> VisitsSoFar | None:
    """The number of earlier visits, with the sentence; ``None`` where none or several are told."""
    return the_only_number(visits_told(rationale))


def the_only_number(told: Iterable[VisitsSoFar]) -> VisitsSoFar | None:
    """The first sentence that tells a number of visits, if no other tells another number."""
    numbers = {one.count: one for one in reversed(list(told))}
    return next(iter(numbers.values())) if len(numbers) == 1 else None


def visits_told(text: str) -> Iterator[VisitsSoFar]:
    """Every number of earlier visits with its sentence."""
    # Any case takes ten times as long. "ſ" is a printed "s" as well.
    low = lowered(text[:MOST_TEXT]).replace("ſ", "s")
    if not any(word in low for word in _OF_VISITS):
        return
    places = [found.span() for found in _VISITS_COUNTED.finditer(low)]
    # Most texts have none: finding sentences takes longer than looking for numbers.
    for start, end in sentences(text[:MOST_TEXT]) if places else ():
        if any(first < end and start < last for first, last in places):
            for count in _visit_counts(low, start, end):
                yield VisitsSoFar(count, text[start:end], (start, end))


def _visit_counts(low: str, start: int, end: int) -> Iterator[int]:
    """The numbers of visits that a sentence says the patient had."""
    for pattern in _VISIT_PATTERNS:
        for match in pattern.finditer(low, start, end):
            if not _NOT_HAD.search(low, max(start, match.start() - 30), match.start()):
                number = match.group("n")
                yield int(number) if number.isdigit() else NUMBER_WORDS[number]
