"""Corrects words with one wrong letter against a given vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

MIN_LENGTH = 7
"""Shorter words have too many neighbours: "hand", "band"."""


class FuzzyVocabulary:
    """Finds the word meant: one letter added, missing or replaced, or two swapped.

    Two words are near if they become equal by leaving out at most one letter of each. The forms
    of the vocabulary are indexed; those of a word are looked up.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._words = frozenset(vocabulary)
        self._longest = max(map(len, self._words), default=0)
        self._near: dict[str, str | None] = {}
        for word in sorted(self._words):
            for form in _forms(word):
                # A form shared by two words identifies neither.
                self._near[form] = word if self._near.get(form, word) == word else None

    def correct(self, word: str) -> str | None:
        """The vocabulary's word that ``word`` stands for; ``None`` if there is none or several."""
        if word in self._words:
            return word
        if len(word) > self._longest + 1:
            return None
        found = {near for form in _forms(word) if (near := self._near.get(form))}
        return found.pop() if len(found) == 1 else None


def _forms(word: str) -> Iterator[str]:
    """The word, and the word without each one of its letters; nothing for a short word."""
    if len(word) >= MIN_LENGTH:
        yield word
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]
