"""What words of a search say in a few fixed forms: numbers, codes, months, outcomes.

*Numbers* ("more than 12 visits", "after 2015", "over 50 years old", "#120") are read where issues
have such a number: the year decided, the patient's age ("patients over 50"), the visits or tablets
asked for, the dose in mg, the visits so far ("more than 24 prior visits"), without a unit the
amount asked for. A number of anything else ("more than 6 weeks") stays words, and a note says so. A
*month* of a year is read as the month decided, "0004738" as the number of a *case* of any year. A
*code*, "72148" or "CPT 97140", stands for the words of the service.

Words of *outcome*, "acupuncture approved", only order: the issues so decided come first. A filter
would make the share of overturned issues among those found a matter of wording.

"MRI without *contrast*" is another service than "MRI with contrast": "without" is a common word
that no search asks for, so that the one would find the other.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product

from imrsearch.catalogue.codes import service_codes, standing_alone
from imrsearch.catalogue.word_lists import bounds, decision_words, time_words, word_lists
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.compose import all_of
from imrsearch.query.fields import ends, months_decided
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning, Recogniser
from imrsearch.query.tree import And, ConstantScore, DisMax, FieldEquals, Or, Phrase, Query, Range
from imrsearch.text.phrases import any_phrase
from imrsearch.text.words import words

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""A number between them is a year behind a word of time."""
_AGES = range(16, 100)
"""The ages of workers."""
_OF_AGE = ("age", "aged", "older than", "younger than")
"""What compares ages alone."""
_FIELD_NAMES = {
    "year": "year decided",
    "age": "patient's age",
    "quantity": "amount asked for",
    "visits": "number of visits asked for",
    "tablets": "number of tablets asked for",
    "dose": "dose in mg",
    "visits_so_far": "number of visits so far",
}


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
            told = f"“{said}” was read as the {_FIELD_NAMES[field]}."
            # "Shoulder surgery over 60" may mean the age, "Norco #60" does not.
            is_bare = not found["unit"] and _said(found) not in _COMPARISON_SIGNS
            if field == "quantity" and is_bare and int(found["low"]) in _AGES:
                told += f" For the age, type “patients {found['number']}”."
            yield Meaning(start, end, _asked(field, found), Note("numbers", told))
        elif field:
            message = f"“{found['number']}” was searched for as words: issues have no such number."
            yield Meaning(start, start, None, Note("no-such-number", message))


def _asked(field: str, found: re.Match[str]) -> Query:
    """The numbers; "women over 50" asks for the sex too."""
    low = int(found["low"])
    if found["high"]:
        asked = Range(field, *sorted((low, int(found["high"]))))
    else:
        asked = Range(field, *ends(bounds().get(_said(found)), low))
    said = _plain(found["before"]) if field == "age" else ""
    sexes = [sex for sex, words in word_lists()["sex"].items() if said in words]
    return And((asked, FieldEquals("sex", sexes[0]))) if sexes else asked


def _field_of(found: re.Match[str]) -> str:
    """The field of the number; "other" if issues have no such number, "" if it says nothing."""
    unit = _unit(found)
    said = _said(found)
    if unit == "age" or (said in _OF_AGE and unit != "other"):
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
    said, unit, before, later = map(any_phrase, (bounds(), units, counted, many))
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>{before})\s+)?"
        rf"(?P<number>(?:(?P<said>{said})\s*)?(?<![\w.,/])(?P<low>\d{{1,4}})(?![\d/]|[.,]\d)"
        rf"(?:\s+(?:and|to)\s+(?P<high>\d{{1,4}})(?![\w/]|[.,]\d))?"
        rf"(?:[\s-]?(?P<unit>{unit})(?![\w-]))?)"
        rf"(?=(?:(?:\s[a-z]+){{1,2}}\s(?P<later>{later})(?![\w-]))?)",
        re.IGNORECASE,
    )


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
        asked = months_decided(*ends(time_words().get(_said(found)), month))
        yield _read_from(found, asked, "numbers", "was read as the month decided.")


@cache
def _month_phrases() -> re.Pattern[str]:
    """A month of a year: "Sept. 2016", "in March of 2017"."""
    said, names = "|".join(time_words()), "|".join(_MONTH_NUMBERS)
    return re.compile(
        rf"(?<![\w-])(?:(?P<said>{said})\s+)?(?P<month>{names})\.?\s+(?:of\s+)?"
        r"(?P<year>(?:19|20)\d\d)(?![\w-])",
        re.IGNORECASE,
    )


# "CM17-4738", "cm 17 4738", "17-0004738"; with "CM" and all seven digits the lexer reads them.
_SHORT_CASE_ID = re.compile(
    r"(?<![\w.,/#-])(?:CM\s?-?(?P<year>\d\d)[\s-](?P<number>\d{3,6})"
    r"|(?P<bare_year>\d\d)-(?P<whole>\d{7}))(?![\w-])",
    re.IGNORECASE,
)
# "0213037", "213037": seven digits that begin with a nought, or six, are no amount.
_YEARLESS = re.compile(r"(?<![\w.,/#-])(?:0\d{6}|[1-9]\d{5})(?![\w-]|[.,/]\d)")
_YEARS = range(12, 41)
"""Independent medical review began in 2013; the first applications bear 12 or 13."""


def cases(text: str) -> Iterator[Meaning]:
    """The short case numbers of a run of words."""
    for found in _SHORT_CASE_ID.finditer(text):
        year, number = found["year"] or found["bare_year"], found["number"] or found["whole"]
        case = f"CM{year}-{number.zfill(7)}"
        told = f"was read as the case {case}."
        yield _read_from(found, FieldEquals("case", case), "case-number", told)
    for found in _YEARLESS.finditer(text):
        number = found.group().zfill(7)
        any_year = Or(tuple(FieldEquals("case", f"CM{year}-{number}") for year in _YEARS))
        yield _read_from(found, any_year, "case-number", "was read as a case number of any year.")


# "CPT code 97140", "HCPCS: E0730", "98941": what names the system of the code goes with it.
_TYPED_CODE = re.compile(
    standing_alone(r"(?:(?:CPT|HCPCS)(?: codes?)?:? )?(?P<code>\d{5}|[A-Z]\d{4}|\d{4}T)"),
    re.IGNORECASE,
)


def codes_as(concepts: Recogniser) -> Recogniser:
    """Recognises the codes of services, with what ``concepts`` makes of their words."""

    def codes(text: str) -> Iterator[Meaning]:
        for found in _TYPED_CODE.finditer(text):
            service = service_codes().get(found["code"].upper())
            if service is not None:
                query = all_of([one.query for one in concepts(service) if one.query])
                told = f"was read as “{service}”."
                yield replace(_read_from(found, query, "service-code", told), is_unit=True)

    return codes


_SERVICE = ("service",)


def contrast(text: str) -> Iterator[Meaning]:
    """The stretches that ask for a study with contrast or without, as phrases of the service."""
    pattern, phrases = _contrasts()
    for found in pattern.finditer(text):
        typed = Phrase(tuple(words(found.group())), _SERVICE)
        alike = dict.fromkeys((typed, *phrases[" ".join(found.group().lower().split())]))
        told = "was searched for in the service, in any wording."
        yield _read_from(found, DisMax(tuple(alike)), "contrast", told)


@cache
def _contrasts() -> tuple[re.Pattern[str], Mapping[str, tuple[Phrase, ...]]]:
    """A pattern of all ways to say it, and each way with all phrases that say the same."""
    table = word_lists()["contrast"]
    found: dict[str, tuple[Phrase, ...]] = {}
    for name in ("without", "with"):
        ways = list(map("".join, product(table[name], " -", table["agents"])))  # "non-contrast"
        found |= dict.fromkeys(ways, tuple(Phrase(tuple(words(one)), _SERVICE) for one in ways))
    return re.compile(rf"(?<![\w/-])(?:{any_phrase(found)})(?![\w/-])", re.IGNORECASE), found


# "non-certified," -> non-certified
_DECISION_WORD = re.compile(r"\w(?:[\w'-]*\w)?")
_OPPOSITE = {OVERTURNED: UPHELD, UPHELD: OVERTURNED}
_IN_WORDS = {OVERTURNED: "overturned (treatment approved)", UPHELD: "upheld (treatment denied)"}
DECISION_WISH, RULE_WISH = 100.0, 3.0
"""More than all that an issue can gain otherwise: what is decided so comes first. In a question
about the rule ("when is an MRI approved?") such an issue is only a better example."""


def decision_meanings(text: str) -> Iterator[Meaning]:
    """The words of outcome in a run of words; someone else's decision is left alone."""
    neutral = any_phrase(word_lists()["decisions"]["neutral"])
    for found in re.finditer(rf"(?<![\w-])(?:{neutral})(?![\w-])", text, re.IGNORECASE):
        yield _read_from(found, None, "decision-words", "was ignored: it names no decision.")
    if asks_for_rule(text):
        weight, rank = RULE_WISH, "rank higher"
    else:
        weight, rank = DECISION_WISH, "come first"
    for found in _decision_phrases().finditer(text):
        decision = decision_words()[found["word"].lower()]
        if found["not"]:
            decision = _OPPOSITE[decision]
        if not _is_of_others(text[: found.start()], text[found.end() :]):
            told = f"only sorts: issues that were {_IN_WORDS[decision]} {rank}."
            wish = ConstantScore(FieldEquals("decision", decision), weight, "decision")
            yield replace(_read_from(found, None, "decision-words", told), wish=wish)


def ur_actions(text: str) -> Iterator[Meaning]:
    """The words that tell what the utilization review did: "modified by UR" asks for the requests
    of which it authorized a part."""
    for action, pattern in _ur_phrases().items():
        for found in pattern.finditer(text):
            told = f"was read as what the utilization review did: {action}."
            yield _read_from(found, FieldEquals("ur", action), "ur-action", told)


def _read_from(found: re.Match[str], query: Query | None, code: str, told: str) -> Meaning:
    """All that was found as a query, with a note that tells how it was read."""
    return Meaning(*found.span(), query, Note(code, f"“{found.group()}” {told}"))


def asks_for_rule(text: str) -> bool:
    """Whether a search asks what holds ("is, can, must …"), not what happened ("which were …")."""
    words = set(_DECISION_WORD.findall(text.lower()))
    table = word_lists()["questions"]
    return (
        text.rstrip().endswith("?")
        and bool(words & set(table["rule"]))
        and not (words & set(table["past"]))
    )


@cache
def _decision_phrases() -> re.Pattern[str]:
    """``not approved``: a word of outcome, perhaps turned round by the word before it."""
    words = "|".join(map(re.escape, decision_words()))
    turned = "|".join(word_lists()["decisions"]["not"])
    return re.compile(
        rf"(?<![\w-])(?:(?P<not>{turned})\s+)?(?P<word>{words})(?![\w-])", re.IGNORECASE
    )


@cache
def _ur_phrases() -> dict[str, re.Pattern[str]]:
    return {
        action: re.compile(rf"(?<![\w-])(?:{any_phrase(phrases)})(?![\w-])", re.IGNORECASE)
        for action, phrases in word_lists()["utilization_review"].items()
    }


def _is_of_others(before: str, after: str) -> bool:
    table = word_lists()["decisions"]
    last = _DECISION_WORD.findall(before.lower())[-1:]
    first = _DECISION_WORD.findall(after.lower())[:1]
    return bool(set(last) & set(table["unless_before"]) or set(first) & set(table["unless_after"]))
