"""The best documents of a query, in order.

For single words Tantivy skips documents that cannot be among the best. For two adjacent words it
reads each document that has both, a fifth of a microsecond each, and for alternatives it reads each
document of each, twice. Where many documents match, they are therefore ranked in two steps: Tantivy
gives the best candidates by what is cheap to read, and these are graded by the whole query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import tantivy

from imrsearch.engines.columns.reader import Columns, Mask, Selection
from imrsearch.engines.tantivy.grading import Grading
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.engines.tantivy.query import TantivyQuery, Translation
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
)

RERANK_ABOVE = 20_000
"""Above this many documents, only the best candidates are ranked by the whole query."""
CANDIDATES = 500
"""Fifty pages of results, or ten long ones."""
_TIES = (50, 2_000)
"""How many more documents are requested to see whether the last one wanted has ties."""
_LOOSER = 2_000
"""How many documents more are requested where not all that are found match."""

Ranked = list[tuple[float, int]]
"""Scores with rows, best first, ties in order of writing."""


class Ranking:
    """The best documents of one request's query."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        translated: Translation,
        columns: Columns,
        matching: Matching,
    ) -> None:
        self._searcher = searcher
        self._translated = translated
        self._columns = columns
        self._matching = matching

    def best(self, query: Query, filters: Sequence[Query], chosen: Selection, last: int) -> Ranked:
        """The ``last`` best documents of ``query`` under ``filters``, which match the ``chosen``.

        Ties keep the order of writing; beyond two thousand ties, Tantivy's order.
        """
        if chosen.size <= RERANK_ABOVE:
            return self._top(self._translated(query, filters), last)[:last]
        cheap = self._cheap(query)
        if cheap == query:
            return self._best_loose(query, filters, chosen.mask, last, last)[:last]
        found = self._best_loose(cheap, filters, chosen.mask, last, max(last, CANDIDATES))
        if len(found) < min(last, chosen.size):  # some match by what was left out alone
            return self._top(self._translated(query, filters), last)[:last]
        found[:CANDIDATES] = self._graded(found[:CANDIDATES], query)
        return found[:last]

    def _best_loose(
        self, query: Query, filters: Sequence[Query], chosen: Mask, last: int, wanted: int
    ) -> Ranked:
        """``wanted`` documents, at least the ``last`` best. Which of them match most of several
        parts is seen from the mask: for this Tantivy keeps a heap, some ten times as slow."""
        loose = _loosened(query)
        if loose != query:
            found = self._top(self._translated(loose, filters), wanted + _LOOSER)
            kept = [(score, row) for score, row in found if chosen[row]]
            if len(kept) >= last:
                return kept
        return self._top(self._translated(query, filters), wanted)

    def _top(self, query: TantivyQuery, wanted: int) -> Ranked:
        for more in _TIES:
            hits = self._searcher.search(query, wanted + more, count=False).hits
            if len(hits) < wanted + more or hits[-1][0] < hits[wanted - 1][0]:
                break
        least = hits[wanted - 1][0] if len(hits) > wanted else 0.0
        return self._in_order([hit for hit in hits if hit[0] >= least])

    def _graded(self, found: Ranked, query: Query) -> Ranked:
        """The documents found by the cheap part of ``query``, in the order of the whole."""
        rows, scores = (
            np.array(side) for side in zip(*sorted((b, a) for a, b in found), strict=True)
        )
        grading = Grading(self._searcher, self._translated, self._columns, self._matching, rows)
        units = list(_whole_parts(query))
        if together := [unit for unit in units if _is_pair(unit)]:
            scores += grading.leaves(together)
        for unit in (unit for unit in units if not _is_pair(unit)):
            cheap = self._cheap(unit)
            if cheap != unit:
                scores += grading.score(unit) - grading.score(cheap)
        return sorted(zip(scores.tolist(), rows.tolist(), strict=True), key=_best_first)

    def _cheap(self, query: Query) -> Query:
        """The query without its boosts for adjacent words, and without ways to say a thing that
        take long to read (``_is_slow``)."""
        match query:
            case DisMax(parts):
                named = max(
                    (one.score for one in parts if isinstance(one, ConstantScore)), default=0
                )
                return DisMax(tuple(one for one in parts if not self._is_slow(one, named)))
            case Boosted(part, wishes):
                kept = (self._cheap(wish) for wish in wishes if not _is_pair(wish))
                return Boosted(self._cheap(part), tuple(kept))
            case And(parts):
                return And(tuple(map(self._cheap, parts)))
            case Or(parts):
                return Or(tuple(map(self._cheap, parts)))
            case MinShouldMatch(parts, count):
                return MinShouldMatch(tuple(map(self._cheap, parts)), count)
            case Filtered(part, narrowing):
                return Filtered(self._cheap(part), narrowing)
            case _:
                return query

    def _is_slow(self, way: Query, named: float) -> bool:
        """Whether a way to say a thing is a name of frequent words ("low back"), or so frequent
        that it scores less than the value it stands for, which scores ``named``."""
        match way:
            case ConstantScore():
                return False
            case Boost(Phrase(_, (), exact=False) as name):
                return self._translated.is_of_frequent(name)
            case _:
                return self._translated.most(way) <= named

    def _in_order(self, hits: Sequence[tuple[Any, Any]]) -> Ranked:
        rows: list[Any] = self._searcher.fast_field_values("row", [place for _, place in hits])
        scored = zip((score for score, _ in hits), rows, strict=True)
        return sorted(scored, key=_best_first)


def _is_pair(query: Query) -> bool:
    """Whether a wish is for adjacent words."""
    match query:
        case Boost(Phrase(_, (), exact=False)):
            return True
        case _:
            return False


def _loosened(query: Query) -> Query:
    """The query with any of its parts for most of them, and without what must not match: more
    documents match, and each that matches the query scores the same."""
    match query:
        case MinShouldMatch(parts, count) if 1 < count <= len(parts):
            return MinShouldMatch(parts, 1)
        case And(parts):
            kept = [_loosened(part) for part in parts if not isinstance(part, Not)]
            return (And(tuple(kept)) if len(kept) > 1 else kept[0]) if kept else query
        case Boosted(part, wishes):
            return Boosted(_loosened(part), wishes)
        case Filtered(part, narrowing):
            return Filtered(_loosened(part), narrowing)
        case _:
            return query


def _whole_parts(query: Query) -> Iterator[Query]:
    """What the score of a document that matches is the sum of."""
    match query:
        case And(parts):
            for part in parts:
                yield from _whole_parts(part)
        case Boosted(part, wishes):
            yield from _whole_parts(part)
            yield from wishes
        case Filtered(part):
            yield from _whole_parts(part)
        case Or(parts) | MinShouldMatch(parts):
            yield from parts
        case _:
            yield query


def _best_first(ranked: tuple[float, int]) -> tuple[float, int]:
    score, row = ranked
    return -score, row
