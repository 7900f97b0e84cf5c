"""The catalogue's phrases as rules, and what they find in one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from imrsearch.catalogue.reasons import MET, UNMET, criteria
from imrsearch.reasons.scope import conclusion, denials
from imrsearch.reasons.wording import PhraseSet, Sentence

SHOWN, GENERAL, FALLBACK, MET_FALLBACK = "shown", "general", "fallback", "met_fallback"
_KINDS = {UNMET: (SHOWN, UNMET, GENERAL, FALLBACK), MET: (MET, MET_FALLBACK)}

# A phrase of what is met may deny something itself: "[has|have] not .. improv*", "diagnosis .. [is
# |remains] uncertain".
_MET_DENYING = "met, by a denial"
_DENIAL = re.compile(
    r"\b(?:not|no|never|cannot|without|unable|unclear|uncertain|unknown|undetermined|insufficient"
    r"|inadequate|ineffective)\b"
)

Rule = tuple[str, str]
"""A criterion and the kind of its phrase, as in ``reasons.toml``."""


@dataclass(frozen=True, slots=True)
class Findings:
    """The criteria that a sentence names, in its order; ``fallback`` only for want of better."""

    certain: tuple[str, ...]
    fallback: tuple[str, ...]


@lru_cache(maxsize=4096)
def find(sentence: Sentence, status: str, ruled_out: frozenset[str] = frozenset()) -> Findings:
    """What a sentence says for reasons of this status; criteria ruled out displace none either."""
    found = [rule for rule in _matching(sentence, status) if rule[0] not in ruled_out]
    specific = [name for name, kind in found if kind not in (GENERAL, FALLBACK, MET_FALLBACK)]
    certain = specific or _first_general(found)
    displaced = {less for name in certain for less in criteria()[name].over}
    return Findings(
        tuple(dict.fromkeys(name for name in certain if name not in displaced)),
        tuple(dict.fromkeys(name for name, kind in found if kind in (FALLBACK, MET_FALLBACK))),
    )


def _first_general(found: list[Rule]) -> list[str]:
    """Of phrases that count only where nothing specific is said, the first in the catalogue."""
    general = [name for name in criteria() if (name, GENERAL) in found]
    return general[:1]


def _matching(sentence: Sentence, status: str) -> list[Rule]:
    """The rules whose phrases stand in the sentence as they have to, by their places."""
    found = _rules(status).find(sentence)
    if not found:
        return []
    denied, end = denials(sentence), conclusion(sentence)
    holding = [
        (span, rule)
        for span, rule in found
        if span[0] < end and _phrase_holds(rule[1], denied.cover(*span), sentence.low[slice(*span)])
    ]
    return [rule for _, rule in sorted(holding)]


def _phrase_holds(kind: str, denied: bool, words: str) -> bool:
    """What has to be shown is unmet where denied; what is met is not denied; else all the same.

    A denial that belongs to the phrase makes it met: "has not improved with exercises at home".
    """
    if kind in (SHOWN, GENERAL):
        return denied
    denies = _DENIAL.search(words) is not None
    if kind == _MET_DENYING:
        return denies or not denied
    return kind not in (MET, MET_FALLBACK) or not (denied or denies)


@cache
def _rules(status: str) -> PhraseSet[Rule]:
    return PhraseSet(
        (line, (criterion.name, _MET_DENYING if kind == MET and _DENIAL.search(line) else kind))
        for criterion in criteria().values()
        for kind in _KINDS[status]
        for line in criterion.phrases[kind]
    )
