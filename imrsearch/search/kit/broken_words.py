"""Words that a scanner broke in two: "epi dural", "DEN IED", "Cyclo benzaprine"."""

from __future__ import annotations

import re
from functools import cache

from imrsearch.system.package_data import load_toml
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import is_stop_word

_SOURCES = ("treatments.toml", "drugs.toml", "reasons.toml", "denials.toml")
_SHORTEST = 6
_WORD = re.compile(r"[a-z]+")
# Two words on one line; the second begins small where the first does not shout.
_PAIR = re.compile(r"(?<![\w-])(?P<first>[A-Za-z]{2,}) (?=(?P<second>[A-Za-z]{2,})(?![\w-]))")
# Words of forms and letters: decisions, labels, units.
_OF_FORMS = frozenset(
    (
        *("denied", "certified", "authorized", "modified", "requested", "approved", "upheld"),
        *("reconsideration", "utilization", "review", "decision", "determination", "rationale"),
        *("reason", "guideline", "guidelines", "provider", "claimant", "patient", "request"),
        *("service", "treatment", "visits", "sessions", "tablets", "capsules", "weeks", "months"),
        *("units", "purchase", "rental", "objective", "functional", "improvement", "documented"),
        *("recorded", *NUMBER_WORDS),
    )
)


def join_broken_words(text: str) -> str:
    """The text with known words whole again; a blank stays between words that stand alone."""
    return _PAIR.sub(_joined, text)


def _joined(pair: re.Match[str]) -> str:
    first, second = pair["first"].lower(), pair["second"].lower()
    known = _known_words()
    is_broken = first + second in known and not (first in known and second in known)
    # "in form" is no "inform", but "vis its" is nothing else than "visits".
    has_stop_word = is_stop_word(first) or is_stop_word(second)
    if not is_broken or (has_stop_word and first + second not in _OF_FORMS):
        return pair[0]
    return pair["first"]


@cache
def _known_words() -> frozenset[str]:
    """Words of the catalogue; the parts of what it writes in two are words as well."""
    told = (word for name in _SOURCES for word in _WORD.findall(str(load_toml(name)).lower()))
    return frozenset(word for word in told if len(word) >= _SHORTEST) | _OF_FORMS
