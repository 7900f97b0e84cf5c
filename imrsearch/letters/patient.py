"""The patient as the case summary tells: age, sex, and the day of the injury."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from imrsearch.letters.dates import DATE, MONTH, read_date
from imrsearch.letters.passage import Passage
from imrsearch.text.located import Located
from imrsearch.text.numbers import NUMBER_WORDS, ONES, TENS

_FEMALE = r"female|woman|lady"
_MALE = r"male|man|gentleman"
_SEX = rf"(?:(?P<female>{_FEMALE})|(?P<male>{_MALE}))\b"
_WHO = r"(?:worker|employee|patient|claimant|applicant|individual|person|beneficiary|member)\b"
_TITLE = r"\b(?:Mr|Mrs|Ms)\.?\s+(?:\[\w+\]|[A-Z*_]+\b)"
_TENS_AND_ONES = rf"(?:{'|'.join(TENS)})(?:[\s-]+(?:{'|'.join(ONES)})\b)?"


@dataclass(frozen=True, slots=True)
class _AgePatterns:
    """The patterns of an age that is printed in digits, or in words."""

    person: re.Pattern[str]
    """Of a person: "48 year old male", "58 year old female injured worker", "34-year-old
    right-handed woman"; up to four words may stand between the age and the sex or the person."""
    of_person: re.Pattern[str]
    """"The patient is a male, 45 years old", "female, age 45", "worker is 45 years old", "aged 45",
    "He is now 45 years old", "Ms. [REDACTED], age 45", "a lady of 45 years", "Mr. X, 45, is"."""
    trade: re.Pattern[str]
    """"The applicant is a represented 35-year-old former installer"."""
    aged: re.Pattern[str]
    """"The claimant, a glazier aged 44", "a male glazier, age 44"; in a form's manner "(F, age
    56)", "(56F)"."""
    first: re.Pattern[str]
    """"A 29-year-old seamstress has …": a summary's first words."""

    @classmethod
    def of(cls, number: str) -> _AgePatterns:
        """``number``: the pattern of a number of years."""
        # "a(n) 57 year old", "52-year-old", "45 y/o", "45 y.o.", "45 yr. old", "45 years of age"
        age = (
            rf"(?<![\d.#/-])(?:(?P<age>{number})\s*-?\s*(?:years?|yrs?\.?)\s*-?\s*(?:olds?\b|of\s+age\b)"
            rf"|(?P<short_age>{number})\s*-?\s*y\s*[./]?\s*o\b\.?)"
        )
        years = rf"(?P<aged>{number})\b(?!\s*(?:days?|weeks?|months?))"
        words = r"(?:[a-z][\w-]*[\s,]+)"
        is_now = r"(?:(?:who\s+)?(?:is|was)\s+)?(?:(?:now|currently|an?)\s+)?"
        of_person = (
            rf"(?:{_SEX}|{_WHO}|{_TITLE}|\bs?he\b)"
            r"(?:\s+(?:employee|worker|patient|claimant|applicant))?\s*,?\s*"
            rf"(?:{is_now}(?:{age}|\(?aged?:?\s+{years})"
            rf"|of\s+(?P<years>{number})\s+years\b(?!\s+(?:of|ago))"
            rf"|(?<=,)\s*(?:now\s+)?(?P<bare>{number}),\s+(?:is|was|who|has|had)\b)"
        )
        in_a_form = (
            rf"\((?:(?P<letter>[MF])[,/\s]\s*(?:aged?\s+)?(?P<form_age>{number})"
            rf"|(?P<age_ahead>{number})[,/\s]?(?P<letter_behind>(?-i:[MF])))\)"
        )
        patterns = (
            rf"{age}[\s,]*{words}{{0,4}}?(?:{_SEX}|{_WHO}|(?P<letter>[MF])\b)",
            of_person,
            rf"{_WHO}\s+(?:is|was)\s+an?\s+{words}{{1,4}}?{age}",
            rf"(?:\baged|\b{_SEX}(?:\s+[a-z][\w-]*){{1,3}}?,\s+age)\s+{years}|{in_a_form}",
            rf"\s*(?:(?:an?|this|the)\s+)?{age}",
        )
        return cls(*(re.compile(pattern, re.IGNORECASE) for pattern in patterns))


_DIGITS = _AgePatterns.of(r"\d{1,3}")
_WORDS = _AgePatterns.of(_TENS_AND_ONES)
_AGE_IN_WORDS = re.compile(rf"\b{_TENS_AND_ONES}", re.IGNORECASE)
# "The patient is a right-handed male", "This is a pleasant woman"
_PERSON_IS = re.compile(
    rf"(?:(?:{_WHO}|\bs?he)\s+(?:is|was)\s+an?|\bThis\s+is\s+an?)\s+(?:[a-z-]+\s+){{0,2}}?{_SEX}",
    re.IGNORECASE,
)
# "Ms. [REDACTED] fell": a summary's first words.
_TITLED_FIRST = re.compile(r"\s*(?:(?P<female>Mrs|Ms)|(?P<male>Mr))\b", re.IGNORECASE)
# "The male worker", "female patient"
_SEX_PERSON = re.compile(rf"\b{_SEX}\s+{_WHO}", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\b(?:(?P<female>she|hers?|herself)|(?P<male>he|him|his|himself))\b", re.IGNORECASE
)
# One pronoun may be another person's: "Dr. Doe said that he …". It is not where it is a subject or
# opens a sentence and nobody else was named: "The worker fell on 1/5/2021. He still coughs."
_FEWEST_PRONOUNS = 2
_SUBJECT_PRONOUN = re.compile(r"(?<=[.!?]\s)(?:He|She|His|Her)\b|\b(?:he|she)\b")
_SOMEBODY_ELSE = re.compile(
    r"\b(?:Dr|M\.?D|doctors?|physicians?|providers?|surgeons?|reviewers?|therapists?|wife|husband"
    r"|spouse|son|daughter|mother|father|sister|brother|child|friend|attorney|employer|supervisor"
    r"|foreman|boss|co-?workers?|customers?|adjuster|nurses?|\w+ologists?|chiropractors?|podiatrists?"
    r"|dentists?|examiners?|interpreter)\b",
    re.IGNORECASE,
)
_AGE_GROUPS = ("age", "short_age", "aged", "years", "bare", "form_age", "age_ahead")
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


def read_age(summary: Passage) -> Located[int] | None:
    """The patient's age in years, by its first plain mention in digits, else in words."""
    return next(filter(None, (_age(summary, patterns) for patterns in _in(summary))), None)


def _in(summary: Passage) -> Iterator[_AgePatterns]:
    yield _DIGITS
    if summary.search(_AGE_IN_WORDS):
        yield _WORDS


def _age(summary: Passage, patterns: _AgePatterns) -> Located[int] | None:
    tried = (patterns.person, patterns.of_person, patterns.trade, patterns.aged)
    matches = (summary.search(pattern) for pattern in tried)
    match = next(filter(None, matches), None) or patterns.first.match(
        summary.text, summary.start, summary.end
    )
    if match is None:
        return None
    told = match.groupdict()
    group = next(name for name in _AGE_GROUPS if told.get(name))
    return Located.at(match, _age_in_years(told[group]), group)


def _age_in_years(number: str) -> int:
    """The number itself: 45 of "45", "forty-five" and "forty five"."""
    return (
        int(number)
        if number.isdecimal()
        else NUMBER_WORDS["-".join(re.split(r"[\s-]+", number.casefold()))]
    )


def read_sex(summary: Passage) -> Located[str] | None:
    """``male`` or ``female`` where a noun says so; for pronouns see ``infer_sex``."""
    with_age = (
        pattern
        for patterns in _in(summary)
        for pattern in (patterns.person, patterns.of_person, patterns.aged)
    )
    # In turn: looking for ages in words takes as long as all the rest, and most letters need none.
    for pattern in chain(with_age, (_PERSON_IS, _SEX_PERSON)):
        for match in summary.finditer(pattern):
            found = _sex(match)
            if found:
                return found
    titled = _TITLED_FIRST.match(summary.text, summary.start, summary.end)
    return _sex(titled) if titled else None


def infer_sex(summary: Passage) -> Located[str] | None:
    """``male`` or ``female`` from the pronouns of a summary, where there are several that agree.

    Of 123 published letters, 52 told the sex and had pronouns: all of them agreed with it.
    """
    found = list(summary.finditer(_PRONOUN))
    kinds = {str(match.lastgroup) for match in found}
    if len(kinds) != 1 or not (len(found) >= _FEWEST_PRONOUNS or _is_subject(summary, found[0])):
        return None
    return Located.at(found[0], kinds.pop())


def _is_subject(summary: Passage, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun can only be the patient's."""
    begins = _SUBJECT_PRONOUN.match(summary.text, pronoun.start())
    before = summary.between(summary.start, pronoun.start())
    return bool(begins) and before.search(_SOMEBODY_ELSE) is None


def _sex(match: re.Match[str]) -> Located[str] | None:
    groups = match.groupdict()
    for name in ("female", "male"):
        if groups.get(name):
            return Located.at(match, name, name)
    for name in ("letter", "letter_behind"):
        letter = groups.get(name)
        if letter and letter.isupper():
            return Located.at(match, _CLOSING_LETTER[letter.lower()], name)
    return None


def read_injury_date(summary: Passage, latest: int) -> Located[date] | None:
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


def _date_of(match: re.Match[str], latest: int) -> Located[date] | None:
    day = read_date(match, latest)
    return Located.at(match, day, "date") if day else None
