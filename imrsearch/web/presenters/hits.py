"""What a search matches on a page, numbered from top to bottom, so that each leads to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

Highlight = Callable[[str, str], Markup]
"""Escapes a text and marks the query's words in it; the second argument names the text's place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of escaped text; ``hit`` is its number where it is a match, else 0."""

    text: Markup
    hit: int = 0


Marked = tuple[Piece, ...]
"""A text in pieces, some of them matches; empty where there is no text."""


class Hits:
    """Marks one text after the other; ``count`` is the number of matches so far."""

    def __init__(self, highlight: Highlight) -> None:
        self._highlight = highlight
        self.count = 0

    def mark(self, text: str, place: str) -> Marked:
        """The text with its matches numbered on from those before."""
        # The marks are the only tags there are: everything else has been escaped.
        before, *rest = self._highlight(text, place).split("<mark>")
        pieces = [Piece(before)]
        for part in rest:
            match, _, after = part.partition("</mark>")
            self.count += 1
            pieces += [Piece(match, self.count), Piece(after)]
        return tuple(piece for piece in pieces if piece.text)
