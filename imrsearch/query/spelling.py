"""Spelling correction: the words meant by words that occur nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from imrsearch.query.lexer import Token
from imrsearch.query.notes import Note
from imrsearch.text.fuzzy import closest
from imrsearch.text.words import is_stop_word, words

Correct = Callable[[str], str | None]
"""Returns the word meant by one that occurs nowhere; ``None`` if it occurs, or nothing is
similar."""

SHORTEST = 5
"""Shorter words have too many neighbours: hand, band, bend."""
MOST_TRIED = 5
"""Most unknown words of one search that are looked up: each is compared with many."""
_MIN_LIKENESS = 80.0  # of a hundred
_CORRECTIONS_KEPT = 1_000
"""Size of the cache of looked-up words: each alternative of a search looks up the same ones."""


class SpellingCorrector:
    """The words of an index with how often they occur, by first letter."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in counts:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_letter[word[0]].append(word)
        self._nearest = lru_cache(maxsize=_CORRECTIONS_KEPT)(self._find_nearest)

    def correct(self, word: str) -> str | None:
        """The word most similar to ``word``; of equals, the more frequent, then the first in
        alphabetical order; ``None`` if there is none.

        The first letter is assumed to be right: people rarely mistype it.
        """
        if len(word) < SHORTEST or not word.isalpha() or word in self._counts:
            return None
        return self._nearest(word)

    def _find_nearest(self, word: str) -> str | None:
        near = [one for one in self._by_letter[word[0]] if abs(len(one) - len(word)) <= 2]
        close = closest(word, near, _MIN_LIKENESS, most=5)
        return min(
            close, key=lambda one: (-round(close[one]), -self._counts[one], one), default=None
        )


def corrected(tokens: Sequence[Token], correct: Correct | None, notes: list[Note]) -> list[Token]:
    """The tokens, with plain words that occur nowhere replaced by those that were meant."""
    if correct is None:
        return list(tokens)
    tries = iter(range(MOST_TRIED))
    return [_corrected(token, correct, tries, notes) for token in tokens]


def _corrected(token: Token, correct: Correct, tries: Iterable[int], notes: list[Note]) -> Token:
    parts = words(token.text)
    if token.kind != "word" or token.field or "*" in token.text or len(parts) != 1:
        return token
    word = parts[0]
    if len(word) < SHORTEST or is_stop_word(word) or next(iter(tries), None) is None:
        return token
    meant = correct(word)
    if meant is None:
        return token
    notes.append(
        Note("spelling", f"“{word}” hardly ever occurs in the letters; “{meant}” was searched for.")
    )
    return replace(token, text=meant)
