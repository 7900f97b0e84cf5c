"""The phrases of ``reasons.toml``, as one set that every sentence is asked for."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from imrsearch.catalogue.reasons import MET, criteria, word_tables
from imrsearch.reasons.wording import PhraseSet, Sentence

# A phrase of what is met may deny something itself: "[has|have] not .. improv*", "diagnosis .. [is
# |remains] uncertain". It is of a kind of its own.
MET_DENYING = "met, by a denial"
DENIAL = re.compile(
    r"\b(?:not|no|never|cannot|without|unable|unclear|uncertain|unknown|undetermined|insufficient"
    r"|inadequate|ineffective)\b"
)


def sentence(low: str) -> Sentence:
    """A lowered sentence to be asked for phrases, by the kind of a criterion's phrase (``shown``,
    ``unmet`` …) or by the table of common words (``denies`` …)."""
    return Sentence(low, _phrase_set())


kept_sentence = lru_cache(maxsize=4096)(sentence)
"""The same, kept for sentences of letters, which recur: what is found in one is kept with it."""


@cache
def _phrase_set() -> PhraseSet:
    known: list[tuple[str, str, str]] = []
    for criterion in criteria().values():
        for kind, lines in criterion.phrases.items():
            for line in lines:
                denies = kind == MET and DENIAL.search(line)
                known.append((MET_DENYING if denies else kind, criterion.name, line))
    for table, lines in word_tables().items():
        known += ((table, table, line) for line in lines)
    return PhraseSet(known)
