"""Texts as space-separated words and stems, ready for an engine that splits at blanks, and the
words of each stem, for an engine that keeps words alone.

The pieces between two blanks of a text ("visits,") repeat, so their words are remembered: six times
faster than matching every character again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import NamedTuple

import msgspec
import numpy as np

from imrsearch.text.words import is_stop_word, stem, words

STOP = "_"
"""Takes the place of a stop word among stems; it cannot be a word itself."""


class Analysed(NamedTuple):
    """A text as words and as stems at the same positions: "l4 5 the treatments" and
    "l4 5 _ treatment"."""

    words: str
    stems: str


class Analysis:
    """Turns texts into words and stems. Not for more than one thread.

    ``most``: so many pieces are remembered at a time.
    """

    def __init__(self, most: int = 300_000) -> None:
        self._most = most
        self._words = _WordsOfPieces()
        self._stems = _StemsOfPieces()

    def __call__(self, text: str) -> Analysed:
        """The text as words and stems."""
        return self.joined(self.pieces(text))

    def pieces(self, text: str) -> list[str]:
        """The words of each piece of a text, joined by blanks; ``""`` for one without any."""
        if len(self._words) > self._most:
            self._words.clear()
            self._stems.clear()
        # No word contains a blank, so the words of the pieces are the words of the text.
        return [*map(self._words.__getitem__, text.split())]

    def joined(self, pieces: Sequence[str]) -> Analysed:
        """The words and stems of a text of which these are the pieces."""
        return Analysed(" ".join(pieces), " ".join(map(self._stems.__getitem__, pieces)))


class _WordsOfPieces(dict[str, str]):
    """The words of each piece of text: "(4-5)," has "4 5"."""

    def __missing__(self, piece: str) -> str:
        # Interned, the words of "visits," and "(visits)" share memory.
        found = self[piece] = intern(" ".join(words(piece)))
        return found


class _StemsOfPieces(dict[str, str]):
    """The stems of the words of each piece."""

    def __missing__(self, found: str) -> str:
        stems = self[found] = intern(
            " ".join(STOP if is_stop_word(word) else stem(word) for word in found.split())
        )
        return stems


def write_stem_words(file: Path, words: Iterable[str]) -> None:
    """Write the words of each stem, unless the stem is its only word."""
    by_stem = defaultdict(list)
    for word in sorted(words):
        if not is_stop_word(word):
            by_stem[stem(word)].append(word)
    told = {one: some for one, some in by_stem.items() if some != [one]}
    file.write_bytes(msgspec.json.encode(told))


class StemWords:
    """The words of each stem, read on first use."""

    def __init__(self, file: Path) -> None:
        # Mapped: the build may have been removed by the time it is read.
        self._json = np.memmap(file, np.uint8, "r")

    @cached_property
    def _told(self) -> dict[str, list[str]]:
        return msgspec.json.decode(self._json.data, type=dict[str, list[str]])

    def __call__(self, one: str) -> Sequence[str]:
        """All words that have the stem; some may not occur, or no longer."""
        is_word = stem(one) == one and not is_stop_word(one)
        return self._told.get(one, (one,) if is_word else ())
