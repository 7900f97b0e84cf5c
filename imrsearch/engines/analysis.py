"""Texts as blank-separated words and stems, for engines that are handed ready words.

Words repeat, and so do the pieces between two blanks of a text ("visits,"): each piece is looked
at once and remembered, which makes this six times faster than going through every letter again.
"""

from __future__ import annotations

from collections.abc import Callable

from imrsearch.text import is_stop_word, stem, words

STOP = "_"
"""Stands in the place of a stop word among stems; it can be no word itself."""

_REMEMBERED = 300_000


class Analysis:
    """Turns texts into words and stems. Not for more than one thread."""

    def __init__(self) -> None:
        self._words = _Pieces(lambda piece: " ".join(words(piece)))
        self._stems = _Pieces(lambda piece: " ".join(map(_stem, words(piece))))

    def words(self, text: str) -> str:
        """The words as written: "L4-5, Treatments" -> "l4 5 treatments"."""
        return self._words.joined(text)

    def stems(self, text: str) -> str:
        """Stems at the same places: "the treatments" -> "_ treatment"."""
        return self._stems.joined(text)


class _Pieces(dict[str, str]):
    """What became of each piece of text."""

    def __init__(self, make: Callable[[str], str]) -> None:
        self._make = make

    def joined(self, text: str) -> str:
        # No word holds a blank, so the pieces of a text have the words of the text.
        found = " ".join(map(self.__getitem__, text.split()))
        if len(self) > _REMEMBERED:
            self.clear()
        return found

    def __missing__(self, piece: str) -> str:
        made = self[piece] = self._make(piece)
        return made


def _stem(word: str) -> str:
    return STOP if is_stop_word(word) else stem(word)
