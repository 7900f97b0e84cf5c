"""What every engine asks of a query: what of it scores, where the words of a phrase stand, and what
was found for it a while ago."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, NamedTuple, Protocol, TypeVar

from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    Filtered,
    Leaf,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Term,
    walk,
)
from imrsearch.text.words import is_stop_word, stem

BY_SCORE = ("relevance", "overturned")
"""The sorts that depend on relevance."""


class Sought(NamedTuple):
    """What a word or phrase is found by: words, or stems unless ``exact``, at their positions, with
    at most ``slop`` more words between first and last."""

    words: list[tuple[int, str]]
    exact: bool
    slop: int


def sought(leaf: Term | Phrase) -> Sought:
    """What a word or phrase is found by; a word is a phrase of one.

    Stop words of a stemmed phrase match any word: "range of motion" also finds "range in motion".
    A phrase of stop words only is matched exactly.
    """
    said, slop = ((leaf.word,), 0) if isinstance(leaf, Term) else (leaf.words, leaf.slop)
    if leaf.exact or all(map(is_stop_word, said)):
        return Sought([*enumerate(said)], exact=True, slop=slop)
    stems = [(at, stem(word)) for at, word in enumerate(said) if not is_stop_word(word)]
    return Sought(stems, exact=False, slop=slop)


def with_parts(query: Query, change: Callable[[Query], Query]) -> Query:
    """The query with what ``change`` makes of each of its parts, ``Filtered`` and what only ranks
    aside; any other query as it is."""
    match query:
        case And(parts) | Or(parts) | DisMax(parts):
            return type(query)(tuple(map(change, parts)))
        case MinShouldMatch(parts, count):
            return MinShouldMatch(tuple(map(change, parts)), count)
        case Not(part):
            return Not(change(part))
        case _:
            return query


def strip_scoring(query: Query) -> Query:
    """The query without its parts that only rank; it matches the same documents."""
    match query:
        case DisMax(parts):
            return strip_scoring(Or(parts))
        case Filtered(part, narrowing):
            return strip_scoring(And((part, narrowing)))
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return strip_scoring(part)
        case _:
            return with_parts(query, strip_scoring)


def is_scored(query: Query) -> bool:
    """Whether any part of the query gives a score."""
    return any(isinstance(node, Leaf | ConstantScore) for node in walk(query, wishes=True))


class Sized(Protocol):
    """What was found for a query."""

    @property
    def nbytes(self) -> int:
        """The bytes that it takes."""


Found = TypeVar("Found", bound=Sized)


class RecentQueries(Generic[Found]):
    """What was found for the queries asked last. Threads may share it; what it holds never changes.

    ``room``: for so many bytes; ``most``: for no more queries than that.
    """

    def __init__(self, room: int, most: float = math.inf) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Query, Found] = OrderedDict()
        self._left = room
        self._most = most

    def get(self, query: Query) -> Found | None:
        """What was found for ``query``, if it is kept."""
        with self._lock:
            found = self._kept.get(query)
            if found is not None:
                self._kept.move_to_end(query)
            return found

    def put(self, query: Query, found: Found) -> None:
        """Keep what was found for ``query``, in the place of what was asked for longest ago."""
        with self._lock:
            if query in self._kept:  # another thread was faster
                return
            self._kept[query] = found
            self._left -= found.nbytes
            while self._left < 0 or len(self._kept) > self._most:
                self._left += self._kept.popitem(last=False)[1].nbytes
