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
    for free, tokens_of_run in _runs(tokens):
        if free:
            run = _Run(tokens_of_run, *free, notes)
            for recogniser in recognisers:
                run.take(list(recogniser(run.text)))
            kept += run.tokens()
        else:
            kept += tokens_of_run
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
    """A run of plain words as one text; takes meanings for its words as long as they are free."""

    def __init__(
        self, tokens: list[Token], first_free: bool, last_free: bool, notes: list[Note]
    ) -> None:
        self.text = " ".join(token.text for token in tokens)
        self._tokens = tokens
        self._first_free, self._last_free = first_free, last_free
        self._notes = notes
        self._taken: dict[int, tuple[int, Token]] = {}
        """By its first token, the last token of a stretch with what it means."""
        self._spans: list[tuple[int, int]] = []
        start = 0
        for token in tokens:
            core = _CORE.search(token.text)
            first, last = core.span() if core else (0, 0)
            self._spans.append((start + first, start + last))
            start += len(token.text) + 1

    def take(self, meanings: Sequence[Meaning]) -> None:
        """Let the meanings that one recogniser found stand for their words, if these are free.

        A meaning must begin and end with whole tokens. ``PT/OT``: a word whose pieces each mean
        something by themselves means any of them.
        """
        starts = {start: place for place, (start, _) in enumerate(self._spans)}
        ends = {end: place for place, (_, end) in enumerate(self._spans)}
        for meaning in meanings:
            if meaning.start == meaning.end and meaning.note:
                self._notes.append(meaning.note)
            first, last = starts.get(meaning.start), ends.get(meaning.end)
            if first is not None and last is not None and not self._is_torn(first, last, meaning):
                self._put(first, last, meaning)
        by_span = {(meaning.start, meaning.end): meaning for meaning in meanings}
        for place, span in enumerate(self._spans):
            pieces = [by_span.get(piece) for piece in _query_pieces(self.text, *span)]
            known = [piece for piece in pieces if piece]
            if 1 < len(known) == len(pieces):
                either = Or(tuple(piece.query for piece in known if piece.query))
                if self._put(place, place, Meaning(*span, either)):
                    self._notes += [piece.note for piece in known if piece.note]

    def _is_torn(self, first: int, last: int, meaning: Meaning) -> bool:
        """Whether an operator beside the tokens has a claim on one of them.

        An operator applies to a unit, or to one word that must match, as a whole; it would tear
        any other stretch apart."""
        if meaning.is_unit or (first == last and meaning.query is not None):
            return False
        bound_first = first == 0 and not self._first_free
        return bound_first or (last == len(self._tokens) - 1 and not self._last_free)

    def _put(self, first: int, last: int, meaning: Meaning) -> bool:
        """Let a meaning stand for the tokens, with its note, unless another one has any of them."""
        if any(first <= end and start <= last for start, (end, _) in self._taken.items()):
            return False
        said = self.text[meaning.start : meaning.end]
        self._taken[first] = (last, Token("meant", said, meaning=meaning.query, wish=meaning.wish))
        self._notes += [meaning.note] if meaning.note else []
        return True

    def tokens(self) -> Iterator[Token]:
        """The run's tokens with what was taken in their place."""
        at = 0
        while at < len(self._tokens):
            last, token = self._taken.get(at, (at, self._tokens[at]))
            yield token
            at = last + 1


def _query_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for mark in BETWEEN_WORDS.finditer(text, start, end):
        yield start, mark.start()
        start = mark.end()
    yield start, end
