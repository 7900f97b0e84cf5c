"""What queries match and score, put together from what their words and values do.

One mask a query, ``(n_rows,)`` bool or eight rows a byte: ``And``, ``Or`` and ``Not`` are then
arithmetic, and so are scores.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.values import Mask
from imrsearch.engines.queries import strip_scoring
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    Leaf,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)

Bits = NDArray[Any]
"""Bool, one for each row, or uint8, eight rows each; what is behind the last row means nothing."""

BitsView = Callable[[Bits], Bits]
"""What is kept of the bits of each word and value: all of them, or those of some rows."""


def whole(bits: Bits) -> Bits:
    """All of them."""
    return bits


class Masking:
    """Which documents match queries, for up to ``seconds`` (``None``: no limit).

    Words that are not read in time count as absent and set ``timed_out``; what is found still
    matches. ``everything``: the bits of all documents.
    """

    def __init__(self, everything: Bits, seconds: float | None) -> None:
        self.timed_out = False
        self._everything = everything
        self._nothing = np.zeros_like(everything)
        self._deadline = None if seconds is None else time.monotonic() + seconds

    @property
    def is_partial(self) -> bool:
        """Whether documents are missing."""
        return self.timed_out

    def mask(self, query: Query) -> Mask:
        """The rows that match: ``(n_rows,)`` bool. Removed documents may be among them."""
        return self.matched(strip_scoring(query))

    def count(self, query: Query) -> int:
        """How many documents match."""
        return int(np.count_nonzero(self.mask(query) & self._everything))

    def text(self, query: Leaf) -> Bits:
        """What matches words."""
        raise NotImplementedError

    def values(self, query: FieldEquals | FieldMissing | Range) -> Bits:
        """What matches a query of values or numbers."""
        raise NotImplementedError

    def is_late(self) -> bool:
        """Whether time is over; then the answer is partial."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.timed_out = True
            return True
        return False

    def is_unread(self, query: Query) -> bool:
        """Whether words of a query that was matched may not have been read."""
        return self.timed_out

    def matched(self, query: Query, view: BitsView = whole) -> Bits:
        """What matches a query without what only ranks. Removed documents may be among it."""
        match query:
            case Term() | Phrase() | Prefix():
                return view(self.text(query))
            case FieldEquals() | FieldMissing() | Range():
                return view(self.values(query))
            case And(parts):
                return reduce(np.bitwise_and, self.all_of(parts, view), view(self._everything))
            case Or(parts):
                return reduce(np.bitwise_or, self.each(parts, view), view(self._nothing))
            case MinShouldMatch(parts, count):
                return at_least([*self.each(parts, view)], count, view(self._nothing))
            case Not(part):
                matched = self.matched(part, view)
                # Words that were not read would let in documents that they should exclude.
                return view(self._nothing) if self.is_unread(part) else ~matched
            case MatchAll():
                return view(self._everything)
            case MatchNone():
                return view(self._nothing)
            case _:
                raise TypeError(f"{query} only scores.")

    def all_of(self, parts: Sequence[Query], view: BitsView) -> Iterable[Bits]:
        """What matches each of the parts of ``And``, in any order."""
        return self.each(parts, view)

    def each(self, parts: Iterable[Query], view: BitsView) -> Iterable[Bits]:
        """What matches each of some parts."""
        return (self.matched(part, view) for part in parts)


def at_least(parts: Sequence[Bits], count: int, nothing: Bits) -> Bits:
    """Where ``count`` or more of the parts are set.

    The parts are added up in binary: ``digits[0]`` is set where an odd number of them is. Compared
    with ``count`` digit by digit, from the highest on.
    """
    digits = [nothing] * max(len(parts).bit_length(), count.bit_length())
    for carry in parts:
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
    more, equal = nothing, ~nothing
    for place in reversed(range(len(digits))):
        if count >> place & 1:
            equal = equal & digits[place]
        else:
            more = more | equal & digits[place]
            equal = equal & ~digits[place]
    return more | equal


class Scoring:
    """What queries score in some rows; 0 in those that do not match.

    ``nothing``: the score 0 for each row. ``match``: which of the rows match a query without what
    only ranks.
    """

    def __init__(self, nothing: NDArray[Any], match: Callable[[Query], Mask]) -> None:
        self._nothing = nothing
        self._match = match
        self._masks: dict[Query, Mask] = {}

    def leaf(self, leaf: Leaf) -> NDArray[Any]:
        """What a word or phrase scores."""
        raise NotImplementedError

    def mask(self, query: Query) -> Mask:
        """Which of the rows match; each query is asked once."""
        if query not in self._masks:
            self._masks[query] = self._match(strip_scoring(query))
        return self._masks[query]

    def value(self, query: Query) -> Mask:
        """Which of the rows have what scores the same in all that have it."""
        return self.mask(query)

    def score(self, query: Query) -> NDArray[Any]:
        """What a query scores."""
        scores: NDArray[Any] = self._nothing
        match query:
            case Term() | Phrase() | Prefix():
                scores = self.leaf(query)
            case And(parts) | MinShouldMatch(parts):
                scores = self._sum(parts) * self.mask(query)
            case Or(parts):
                scores = self._sum(parts)
            case DisMax(parts):
                scores = self.highest(parts)
            case Boost(part, weight):
                scores = self.score(part) * weight
            case ConstantScore(part, score):
                scores = self.value(part) * self._nothing.dtype.type(score)
            case Boosted(part, wishes):
                scores = self.score(part) + self._sum(wishes) * self.mask(part)
            case Filtered(part, narrowing):
                scores = self.score(part) * self.mask(narrowing)
        return scores

    def highest(self, parts: Iterable[Query]) -> NDArray[Any]:
        """What the best of some parts scores."""
        best: NDArray[Any] = reduce(np.maximum, map(self.score, parts), self._nothing)
        return best

    def _sum(self, queries: Iterable[Query]) -> NDArray[Any]:
        total: NDArray[Any] = reduce(np.add, map(self.score, queries), self._nothing)
        return total
