"""The patient as the case summary tells: age, sex, and the day of the injury."""

from __future__ import annotations

import re
from datetime import date

from imrsearch.letters.dates import DATE, MONTH, read_date
from imrsearch.letters.passage import FoundFact, Passage
from imrsearch.model import Span

_FEMALE = r"female|woman|lady"
_MALE = r"male|man|gentleman"
_SEX = rf"(?:(?P<female>{_FEMALE})|(?P<male>{_MALE}))\b"
_WHO = r"(?:worker|employee|patient|claimant|applicant|individual|person|beneficiary|member)\b"
# "a(n) 57 year old", "52-year-old", "45 y/o", "45 y.o.", "45 yr. old", "45 years of age"
_AGE = (
    r"(?<![\d.#/-])(?:(?P<age>\d{1,3})\s*-?\s*(?:years?|yrs?\.?)\s*-?\s*(?:olds?\b|of\s+age\b)"
    r"|(?P<short_age>\d{1,3})\s*-?\s*y\s*[./]?\s*o\b\.?)"
)

# Of a person: "48 year old male", "58 year old female injured worker", "34-year-old right-handed
# woman"; up to four words may stand between the age and the sex or the person.
_AGED_PERSON = re.compile(
    rf"{_AGE}[\s,]*(?:[a-z][\w-]*[\s,]+){{0,4}}?(?:{_SEX}|{_WHO}|(?P<letter>[MF])\b)",
    re.IGNORECASE,
)
# "The patient is a male, 45 years old", "female, age 45", "worker is 45 years old", "aged 45",
# "He is 45 years old"
_PERSON_AGED = re.compile(
    rf"(?:{_SEX}|{_WHO}|\bs?he\b)(?:\s+(?:employee|worker|patient|claimant|applicant))?\s*,?\s*"
    rf"(?:(?:who\s+)?(?:is|was)\s+)?(?:(?:now|currently|an?)\s+)?(?:{_AGE}|\(?aged?:?\s+(?P<aged>\d{{1,3}})\b)",
    re.IGNORECASE,
)
# "The applicant is a represented 35-year-old former installer"
_AGED_TRADE = re.compile(
    rf"{_WHO}\s+(?:is|was)\s+an?\s+(?:[a-z][\w-]*[\s,]+){{1,4}}?{_AGE}", re.IGNORECASE
)
# "A 29-year-old seamstress has …": a summary's first words.
_AGED_FIRST = re.compile(rf"\s*(?:(?:an?|this|the)\s+)?{_AGE}", re.IGNORECASE)
# "The claimant, a glazier aged 44"
_AGED = re.compile(r"\baged\s+(?P<aged>\d{1,3})\b(?!\s*(?:days?|weeks?|months?))", re.IGNORECASE)
# "The patient is a right-handed male", "This is a pleasant woman"
_PERSON_IS = re.compile(
    rf"(?:(?:{_WHO}|\bs?he)\s+(?:is|was)\s+an?|\bThis\s+is\s+an?)\s+(?:[a-z-]+\s+){{0,2}}?{_SEX}",
    re.IGNORECASE,
)
# "The male worker", "female patient"
_SEX_PERSON = re.compile(rf"\b{_SEX}\s+{_WHO}", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<female>she|hers?|herself)|(?P<male>he|him|his|himself))\b", re.IGNORECASE
)
# One pronoun may be another person's: "Dr. Doe said that he …".
_FEWEST_PRONOUNS = 2
_CLOSING_LETTER = {"m": "male", "f": "female"}

# The day of the injury: a date within the sentence that tells of the injury. "claim from" is
# "a history of an occupational claim from 10/13/2016".
_INJURY = re.compile(
    rf"""
    \b(?:injur(?:y|ies|ed|ious)|accident|hurt|D\.?O\.?I\b\.?|claim\s+(?:from|of|dated))
    (?P<between>(?:(?!\d{{1,2}}\s*[-/]\s*\d|\binjur|\bD\.?O\.?I\b).){{0,140}}?)
    (?P<date>{DATE.pattern})
    (?P<after>\s*(?:-|–|to|through|thru|until)\s*(?=\d|present|(?:{MONTH})\s+\d))?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# "…, with an 8/8/13 date of injury"
_DATED_INJURY = re.compile(
    rf"(?P<date>{DATE.pattern})\s+(?:date\s+of\s+injury|D\.?O\.?I\b|(?:industrial\s+|work\s+)?injury\b)",
    re.IGNORECASE,
)
# "The patient is a man who fell from a ladder on 10/3/2012": how it came about, told in the first
# sentence, where no date is called that of an injury.
_MISHAP = re.compile(
    rf"""
    [^.;]{{0,250}}?\b(?:fell|slipped|tripped|stumbled|struck|twisted|strained|sprained|wrenched|crushed
    |caught|trapped|jammed|pinched|cut|lacerated|burn(?:ed|t)|hit|bitten|thrown)\b
    (?P<between>(?:(?!\d{{1,2}}\s*[-/]\s*\d)[^.;]){{0,140}}?)\bon\s+
    (?P<date>{DATE.pattern})
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Words that make the next date another day's: "injured her back and was seen on 5/5/2014".
_ANOTHER_DAY = re.compile(
    r"[.;]\s|\b(?:seen|evaluat\w*|report\w*|visit\w*|exam\w*|dated?(?!\s+of\s+injury)\s+\d|MRI|x-?rays?"
    r"|under(?:went|go)|surger\w*|utilization|note[sd]?|present(?:ed|s)|prescri\w*|diagnos\w*|surgical"
    r"|re-?injur\w*|authoriz\w*|request\w*|denied|certif\w*|since|until|prior)\b",
    re.IGNORECASE,
)


def read_age(summary: Passage) -> FoundFact[int] | None:
    """The patient's age in years, by its first plain mention."""
    for pattern in (_AGED_PERSON, _PERSON_AGED, _AGED_TRADE, _AGED):
        match = summary.search(pattern)
        if match:
            return _age(match)
    first = _AGED_FIRST.match(summary.text, summary.start, summary.end)
    return _age(first) if first else None


def _age(match: re.Match[str]) -> FoundFact[int] | None:
    for group in ("age", "short_age", "aged"):
        if match.groupdict().get(group):
            return FoundFact(int(match.group(group)), Span(*match.span(group)))
    return None


def read_sex(summary: Passage) -> FoundFact[str] | None:
    """``male`` or ``female`` where a noun says so; for pronouns see ``infer_sex``."""
    for pattern in (_AGED_PERSON, _PERSON_AGED, _PERSON_IS, _SEX_PERSON):
        for match in summary.finditer(pattern):
            found = _sex(match)
            if found:
                return found
    return None


def infer_sex(summary: Passage) -> FoundFact[str] | None:
    """``male`` or ``female`` from the pronouns of a summary, where there are several that agree.

    Of 123 published letters, 52 told the sex and had pronouns: all of them agreed with it.
    """
    found = list(summary.finditer(_PRONOUN))
    kinds = {str(match.lastgroup) for match in found}
    if len(kinds) != 1 or len(found) < _FEWEST_PRONOUNS:
        return None
    return FoundFact(kinds.pop(), Span(*found[0].span()))


def _sex(match: re.Match[str]) -> FoundFact[str] | None:
    groups = match.groupdict()
    for name in ("female", "male"):
        if groups.get(name):
            return FoundFact(name, Span(*match.span(name)))
    letter = groups.get("letter")
    if letter and letter.isupper():
        return FoundFact(_CLOSING_LETTER[letter.lower()], Span(*match.span("letter")))
    return None


def read_injury_date(summary: Passage, latest: int) -> FoundFact[date] | None:
    """The day of the injury as the summary tells it; ``None`` for a stretch of time.

    ``latest`` is the letter's year, for two-digit years.
    """
    for match in summary.finditer(_INJURY):
        if _ANOTHER_DAY.search(match.group("between")):
            continue
        if match.group("after"):
            return None
        day = _date_of(match, latest)
        if day:
            return day
    dated = summary.search(_DATED_INJURY)
    mishap = _MISHAP.match(summary.text, summary.start, summary.end)
    if dated:
        return _date_of(dated, latest)
    if mishap is None or _ANOTHER_DAY.search(mishap["between"]):
        return None
    return _date_of(mishap, latest)


def _date_of(match: re.Match[str], latest: int) -> FoundFact[date] | None:
    day = read_date(match, latest)
    return FoundFact(day, Span(*match.span("date"))) if day else None
