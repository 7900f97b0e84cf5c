"""In what manner a pasted text speaks of a treatment: denied, certified, withdrawn, asked for,
history, why, quoted from a guideline, or aside: in a list of records, or in what every letter
tells.

The manner of a field's label (``labels``) holds for its text; a sentence may have its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from imrsearch.catalogue.patterns import patterns
from imrsearch.reasons.wording import with_apostrophes
from imrsearch.search.pasted.wording.services import asks_in_words, names_treatment

_PATTERNS = patterns("manners")

DENIED, CERTIFIED, WITHDRAWN, ASKED = "denied", "certified", "withdrawn", "asked"
DEFERRED = "deferred"
FIELD, HISTORY, WHY, QUOTED = "field", "history", "why", "quoted"
RECORDS, NOTICE = "records", "notice"
NONE = ""
DECISIONS = (DENIED, CERTIFIED, WITHDRAWN, DEFERRED)
ASIDE = (RECORDS, NOTICE)
"""What is named here is neither asked for, nor a reason, nor the patient's history."""
_DENIED = _PATTERNS["denied"]
_NONE_DECIDED = _PATTERNS["none_decided"]
_CONDITIONAL_CLAUSE = _PATTERNS["conditional_clause"]
_WITHDRAWN = _PATTERNS["withdrawn"]
_DEFERRED = _PATTERNS["deferred"]
_POINTS_ON = _PATTERNS["points_on"]
_OF_WHOLE = _PATTERNS["of_whole"]
_OF_REST = _PATTERNS["of_rest"]
_OF_ALL = _PATTERNS["of_all"]
_BEGINS_WITH_ALL = re.compile(r"\W*(?:all|none|neither|both|each|any)\b", re.IGNORECASE)
_CERTIFIED = _PATTERNS["certified"]
_ASKED = _PATTERNS["asked"]
_EDGE_DENIED = _PATTERNS["edge_denied"]
_EDGE_CERTIFIED = _PATTERNS["edge_certified"]


# "6 visits" of "… 2x6 - 6 visits approved": how much is decided on, not what was asked for
_SHARE = re.compile(r"\s?(?:[-–—:;]|, ?)\s?(?:only )?#?\d{1,3}(?: [a-z]+)?\W*\Z", re.IGNORECASE)
_HAS_AMOUNT = _PATTERNS["has_amount"]
# "The H-wave unit was" of "… was denied"
_OPEN_END = re.compile(r"(?:\s(?:was|were|is|are|has|have|been|be|to|not))+\W*\Z", re.IGNORECASE)


@lru_cache(maxsize=256)
def manner_of(text: str) -> str:
    """What a label or a sentence says of the treatments in it."""
    text = with_apostrophes(_decisive(text))
    if _WITHDRAWN.search(text):
        return WITHDRAWN
    if _DENIED.search(text) or _EDGE_DENIED.search(text):
        return DENIED
    if _CERTIFIED.search(text) or _EDGE_CERTIFIED.search(text):
        return CERTIFIED
    if _DEFERRED.search(text):
        return DEFERRED
    return ASKED if _ASKED.search(text) or asks_in_words(text) else NONE


def _decisive(text: str) -> str:
    """The text, with blanks in place of words of a decision that decide nothing here."""
    for pattern in (_CONDITIONAL_CLAUSE, _NONE_DECIDED):
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def without_condition(sentence: str) -> str:
    """The sentence without the condition that it begins with, if it has one."""
    return _CONDITIONAL_CLAUSE.sub("", sentence)


def undecided_part(sentence: str) -> str:
    """The sentence up to its decision: "Acupuncture 6 more" of "… : approved in part, 3 visits";
    all of it where it decides on something else as well: "…, and would not authorize the cane"."""
    decided = list(decisions_told(sentence))
    start = decided[0][0] if decided else 0
    if not start or (len(decided) > 1 and names_treatment(sentence[decided[-1][1] :])):
        return sentence
    told = _OPEN_END.sub("", sentence[:start])
    whole = _SHARE.sub("", told)
    return whole if _HAS_AMOUNT.search(whole) else told


def points_on(sentence: str) -> bool:
    """Whether a sentence speaks of what comes next: "The following were not approved"."""
    return _POINTS_ON.search(sentence) is not None


def is_of_whole(sentence: str) -> bool:
    """Whether a sentence speaks of all that was asked for: "All you asked for is approved"."""
    return _OF_WHOLE.search(sentence) is not None


def is_of_rest(sentence: str) -> bool:
    """Whether a decision is on all requests that are not yet decided: "and denied the rest"."""
    return _OF_REST.search(sentence) is not None


def is_of_all(sentence: str) -> bool:
    """Whether a decision is on all requests before it: "Both are approved"."""
    return _OF_ALL.search(sentence) is not None


def begins_with_all(sentence: str) -> bool:
    """Whether what a decision is on stands first, and is all: what comes next speaks of all, too,
    as in "None of the three is certified. They are …"."""
    return _BEGINS_WITH_ALL.match(sentence) is not None


def decisions_told(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text decides, and what: one of ``DECISIONS``, in its order."""
    if manner_of(text) not in DECISIONS:  # kept, while each pattern takes a pass over the text
        return
    text = _decisive(text)
    denied = [found.span() for found in _DENIED.finditer(text)]
    others = [
        (*found.span(), manner)
        for manner, pattern in ((WITHDRAWN, _WITHDRAWN), (DEFERRED, _DEFERRED))
        for found in pattern.finditer(text)
    ]
    certified = (found.span() for found in _CERTIFIED.finditer(text))
    granted = [
        (start, end)
        for start, end in certified
        if not any(start < other_end and other < end for other, other_end in denied)
    ]
    decided = [(*at, DENIED) for at in denied] + [(*at, CERTIFIED) for at in granted]
    yield from sorted(decided + others)
