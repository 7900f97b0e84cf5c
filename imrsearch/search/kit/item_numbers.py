"""The items of a list that a label or sentence refers to: "Rationale for items 2 and 3",
"As to (1)", "Lines 2 to 4 fall with the surgery", "Service two"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imrsearch.text.numbers import NUMBER_WORDS, ONES

ITEM_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(ONES)}|ten)"
"""A pattern for the number of an item."""
_NOUN = (
    r"(?:items?|lines?|rows?|requests?|services?|treatments?|procedures?|medications?|drugs?|tx|rx"
    r"|issues?|questions?|determinations?|decisions?|basis|reasons?|rationale|grounds?|numbers?"
    r"|nos?\.)"
)
_ONE = rf"(?:\((?:{ITEM_NUMBER}|[a-h])\)|\(?#?\s?(?:{ITEM_NUMBER}|(?-i:[A-H]))\b\)?)"
_TO = r"\s(?:to|through|thru)\s|(?<=\d)[-–](?=\d)"
_JOINT = rf"(?:{_TO}|\s?[,;&]\s?(?:(?:and|or|&)\s)?|\s(?:and|or)\s)"
_LIST = rf"{_ONE}(?:{_JOINT}(?:{_NOUN}\s)?{_ONE}){{0,20}}"
_NAMED = rf"\b{_NOUN}\s*(?:#|nos?\b\.?|numbers?)?\s*(?P<named>{_LIST})"
_REFERRED = re.compile(rf"{_NAMED}|(?P<signed>(?=[(#]){_LIST})", re.IGNORECASE)
# "A and B", "1, 2 and 4"
_LABEL_OF_ITEMS = re.compile(
    rf"\s*(?:(?:why(?: not)?|about|on|for|as to) )?(?P<named>{_LIST})\s*", re.IGNORECASE
)
_TOLD = re.compile(_NAMED, re.IGNORECASE)
_ABOUT = (
    r"\s*(?:(?:as (?:to|for)|regarding|concerning|with (?:regard|respect) to|in regards? to|re"
    r"|for|on|(?:decision|determination|outcome|reasons?|rationale)(?: (?:for|on))?) )?(?:the )?"
)
# "With regard to item 2, …", "DECISION ITEM 02 …", "Lines 2 to 4: …"; not "Services 4 hours a day"
_BEGUN = re.compile(
    rf"{_ABOUT}(?:(?P<signed>(?<=\s)(?=[(#]){_LIST})|(?=items?|lines?|rows?|requests?|services?|nos?)"
    rf"{_NAMED})(?!\s?(?:x\b|times?|hours?|days?|visits?|weeks?|months?|sessions?|per\b|mg\b|of\s\d))",
    re.IGNORECASE,
)
# "B, C and D are not certified since …", "1 and 3 were approved", "As to B and C, …"
_BARE_LIST = (
    rf"(?P<named>(?:\([a-h1-9]\)|(?-i:[A-H])\b|#\d{{1,2}}\b|\d{{1,2}}(?={_JOINT}))"
    rf"(?:{_JOINT}(?:\([a-h1-9]\)|(?-i:[A-H])\b|#?\d{{1,2}}\b)){{0,20}})"
)
_BARE_LIST_OF_ANY = rf"(?P<named>\d{{1,2}}(?:{_JOINT}\d{{1,2}}){{0,20}})"
_DOES = (
    r"(?:is|are|was|were|has|have|falls?|fell|stands?|depends?|go|goes|went|follows?|cannot|should"
    r"|would|both|all)"
)
_BARE_ITEMS = re.compile(
    rf"\s*{_BARE_LIST}\s(?={_DOES}\b)"
    rf"|\s*(?:as (?:to|for)|regarding|concerning) {_BARE_LIST.replace('named', 'about')}(?=[,:])"
    # "They denied #1 because …"
    r"|\s*(?:they|we|it|UR|he|she) (?:denied|modified|approved|certified) (?=#)"
    rf"{_BARE_LIST.replace('named', 'signed')}"
    # "We can pay for 1 and 4", "We do not certify 2"
    r"|\s*(?:they|we|I|UR) (?:(?:can(?:not)?|will|do|could|not|only) ){0,3}"
    r"(?:pay for|cover|deny|denied|approved?|certif(?:y|ied)|authorized?|modif(?:y|ied)) "
    rf"{_BARE_LIST_OF_ANY.replace('named', 'paid')}(?=[.,;:]|\s*\Z| (?:because|since|as|but)\b)",
    re.IGNORECASE,
)
# "(2),(3) As the surgery is denied, …"
_HEADING = re.compile(
    rf"\s*(?P<named>\([a-h1-9]\)(?:{_JOINT}\([a-h1-9]\)){{1,20}})[:.]?\s(?=\w)", re.IGNORECASE
)
_EACH = re.compile(rf"(?P<to>{_TO})?\(?#?\s?\b(?P<number>{ITEM_NUMBER}|[a-h])\b", re.IGNORECASE)
# Rows without a number of their own are counted: "row 2".
_ROWS = re.compile(r"\b(?:rows?|lines?|items?)\b", re.IGNORECASE)
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
    told = found.groupdict()
    listed = told.get("named") or told.get("signed") or told.get("about") or told.get("paid") or ""
    numbers = numbers_listed(listed)
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
