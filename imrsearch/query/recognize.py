"""Recognizes words of a search that mean more: a citation, a decision, a treatment.

Recognizers look at runs of plain words, as typed, and return the meaning of spans. Words beside
``OR`` or a connector are taken one at a time, so that they are not separated from their operator; a
citation, whose words mean nothing separately, is taken as a whole: ``MTUS 58 OR ACOEM p. 301``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from imrsearch.query.compose import BETWEEN_WORDS
from imrsearch.query.lexer import Token
from imrsearch.query.notes import Note
from imrsearch.query.tree import Or, Query

# A token without the punctuation around it: "(MRI)," is MRI.
_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of ``text[start:end]`` in a run of words, with its note.

    ``query`` must match (``None``: nothing must); what matches ``wish`` comes first. ``is_unit``:
    its words mean nothing separately, so that an operator beside them applies to all of it. An
    empty span only adds its note: the words stay words.
    """

    start: int
    end: int
    query: Query | None
    note: Note | None = None
    wish: Query | None = None
    is_unit: bool = False


Recogniser = Callable[[str], Iterable[Meaning]]
"""Finds meanings in a run of words."""


def recognise(
    tokens: Sequence[Token], recognisers: Sequence[Recogniser], notes: list[Note]
) -> list[Token]:
    """The tokens, with recognized ones replaced by their meaning; adds to ``notes``.

    Earlier recognizers take precedence.
    """
    kept: list[Token] = []
    for free, run in _runs(tokens):
        kept += _Run(run, *free).recognised(recognisers, notes) if free else run
    return kept


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[tuple[bool, bool] | None, list[Token]]]:
    """Runs of plain words, each with whether its first and its last word are free of operators."""
    depth = 0
    plain = []
    at_distance = {  # a distance applies to words only
        place
        for near, token in enumerate(tokens)
        if token.kind == "near"
        for place in (near - 1, near + 1)
    }
    for place, token in enumerate(tokens):
        # A group that belongs to a field, or lies inside of one that does.
        opens = token.kind == "open" and (bool(token.field) or depth > 0)
        depth += opens - (token.kind == "close" and depth > 0)
        is_free = not (token.field or "*" in token.text or depth or place in at_distance)
        plain.append(token.kind == "word" and is_free)
    at = 0
    for is_plain, group in groupby(plain):
        end = at + len(list(group))
        before = tokens[at - 1].kind if at else None
        after = tokens[end].kind if end < len(tokens) else None
        free = (before not in ("or", "not"), after != "or")
        yield (free if is_plain else None), list(tokens[at:end])
        at = end


class _Run:
    """A run of plain words as one text; knows where each word and each piece of it stands."""

    def __init__(self, tokens: list[Token], first_free: bool, last_free: bool) -> None:
        self._tokens = tokens
        self._free = (first_free, last_free)
        self.text = " ".join(token.text for token in tokens)
        self._spans: list[tuple[int, int]] = []
        start = 0
        for token in tokens:
            core = _CORE.search(token.text)
            first, last = core.span() if core else (0, 0)
            self._spans.append((start + first, start + last))
            start += len(token.text) + 1

    def recognised(self, recognisers: Sequence[Recogniser], notes: list[Note]) -> list[Token]:
        """The run's tokens with what is recognised in their place."""
        taken: dict[int, tuple[int, Token]] = {}
        for recogniser in recognisers:
            meanings = list(recogniser(self.text))
            for meaning in meanings:
                self._take(meaning, taken, notes)
            self._take_pieces(meanings, taken, notes)
        return list(self._replaced(taken))

    def _take(
        self, meaning: Meaning, taken: dict[int, tuple[int, Token]], notes: list[Note]
    ) -> None:
        if meaning.start == meaning.end and meaning.note:
            notes.append(meaning.note)
        place = self._place(meaning.start, meaning.end)
        if place is None or not self._is_free(*place, taken, meaning):
            return
        first, last = place
        text = self.text[meaning.start : meaning.end]
        taken[first] = (last, Token("meant", text, meaning=meaning.query, wish=meaning.wish))
        notes += [meaning.note] if meaning.note else []

    def _place(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last token of a stretch that begins and ends with whole tokens."""
        starts = [place for place, span in enumerate(self._spans) if span[0] == start]
        ends = [place for place, span in enumerate(self._spans) if span[1] == end]
        return (starts[0], ends[0]) if starts and ends else None

    def _is_free(
        self,
        first: int,
        last: int,
        taken: dict[int, tuple[int, Token]],
        meaning: Meaning | None = None,
    ) -> bool:
        """Whether neither another meaning nor an operator beside them has a claim on the tokens.

        An operator applies to a unit, or to one word that must match, as a whole; it would tear
        any other stretch apart."""
        if any(first <= end and start <= last for start, (end, _) in taken.items()):
            return False
        bound_first = first == 0 and not self._free[0]
        bound_last = last == len(self._tokens) - 1 and not self._free[1]
        if meaning is not None and meaning.is_unit:
            return True
        is_operand = first == last and (meaning is None or meaning.query is not None)
        return is_operand or not (bound_first or bound_last)

    def _take_pieces(
        self, meanings: list[Meaning], taken: dict[int, tuple[int, Token]], notes: list[Note]
    ) -> None:
        """``PT/OT``: a word whose pieces each mean something by themselves means any of them."""
        by_span = {(meaning.start, meaning.end): meaning for meaning in meanings}
        for place, (start, end) in enumerate(self._spans):
            spans = list(_query_pieces(self.text, start, end))
            pieces = [by_span[span] for span in spans if span in by_span]
            if 1 < len(pieces) == len(spans) and self._is_free(place, place, taken):
                either = Or(tuple(piece.query for piece in pieces if piece.query))
                taken[place] = (place, Token("meant", self.text[start:end], meaning=either))
                notes += [piece.note for piece in pieces if piece.note]

    def _replaced(self, taken: dict[int, tuple[int, Token]]) -> Iterator[Token]:
        at = 0
        while at < len(self._tokens):
            last, token = taken.get(at, (at, self._tokens[at]))
            yield token
            at = last + 1


def _query_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in BETWEEN_WORDS.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end
