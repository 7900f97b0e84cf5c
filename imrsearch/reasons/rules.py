"""The catalogue's phrases (``reasons.toml``) as rules, and what they find in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from imrsearch.catalogue.reasons import MET, UNMET, criteria, word_tables
from imrsearch.reasons.classifier import kept_spoken_of, spoken_of
from imrsearch.reasons.scope import conclusion, denials
from imrsearch.reasons.wording import FoundPhrase, PhraseSet, Sentence
from imrsearch.text.words import Stretch

# A phrase of what is met may deny something itself: "[has|have] not .. improv*", "diagnosis .. [is
# |remains] uncertain". It is of a kind of its own.
_MET_DENYING = "met, by a denial"
_DENYING = re.compile(
    r"\b(?:not|no|never|cannot|without|unable|unclear|uncertain|unknown|undetermined|insufficient"
    r"|inadequate|ineffective)\b"
)
SHOWN, GENERAL, FALLBACK, MET_FALLBACK = "shown", "general", "fallback", "met_fallback"
_CLEARLY_SPOKEN = 0.5
"""From this value on, a sentence clearly speaks of a criterion (``spoken_of``) …"""
_SHARE_OF_MOST = 0.4
"""… and hardly of one with less than this share of the value."""
_BETWEEN_PARTS = re.compile(r"[,;:(]|\b(?:and|but|or|nor|as|since|because|while)\b")
_KINDS_OF_STATUS = {
    UNMET: (SHOWN, UNMET, GENERAL, FALLBACK),
    MET: (MET, _MET_DENYING, MET_FALLBACK),
}


def sentence_of(low: str) -> Sentence:
    """A lowered sentence to be asked for phrases, by the kind of a criterion's phrase (``shown``,
    ``unmet`` …) or by the table of common words (``denies`` …)."""
    return Sentence(low, _phrase_set())


kept_sentence = lru_cache(maxsize=4096)(sentence_of)
"""``sentence_of``, cached for the sentences of letters, which recur, with what is found in them."""


@cache
def _phrase_set() -> PhraseSet:
    known: list[tuple[str, str, str]] = []
    for criterion in criteria().values():
        for kind, lines in criterion.phrases.items():
            for line in lines:
                denies = kind == MET and _DENYING.search(line)
                known.append((_MET_DENYING if denies else kind, criterion.name, line))
    for table, lines in word_tables().items():
        known += ((table, table, line) for line in lines)
    return PhraseSet(known)


@dataclass(frozen=True, slots=True)
class Findings:
    """The criteria that a sentence names, in its order; ``fallback`` only for want of better."""

    certain: tuple[str, ...]
    fallback: tuple[str, ...]


@lru_cache(maxsize=4096)
def find_reasons(
    sentence: Sentence, status: str, ruled_out: frozenset[str] = frozenset()
) -> Findings:
    """What a sentence says for reasons of this status; criteria ruled out displace none either."""
    found = [phrase for phrase in _matching(sentence, status) if phrase.name not in ruled_out]
    specific = [one.name for one in found if one.kind not in (GENERAL, FALLBACK, MET_FALLBACK)]
    # Of phrases that count only where nothing specific is said, the first in the catalogue.
    general = {one.name for one in found if one.kind == GENERAL}
    certain = specific or [name for name in criteria() if name in general][:1]
    displaced = {less for name in certain for less in criteria()[name].over}
    return Findings(
        tuple(dict.fromkeys(name for name in certain if name not in displaced)),
        tuple(dict.fromkeys(one.name for one in found if one.kind in (FALLBACK, MET_FALLBACK))),
    )


@lru_cache(maxsize=4096)
def decisive_reasons(
    sentence: Sentence, status: str, ruled_out: frozenset[str] = frozenset()
) -> Findings:
    """As ``find_reasons``, without what a denial names in passing, where the sentence speaks
    of something else: "How long relief lasts after the opioid is not told" asks for no condition.

    Approvals join what was shown in one sentence: there it would strike as many right as wrong.
    """
    found = find_reasons(sentence, status, ruled_out)
    if status == MET or not found.certain:
        return found
    topics = kept_spoken_of(sentence).topics
    least = least_spoken_of(topics, ruled_out, _CLEARLY_SPOKEN)
    doubtful = {name for name in found.certain if topics.get(name, least) < least}
    for phrase in _matching(sentence, status) if doubtful else ():
        part = sentence_of(_part_around(sentence.low, phrase.span))
        if phrase.name in doubtful and spoken_of(part).topics.get(phrase.name, 0.0) >= least:
            doubtful.remove(phrase.name)
    return find_reasons(sentence, status, ruled_out | doubtful) if doubtful else found


def least_spoken_of(
    topics: Mapping[str, float], ruled_out: frozenset[str], clearly: float
) -> float:
    """How far a sentence has to speak of what it names, if it ``clearly`` speaks of anything."""
    most = max((value for name, value in topics.items() if name not in ruled_out), default=0.0)
    return _SHARE_OF_MOST * most if most >= clearly else 0.0


def _part_around(low: str, span: Stretch) -> str:
    """The part of a sentence with a phrase: of "it is now past 72 hours and there are no red flags"
    that before "and", if the phrase stands there."""
    start = max((one.end() for one in _BETWEEN_PARTS.finditer(low, 0, span[0])), default=0)
    end = _BETWEEN_PARTS.search(low, span[1])
    return low[start : end.start() if end else len(low)]


def _matching(sentence: Sentence, status: str) -> list[FoundPhrase]:
    """The phrases of criteria that stand in the sentence as they have to, by their places."""
    found = sentence.find(*_KINDS_OF_STATUS[status])
    if not found:
        return []
    denied, (start, end) = denials(sentence), conclusion(sentence)
    return sorted(
        one
        for one in found
        if not start <= one.span[0] < end
        and _phrase_holds(one.kind, denied.cover(*one.span), sentence.low[slice(*one.span)])
    )


def _phrase_holds(kind: str, denied: bool, words: str) -> bool:
    """Whether a phrase counts: one of what has to be shown where it is denied, one of what is met
    where it is not, any other either way.

    A denial that belongs to the phrase makes it met: "has not improved with exercises at home".
    """
    if kind in (SHOWN, GENERAL):
        return denied
    denies = _DENYING.search(words) is not None
    if kind == _MET_DENYING:
        return denies or not denied
    return kind not in (MET, MET_FALLBACK) or not (denied or denies)
