"""What of a query is cheap to read: enough to find the candidates for its best documents.

Words in the place of a value ("knee" beside the body part) stand in a large part of all documents,
and most documents that have the value have the word too. They are left out, but wished for where
that costs little: the value alone would leave thousands of documents alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from imrsearch.engines.tantivy.query import Translation
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)

WISHED_UP_TO = 400_000
"""Where more documents match, words that are left out are not wished for: each would be looked up
in every document."""


@dataclass(frozen=True, slots=True)
class Cheaper:
    """Makes a query, which so many documents match, cheaper to read.

    Adjacent words that are wished for and names of frequent words ("low back") are left out, with
    ``leaves_words`` also single words that score less than the value beside them.
    """

    translated: Translation
    matching: int
    leaves_words: bool

    def __call__(self, query: Query) -> Query:
        """What is cheap of a query."""
        match query:
            case DisMax(parts):
                return self._of_ways(parts)
            case Boosted(part, wishes):
                kept = (self(wish) for wish in wishes if not is_pair(wish))
                return Boosted(self(part), tuple(kept))
            case And(parts):
                return And(tuple(map(self, parts)))
            case Or(parts):
                return Or(tuple(map(self, parts)))
            case MinShouldMatch(parts, count):
                return MinShouldMatch(tuple(map(self, parts)), count)
            case Filtered(part, narrowing):
                return Filtered(self(part), narrowing)
            case _:
                return query

    def _of_ways(self, ways: Sequence[Query]) -> Query:
        """The cheap ones of several ways to say a thing; words left out are wished for one around
        the other, as Tantivy reads every document for several wishes side by side."""
        named = max((one.score for one in ways if isinstance(one, ConstantScore)), default=0.0)
        slow = [one for one in ways if self._is_slow(one, named)]
        if not slow:
            return DisMax(tuple(ways))
        kept: Query = DisMax(tuple(one for one in ways if one not in slow))
        if self.matching > WISHED_UP_TO:
            return kept
        words = (one for one in slow if isinstance(one, Term))
        return reduce(lambda wished, word: Boosted(wished, (word,)), words, kept)

    def _is_slow(self, way: Query, named: float) -> bool:
        """Whether a way to say a thing is a name of frequent words, or so frequent that it scores
        less than the value it stands for, which scores ``named``."""
        match way:
            case ConstantScore():
                return False
            case Boost(Phrase(_, (), exact=False) as name):
                return self.translated.is_of_frequent(name)
            case Phrase(_, (), exact=False) if named:
                return self.translated.is_of_frequent(way)
            case _:
                return self.leaves_words and self.translated.most(way) <= named


def is_pair(query: Query) -> bool:
    """Whether a wish is for adjacent words."""
    match query:
        case Boost(Phrase(_, (), exact=False)):
            return True
        case _:
            return False


def loosened(query: Query) -> Query:
    """The query with any of its parts for most of them, without what must not match and what
    narrows it: more documents match, and each that matches the query scores the same."""
    match query:
        case MinShouldMatch(parts, count) if 1 < count <= len(parts):
            return MinShouldMatch(parts, 1)
        case And(parts):
            kept = [loosened(part) for part in parts if not isinstance(part, Not)]
            return (And(tuple(kept)) if len(kept) > 1 else kept[0]) if kept else query
        case Boosted(part, wishes):
            return Boosted(loosened(part), wishes)
        case Filtered(part):
            return loosened(part)
        case _:
            return query
