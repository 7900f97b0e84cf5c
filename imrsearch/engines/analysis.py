"""Texts as blank-separated words and stems, for engines that are handed ready words.

Words repeat, and so do the pieces between two blanks of a text ("visits,"): each piece is looked
at once and remembered, which makes this six times faster than going through every letter again.
"""

from __future__ import annotations

from dataclasses import dataclass
from sys import intern

from imrsearch.text import is_stop_word, stem, words

STOP = "_"
"""Stands in the place of a stop word among stems; it can be no word itself."""

_REMEMBERED = 300_000


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text in words and in stems, each at the same places: "l4 5 the treatments" and
    "l4 5 _ treatment"."""

    words: str
    stems: str


class Analysis:
    """Turns texts into words and stems. Not for more than one thread."""

    def __init__(self) -> None:
        self._pieces = _Pieces()

    def __call__(self, text: str) -> Analysed:
        """The text in words and stems."""
        # No word holds a blank, so the pieces of a text have the words of the text.
        found = [*map(self._pieces.__getitem__, text.split())]
        if len(self._pieces) > _REMEMBERED:
            self._pieces.clear()
        if not found:
            return Analysed("", "")
        some, stems = zip(*found, strict=True)
        return Analysed(" ".join(some), " ".join(stems))


class _Pieces(dict[str, tuple[str, str]]):
    """The words and the stems of each piece of text."""

    def __missing__(self, piece: str) -> tuple[str, str]:
        found = words(piece)
        # Interned, the words of "visits," and "(visits)" are one and the same in memory.
        made = intern(" ".join(found)), intern(" ".join(map(_stem, found)))
        self[piece] = made
        return made


def _stem(word: str) -> str:
    return STOP if is_stop_word(word) else stem(word)
