"""How much a service asks for: "12 sessions", "#60", "2 times a week for 6 weeks" (12 sessions),
"12-18 visits"; and the dose of a drug: "Norco 10/325mg #60" -> 10/325mg."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import prod

from imrsearch.catalogue.body_parts import read_body_parts
from imrsearch.model import Dose, Quantity
from imrsearch.text.located import Located
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.phrases import split_words

_VALUE_OF_WORD = {**NUMBER_WORDS, "once": 1, "twice": 2}
_QUANTITY_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(_VALUE_OF_WORD, key=len, reverse=True))})\b", re.IGNORECASE
)
_LETTERS = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
# Number words are read as digits, as many as the word has letters, so that every place stays what
# it was: twelve -> "000012".
_DIGITS_OF = {word: str(value).zfill(len(word)) for word, value in _VALUE_OF_WORD.items()}

# Printed units whose normal form is more than a plural.
_UNIT_NAMES = {
    printed: name
    for name, all_printed in {
        "tablets": ("tab", "tabs"),
        "capsules": ("cap", "caps"),
        "grams": ("g", "gm", "gms", "gr", "grm", "grms"),
        "weeks": ("wk", "wks"),
        "boxes": ("box", "boxes"),
        "patches": ("patch", "patches"),
        "units": ("count",),
        "ml": ("ml",),
        "cc": ("cc",),
        "oz": ("oz",),
    }.items()
    for printed in all_printed
}

# A whole number: "12", "60.00", "1,000", "000012" (once twelve), "003 (3)"; no part of "7.5" or
# "11/18/16".
_COUNT = r"(?:0\d{2,}(?:\s?\(\d+\))?|\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.0+)?)(?!\d|[.,/]\d)"
# The same, or one with decimals before what is weighed or measured: "106.32gm", "2.5 ml".
_MEASURES = r"(?:ml|grams?|gr?ms?|gr?|cc|oz)\b"
_MEASURED = rf"(?:\d{{1,4}}\.\d{{1,3}}(?=\s?{_MEASURES})|{_COUNT})"
# Around a number that stands alone: neither end of "1-2" or "1 to 2", not the 5 of "L4, L5" or
# "x5", nor part of a name such as "Synvisc One", "OrthoStim 4".
_AMOUNT_BEGINS = r"(?<![\w.,/#%–-])(?<!synvisc )(?<!stim )(?:(?<!\bto )|(?<=\bup to ))(?<!\bor )"
_NOT_A_RANGE = r"(?!\s?(?:-|–|to\b|or\b)\s?\d)"
_ALONE = f"{_AMOUNT_BEGINS}{_COUNT}{_NOT_A_RANGE}"
# A range, or a number that stands alone: "2-3", "4 to 6".
_RANGE = rf"{_COUNT}\s?(?:-|–|\bto\b)\s?{_COUNT}"
_SOME = rf"{_AMOUNT_BEGINS}(?:{_RANGE}|{_COUNT}{_NOT_A_RANGE})"
_VISITS = r"(?:sessions?|visits?|treatments?|appointments?|injections?|blocks?)\b"
_PACKS = (
    r"(?:(?:tablets?|tabs?|capsules?|caps|pills?|patch(?:es)?|count|tubes?|bottles?|box(?:es)?"
    r"|vials?|pairs?|kits?|packs?|rolls?|containers?|pumps?|inhalers?|pens?|syringes?|units?)\b"
    rf"|{_MEASURES})"
)
_UNIT_OF_TIME = r"(?:days?|nights?|weeks?|wks?|months?|years?)"
_PER = r"\s*(?:x|times?|visits?|sessions?|days?)?\s*(?:a|per|each|every|/|-)?\s*"
_FOR = r"\s*,?\s*(?:for|x|times|over|\*|by)\s*(?:the next\s*|a total of\s*)?"
_WEEKS = r"\s?-?(?:weeks?|wks?)\b(?!\s?(?:-|–|to)\s?\d)"
_EACH_WEEK = rf"{_PER}(?:week(?:ly)?|wks?)"
_NOT_SO_OFTEN = r"(?!\s?(?:follow|before|after|/|a\b|per\b))"
# "2 times a week for 6 weeks", "2-3 times a week for 4 to 6 weeks", "2x weekly 6 weeks"
_A_WEEK = rf"(?P<n1>{_SOME}){_EACH_WEEK}(?:{_FOR}|\s+)(?P<n2>{_RANGE}|{_COUNT}){_WEEKS}"
# "3x/wk x 4", "3 times per week times 4"
_A_WEEK_TIMES = (
    rf"(?P<n1>{_SOME}){_EACH_WEEK}\s*,?\s*(?:x|times)\s*(?P<n2>{_COUNT})\b(?!\s?-?{_UNIT_OF_TIME})"
)
# "6 weeks, 2 times a week", "for four weeks at twice weekly", "4 weeks, three visits per week"
_WEEKS_FIRST = (
    rf"(?P<n1>{_SOME})\s?-?(?:weeks?|wks?)\b\s*,?\s*(?:x|at|of|@|-|–)?\s*(?P<n2>{_RANGE}|{_COUNT})"
    r"\s*(?:x|times?|visits?|sessions?|days?)?\s*(?:(?:a|per|each|every|/)\s*(?:week|wk)|weekly)\b"
)
_A_MONTH = rf"(?P<n1>{_ALONE}){_PER}month(?:ly)?{_FOR}(?P<n2>{_COUNT})\s?-?months?\b"
# "two physical therapy sessions for", and after it "eight for": amounts for one body part each.
_FOR_A_PART = (
    rf"(?P<n1>{_AMOUNT_BEGINS}(?:{_RANGE}|{_COUNT}))"
    r"(?:\s(?!times|x\b|weeks?|per\b|days?|months?|hours?|for\b)(?:0\d+(?!\d)|[a-z/&-]+)){0,5}?"
    rf"(?:\s(?P<unit>{_VISITS}))?\s(?:for|to)\s"
)
_CONNECTORS = ("and", ",", ";", "plus")
# What tells that a number is how to take a drug, not how much is asked for.
_DOSE = (
    rf"\s?,?\s?(?:{'|'.join(_DIGITS_OF[word] for word in ('once', 'twice', 'two', 'three'))}|orally"
    r"|by mouth|po\b|p\.o|every|daily|nightly|times|[bt]id\b"
    r"|qid\b|q\s?\d|q[hd]|per\b|a day|at\b|as needed|prn|each|in the|before|after|weekly)"
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A way to print a quantity. Its numbers (``n1``, ``n2`` ...) are multiplied.

    The unit is the one printed (group ``unit``), else ``unit``, else that of the kind of service.
    With ``only`` the pattern holds for services counted in those, with ``never`` for all others.
    """

    source: str
    unit: str = ""
    only: tuple[str, ...] = ()
    never: str = ""

    def serves(self, unit: str) -> bool:
        """Whether the pattern is for services counted in ``unit``."""
        return unit in (self.only or (unit,)) and self.never != unit

    def find(self, text: str) -> list[re.Match[str]]:
        """Every place where ``text`` prints a quantity so."""
        return list(_compiled(self.source).finditer(text))


@cache
def _compiled(source: str) -> re.Pattern[str]:
    # Compiling all of them takes as long as reading a letter: only those that are wanted.
    return re.compile(source, re.IGNORECASE)


# The first pattern found decides: the more certain first.
_WAYS_TO_COUNT = (
    # "#60", "# 60 grams"; neither the 3 of "Tylenol #3" nor the 9 of "tooth #9"
    _Pattern(
        r"(?<!tylenol )(?<!tylenol)(?<!codeine )(?<!tooth )(?<!teeth )"
        rf"#\s?(?P<n1>{_RANGE}|{_MEASURED})"
        rf"(?:\s?(?P<unit>{_PACKS}|{_VISITS}))?"
    ),
    # "QTY: 2.00", "quantity of 60", "QTY: 10 packs"
    _Pattern(
        rf"\b(?:qty|quantity)\b\.?\s*(?:of|[:.#=])?\s*#?(?P<n1>{_RANGE}|{_MEASURED})"
        rf"(?:\s?(?P<unit>{_PACKS}))?"
    ),
    # "4 hours a day, 5 days a week for 6 weeks"
    _Pattern(
        rf"(?P<n1>{_ALONE})\s?(?:hours?|hrs?){_PER}day\s*,?\s*(?:x\s?)?(?P<n2>{_COUNT}){_PER}week"
        rf"{_FOR}(?P<n3>{_COUNT}){_WEEKS}",
        "hours",
    ),
    # "20 hours per week for 6 weeks"
    _Pattern(
        rf"(?P<n1>{_ALONE})\s?(?:hours?|hrs?){_PER}(?:week|wk){_FOR}(?P<n2>{_COUNT}){_WEEKS}",
        "hours",
    ),
    # "Eight (8) physical therapy sessions", "6 additional visits", "6 one-hour sessions"; not
    # "60 mg intramuscular injection"
    _Pattern(
        rf"(?P<n1>{_ALONE})(?!\s?(?:mg|mcg|iu|cc|ml)\b)"
        r"(?:\s(?!times|x\b|weeks?|per\b|days?|months?|hours?)(?:0\d+(?!\d)|[a-z/&-])+){0,5}?"
        rf"\s(?P<unit>{_VISITS})(?!\s?(?:a|per)\s(?:week|month))"
    ),
    # "12-18 visits", "6 to 8 acupuncture sessions"; not "levels 4-5 injections"
    _Pattern(
        rf"(?P<n1>{_AMOUNT_BEGINS}{_RANGE})(?:\s(?!times|x\b|weeks?|per\b|days?|months?|hours?)[a-z/&-]+){{0,3}}?"
        r"\s(?P<unit>(?:sessions?|visits?|treatments?|appointments?)\b)(?!\s?(?:a|per)\s(?:week|month))"
    ),
    # "sessions, 12", "visits x 6"; not "visits 2 times a week"
    _Pattern(
        rf"\b(?P<unit>{_VISITS})\s?(?:[:,x#(]|times|qty:?)?\s?(?P<n1>{_COUNT})"
        r"(?!\s?(?:x|times|per|/|-|to\b|\d|cc|ml|mg|units?|level|%))"
    ),
    # "2 times a week for 6 weeks", "2x/wk x 6 wks", "twice weekly for 3 weeks"; no thing is given
    # so often, whatever it is counted in
    _Pattern(_A_WEEK, "sessions", only=("units",)),
    _Pattern(_A_WEEK),
    _Pattern(_WEEKS_FIRST, "sessions", only=("units",)),
    _Pattern(_WEEKS_FIRST),
    _Pattern(_A_WEEK_TIMES, only=("sessions", "visits")),
    # "weekly x 8 weeks", "weekly for 6 weeks"
    _Pattern(
        rf"(?<!\d )(?<!x )(?<!times )(?<!-)\bweekly(?:{_FOR}|\s+)(?P<n1>{_COUNT}){_WEEKS}",
        only=("sessions", "visits"),
    ),
    _Pattern(_A_MONTH, "sessions", only=("units",)),
    _Pattern(_A_MONTH),
    # "2x6", "1 times 8"; of things it is how often to use them
    _Pattern(
        rf"(?P<n1>{_ALONE})\s?(?:x|times)\s?(?P<n2>{_COUNT})\b(?!\s?(?:months?|days?))",
        only=("sessions", "visits"),
    ),
    # "x 12", "times 1", "x 3 visits"; neither "x 2 refills" nor a time, as in "x 14 days"
    _Pattern(
        rf"(?<![\w-])(?<!\d )(?:x|times)\s?(?P<n1>{_RANGE}|{_MEASURED})\b"
        rf"(?:\s?(?P<unit>{_VISITS}|{_PACKS}))?"
        rf"(?!\s?-?(?:refill|times|per|a\b|x|%|mg|{_UNIT_OF_TIME}))"
    ),
    # "60 tablets", "120grams"; not "take 1 tablet twice daily"
    _Pattern(
        rf"(?<!take )(?<!apply )(?<!every )(?P<n1>{_AMOUNT_BEGINS}{_MEASURED}{_NOT_A_RANGE})"
        rf"\s?(?P<unit>{_PACKS})(?!{_DOSE}|/)",
        never="sessions",
    ),
    # "ultrasound, 14 units"
    _Pattern(rf"(?P<n1>{_ALONE})\s?(?P<unit>units)\b", only=("sessions",)),
    # "80 hours", "80 hours (ten days)"; not "24 hours a day"
    _Pattern(
        rf"(?<!every )(?<!in )(?<!q )(?P<n1>{_ALONE})(?:\s|-)?(?P<unit>hours)\b{_NOT_SO_OFTEN}",
        never="sessions",
    ),
    # "neuropsychological testing, four hours"; not "2 hours per session"
    _Pattern(
        rf"(?<!every )(?<!in )(?P<n1>{_ALONE})\s?(?P<unit>hours)\b"
        r"(?!\s?(?:an?|each|every|per|of|/))",
        only=("sessions",),
    ),
    # "3 month rental", "for 4 weeks"; not "every 4 weeks", "in 6 weeks"
    _Pattern(
        rf"(?<!every )(?<!in )(?<!q )(?P<n1>{_ALONE})(?:\s|-)?(?P<unit>{_UNIT_OF_TIME})\b"
        rf"{_NOT_SO_OFTEN}",
        never="sessions",
    ),
    # "(6)"
    _Pattern(rf"\(\s?(?P<n1>{_COUNT})\s?\)"),
    # "2 wrist braces" at the start; not "3 phase bone scan", "10 panel drug screen", "1 tab daily"
    _Pattern(
        rf"^\W*(?P<n1>{_ALONE})\s(?=[a-z0])(?!(?:phase|view|point|panel|lead|level|wheel|tesla|in|hour"
        r"|channel|way|step|part|piece|section|mg|time|stage|week|day|month|refill|prescription|or|to|[tdx])s?\b)"
        rf"(?!wheeled|{_PACKS})"
    ),
)


def read_quantity(text: str, unit: str) -> Located[Quantity] | None:
    """The amount asked for in ``text`` with its place, or ``None`` where it is not certain.

    ``unit`` is what this kind of service is counted in where no unit is printed. Amounts for
    different body parts are added; any other two different amounts are no certain one.
    """
    # Most texts hold no number's word: looking for any takes as long as for all that follows.
    if not _VALUE_OF_WORD.keys().isdisjoint(_LETTERS.findall(text.casefold())):
        text = _QUANTITY_WORD.sub(lambda word: _DIGITS_OF[word.group().casefold()], text)
    if not _DIGIT.search(text):
        return None
    several = list(_compiled(_FOR_A_PART).finditer(text))
    if len({_printed_unit(match) for match in several} - {""}) == 1 and several[0]["unit"]:
        if len(several) > 1 and _are_for_different_parts(text, several):
            return _sum(several)
        if len(set(map(_amounts, several))) > 1:
            return None
    for pattern in _WAYS_TO_COUNT:
        if pattern.serves(unit) and (found := pattern.find(text)):
            amounts = {_amounts(match) for match in found}
            least, most = amounts.pop()
            if amounts or least > most or not most:
                return None
            printed = _printed_unit(found[0]) or pattern.unit or unit
            quantity = Quantity(most, printed, least if least < most else None)
            return Located.at(found[0], quantity)
    return None


def _are_for_different_parts(text: str, found: Sequence[re.Match[str]]) -> bool:
    """Whether each amount is for body parts, joined to the next, and no two for the same one: "two
    sessions for the knee and eight for the wrist"."""
    ends = [match.start() for match in found[1:]] + [len(text)]
    stretches = [text[match.end() : end] for match, end in zip(found, ends, strict=True)]
    if not all(stretch.rstrip().endswith(_CONNECTORS) for stretch in stretches[:-1]):
        return False
    parts = [read_body_parts(stretch, split_words(stretch)) for stretch in stretches]
    sided = [{(region, *one.sides) for region in one.regions} for one in parts]
    return all(sided) and all(one.isdisjoint(other) for one, other in combinations(sided, 2))


def _sum(found: Sequence[re.Match[str]]) -> Located[Quantity] | None:
    """The sum of several amounts, with the place from the first to the last."""
    ends = list(map(_amounts, found))
    least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
    if not most or any(low > high for low, high in ends):
        return None
    quantity = Quantity(most, _printed_unit(found[0]), least if least < most else None)
    return Located(quantity, found[0].start(), found[-1].end("n1"))


# "2-3", "2 TO 3", "003 (3) to 4"
_BETWEEN_ENDS = re.compile(r"(?<=\d|\))\s?(?:-|–|to\b)\s?", re.IGNORECASE)


def _amounts(match: re.Match[str]) -> tuple[int | float, int | float]:
    """The least and the most asked for: "2-3 times a week for 4 weeks" -> 8, 12."""
    numbers = [text for name, text in match.groupdict().items() if name != "unit"]
    ends = [[_number_value(end) for end in _BETWEEN_ENDS.split(text)] for text in numbers]
    return prod(each[0] for each in ends), prod(each[-1] for each in ends)


def _number_value(number: str) -> int | float:
    """As printed, "000012" -> 12, "003 (3)" -> 3, "1,000" -> 1000, "60.00" -> 60, "2.5" -> 2.5."""
    value = float(number.partition("(")[0].replace(",", ""))
    return int(value) if value.is_integer() else value


def _printed_unit(match: re.Match[str]) -> str:
    """The unit in its normal plural: tab -> tablets, day -> days; empty where none is printed."""
    printed = (match.groupdict().get("unit") or "").lower()
    return _UNIT_NAMES.get(printed) or (printed and printed.removesuffix("s") + "s")


# ---------------------------------------------------------------------------------- the dose

_STRENGTH = r"\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d{1,4})?|\.\d{1,4}"
_UNIT = r"(?P<unit>mg|mcg|milligrams?|micrograms?|%|percent)(?![a-z])"
_UNIT_SYMBOLS = {"milligram": "mg", "microgram": "mcg", "percent": "%"}
# "50mg", "7.5 mg", "5%": each strength of a list, "4%-27.5%", is one of its own.
_ONE_DOSE = re.compile(rf"(?<![\w.,])(?P<n>{_STRENGTH})\s?{_UNIT}", re.IGNORECASE)
# Of a drug of several substances: "10/325mg", "5-325 mg", "37.5mg/325mg", "320.5/30/16mg"
_SEVERAL = re.compile(
    rf"(?<![\w.,/-])(?P<n>{_STRENGTH})(?:\s?(?:mg)?\s?[-/]\s?(?:{_STRENGTH})){{1,3}}\s?{_UNIT}",
    re.IGNORECASE,
)


def read_dose(text: str, treatment: str | None) -> Located[Dose] | None:
    """The dose in ``text`` with its place, or ``None`` where none or several are printed.

    ``treatment`` is the drug's usual name: that of several substances has a "/", and of no other
    is "5-10 mg" a dose; it is a range.
    """
    several = list(_SEVERAL.finditer(text))
    if several and not ((treatment and "/" in treatment) or "/" in several[0].group()):
        return None
    found = several or list(_ONE_DOSE.finditer(text))
    if len({match.group().replace(" ", "").lower() for match in found}) != 1:
        return None
    match = found[0]
    unit = match["unit"].lower().removesuffix("s")
    unit = _UNIT_SYMBOLS.get(unit, unit)
    return Located.at(match, Dose(match.group(), _number_value(match["n"]), unit))
