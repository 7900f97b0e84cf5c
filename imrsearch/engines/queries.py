"""What every engine asks of a query: what of it scores, where the words of a phrase stand, and what
was found for it a while ago."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from typing import Generic, Protocol, TypeVar

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
    walk,
)
from imrsearch.text.words import is_stop_word

BY_SCORE = ("relevance", "overturned")
"""The sorts that depend on relevance."""


def phrase_positions(phrase: Phrase) -> tuple[bool, list[tuple[int, str]]]:
    """Whether a phrase is matched exactly, and its words with their positions.

    Stop words of a stemmed phrase match any word: "range of motion" also finds "range in motion".
    A phrase of stop words only is matched exactly.
    """
    exact = phrase.exact or all(map(is_stop_word, phrase.words))
    places = enumerate(phrase.words)
    return exact, [(at, word) for at, word in places if exact or not is_stop_word(word)]


def strip_scoring(query: Query) -> Query:
    """The query without its parts that only rank; it matches the same documents."""
    match query:
        case And(parts):
            return And(tuple(map(strip_scoring, parts)))
        case Or(parts) | DisMax(parts):
            return Or(tuple(map(strip_scoring, parts)))
        case MinShouldMatch(parts, count):
            return MinShouldMatch(tuple(map(strip_scoring, parts)), count)
        case Not(part):
            return Not(strip_scoring(part))
        case Filtered(part, narrowing):
            return And((strip_scoring(part), strip_scoring(narrowing)))
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return strip_scoring(part)
        case _:
            return query


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
