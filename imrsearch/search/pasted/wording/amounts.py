"""Amounts as people write them, put into words that the reader of services knows."""

from __future__ import annotations

import re

from imrsearch.catalogue.patterns import patterns, replaced, replacements
from imrsearch.model import Quantity
from imrsearch.text.numbers import NUMBER_WORDS, ONES, TENS

_PATTERNS = patterns("amounts")

_REDUCED = (
    _PATTERNS["from_to"],
    _PATTERNS["asked_cut_to"],
    _PATTERNS["granted_of"],
    _PATTERNS["of_asked"],
    _PATTERNS["asked_less"],
)
_GRANTED_AMOUNT = _PATTERNS["granted_amount"]
_DAY = _PATTERNS["day"]
_COUNTS_ITEMS = _PATTERNS["counts_items"]
_FEW = _PATTERNS["few"]
_HUNDREDS = _PATTERNS["hundreds"]
_ONE_TO_NINE = _PATTERNS["one_to_nine"]
_CELL_IN_WORDS = _PATTERNS["cell_in_words"]
_SUM_BEHIND = _PATTERNS["sum_behind"]
_OFTEN_TOLD = _PATTERNS["often_told"]
_WRITTEN_ANEW = replacements("amounts")["written_anew"]


def written_anew(text: str) -> str:
    """The text of a request with its amounts in plain digits: "series of three" as "x 3"."""
    # "2x6 cervical spine (12 visits)" as "= 12 visits cervical spine"
    text = _SUM_BEHIND.sub(
        lambda found: f"= {found['sum']}, {' '.join(_OFTEN_TOLD.sub(' ', found['parts']).split())}",
        text,
    )
    text = _HUNDREDS.sub(_digits, text)
    text = _ONE_TO_NINE.sub(lambda found: str(ONES[found[0].lower()]), text)
    text = _CELL_IN_WORDS.sub(lambda found: f"#{ONES[found[0].lower()]}", text)
    return replaced(text, _WRITTEN_ANEW)


def cut_from(text: str) -> Quantity | None:
    """The amount asked for, where a text says that less was granted: 120 in "from 120 to 60"."""
    text = _FEW.sub(_few, text)
    for pattern in _REDUCED:
        for found in pattern.finditer(text):
            if int(found["granted"]) < int(found["asked"]):
                return Quantity(int(found["asked"]), "units")
    return None


def granted_in(text: str) -> int | None:
    """The amount that a text says was granted: 60 in "#60 certified", "approved: 60", "down to 60";
    not a count of items: "Lines approved: 3, 5", "4 items / 1 approved"."""
    if _COUNTS_ITEMS.search(text):
        return None
    text = _DAY.sub(" ", text)
    found = next((one for pattern in _REDUCED for one in pattern.finditer(text)), None)
    found = found or _GRANTED_AMOUNT.search(_FEW.sub(_few, written_anew(text)))
    return int(found["granted"] or found["behind"]) if found else None


def _few(found: re.Match[str]) -> str:
    return str(NUMBER_WORDS[found[0].lower()])


def _digits(found: re.Match[str]) -> str:
    hundreds, tens, only, ones = (
        (found[name] or "").lower() for name in ("hundreds", "tens", "only", "ones")
    )
    if hundreds:
        return str(100 * ONES.get(hundreds, 1) + TENS.get(tens, 0))
    return str(TENS[only or found["round"].lower()] + ONES.get(ones, 0))
