"""The word meant by a misspelt one: one corrector, on rapidfuzz, for letters and searches.

Similarity is rapidfuzz's ``ratio``, in per cent: 100 minus the share of letters to delete or
insert, of the letters of both words. rapidfuzz is loaded when a word is first unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import ModuleType

MIN_LENGTH = 7  # shorter words have too many neighbours: "hand", "band"
_REMEMBERED = 10_000
"""Size of the cache of looked-up words, as letters repeat themselves."""


def closest(word: str, candidates: Iterable[str], alike: float, most: int = 1) -> dict[str, float]:
    """The candidates at least ``alike`` per cent similar to ``word``, the most similar first."""
    rapidfuzz = _rapidfuzz()
    found = rapidfuzz.process.extract(
        word, list(candidates), scorer=rapidfuzz.fuzz.ratio, score_cutoff=alike, limit=most
    )
    return {near: score for near, score, _ in found}


def is_nearly(word: str, other: str) -> bool:
    """Whether the words differ by one letter deleted, inserted or replaced, or two swapped.

    "rn" counts as the one letter for which text recognition takes it: "Clairns", "Overtumed".
    """
    distance = _rapidfuzz().distance.OSA.distance
    as_recognised = word.replace("rn", "m"), other.replace("rn", "m")
    pairs = {(word, other), as_recognised}  # mostly one
    return any(distance(*pair, score_cutoff=1) <= 1 for pair in pairs)


def with_like_parts(
    word: str, candidates: Mapping[str, str], alike: float, most: int
) -> tuple[str, ...]:
    """The keys of the candidates that share a part with ``word``, the most similar first.

    Similarity is rapidfuzz's ``WRatio`` here: words in another order or left out count little.
    """
    rapidfuzz = _rapidfuzz()
    found = rapidfuzz.process.extract(
        word, candidates, scorer=rapidfuzz.fuzz.WRatio, score_cutoff=alike, limit=most
    )
    return tuple(key for _, _, key in found)


class FuzzyVocabulary:
    """Finds the word meant: one letter added, missing, replaced, or two swapped."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = frozenset(vocabulary)
        self._pools: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            for length in range(len(word) - 1, len(word) + 2):
                if len(word) >= MIN_LENGTH <= length:
                    self._pools[length].append(word)
        self._near = lru_cache(maxsize=_REMEMBERED)(self._find_near)

    def correct(self, word: str) -> str | None:
        """The vocabulary's word that ``word`` stands for; ``None`` if there is none or several."""
        if word in self._words:
            return word
        return self._near(word) if len(word) in self._pools else None

    def _find_near(self, word: str) -> str | None:
        """The only word that equals ``word`` when each loses at most one letter."""
        rapidfuzz = _rapidfuzz()
        distance = rapidfuzz.distance.Indel.distance
        pool = self._pools[len(word)]
        found = rapidfuzz.process.extract(word, pool, scorer=distance, score_cutoff=2, limit=2)
        return found[0][0] if len(found) == 1 else None


@cache
def _rapidfuzz() -> ModuleType:
    import rapidfuzz  # a tenth of what --help takes, 0.006 s: most commands know all their words

    return rapidfuzz
