"""The items of a list that a label or sentence refers to: "Rationale for items 2 and 3",
"As to (1)", "Lines 2 to 4 fall with the surgery", "Service two"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrsearch.catalogue.patterns import patterns
from imrsearch.text.numbers import NUMBER_WORDS

_PATTERNS = patterns("item_numbers")

_REFERRED = _PATTERNS["referred"]
_LABEL_OF_ITEMS = _PATTERNS["label_of_items"]
_TOLD = _PATTERNS["told"]
_BEGUN = _PATTERNS["begun"]
_BARE_ITEMS = _PATTERNS["bare_items"]
_HEADING = _PATTERNS["heading"]
_EACH = _PATTERNS["each"]
_ROWS = _PATTERNS["rows"]
_MOST_IN_RANGE = 20


def referred_numbers(label: str) -> tuple[str, ...]:
    """The numbers or letters of the items that a label speaks of: "Rationale for items 2 and 3"."""
    return _numbers_of(_LABEL_OF_ITEMS.fullmatch(label) or _REFERRED.search(label))


def numbers_told(sentence: str) -> tuple[str, ...]:
    """The numbers of the items that a sentence names anywhere: "Approved: row 4 only"."""
    return _numbers_of(_TOLD.search(sentence))


def numbers_begun(sentence: str) -> tuple[str, ...]:
    """The numbers of the items that a sentence begins with: "As to (1), …", "Lines 2-4 …"."""
    begun = _BEGUN.match(sentence) or _BARE_ITEMS.match(sentence) or _HEADING.match(sentence)
    return _numbers_of(begun)


def counted(number: str) -> str:
    """A number as items are compared: "1" for "01" and "one"; a letter as printed."""
    word = NUMBER_WORDS.get(number.lower())
    return str(word) if word else number.lstrip("0") or number


def _numbers_of(found: re.Match[str] | None) -> tuple[str, ...]:
    if found is None:
        return ()
    numbers = numbers_listed(found[found.lastindex or 0])
    return (*numbers, *map("row {}".format, numbers)) if _ROWS.search(found[0]) else numbers


def numbers_listed(listed: str) -> tuple[str, ...]:
    """The numbers of a list, its ranges expanded: "1, 3 to 5" has 1, 3, 4, 5."""
    return tuple(_expanded(listed))


def _expanded(listed: str) -> Iterator[str]:
    last = ""
    for one in _EACH.finditer(listed):
        number = counted(one["number"])
        if one["to"] and last.isdecimal() and number.isdecimal():
            ends = int(last) + 1, min(int(number), int(last) + _MOST_IN_RANGE)
            yield from map(str, range(*ends))
        yield number
        last = number
