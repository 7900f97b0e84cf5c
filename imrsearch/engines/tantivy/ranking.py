"""The best documents of a query, in order.

For single words Tantivy skips documents that cannot be among the best. For two adjacent words it
reads each document that has both, a fifth of a microsecond each, and for alternatives it reads each
document of each, twice. In a large index, few documents that match are graded one by one, and many
are ranked in two steps: candidates are found by the values they hold (``tiers``), or by what of the
query is cheap to read, and then graded by the whole query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.base import SearchRequest
from imrsearch.engines.columns.answering import Ranked
from imrsearch.engines.columns.values import Mask, Selection
from imrsearch.engines.queries import BY_SCORE, is_scored, with_parts
from imrsearch.engines.tantivy.grading import Grading
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.engines.tantivy.query import TantivyQuery
from imrsearch.engines.tantivy.rows import rows_of
from imrsearch.engines.tantivy.tiers import Tiers, words_within
from imrsearch.model import OVERTURNED
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Range,
)

RERANK_ABOVE = 20_000
"""Of an index of so many documents, all that match are ranked by the whole query at once."""
GRADED = 2_000
"""Up to so many documents are graded one by one: a search for the best would read every document
of every word."""
CANDIDATES = 500
"""Fifty pages of results, or ten long ones."""
OF_TIER = 150
"""Candidates of a tier: fifteen pages."""
_NEAR_THE_BEST = 5.0
"""How much less than the best tier's the values of another may score: words make up for that."""
_SCORE_DIGITS = 5
"""Of a score put together from parts: equal sums differ beyond, as they were added differently."""
_TIES = (50, 2_000)
"""How many more documents are requested to see whether the last one wanted has ties."""
_LOOSER = 2_000
"""How many documents more are requested where not all that are found match."""


class Ranking:
    """The best documents of one request's query."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._searcher = matching.searcher
        self._translated = matching.translated
        self._columns = matching.files.columns

    def order(self, request: SearchRequest, chosen: Selection, last: int) -> Ranked:
        """The first ``last`` of the documents ``chosen`` in the order of the request."""
        query, sort = request.query, request.sort
        if sort not in BY_SCORE or not is_scored(query) or self._matching.timed_out:
            return self._columns.order(sort, chosen.rows, np.zeros(chosen.size), last)
        known = self._matching.known_scores(query)
        if known is not None:  # a query of a single leaf was scored when it was matched
            left = known.among(chosen.mask)
            return self._columns.order(sort, left.rows, left.scores, last)
        filters = tuple(part.query for part in request.filters)
        if sort == "relevance":
            return self.best(query, filters, chosen, last)
        found: Ranked = []
        won, overturned = FieldEquals("decision", OVERTURNED), self._columns.overturned
        for side, mask in ((won, overturned), (Not(won), ~overturned)):
            some, left_over = self._columns.select(chosen.mask & mask), last - len(found)
            if some.size and left_over:
                found += self.best(query, (*filters, side), some, min(left_over, some.size))
        return found

    def best(self, query: Query, filters: Sequence[Query], chosen: Selection, last: int) -> Ranked:
        """The ``last`` best documents of ``query`` under ``filters``, which match the ``chosen``.

        Ties keep the order of writing; beyond two thousand ties, Tantivy's order.
        """
        if len(self._columns) > RERANK_ABOVE:
            if chosen.size <= GRADED:
                return self._graded(chosen.rows, query)[:last]
            least = min(last, chosen.size)
            for find in (self._best_of_tiers, self._best_without_pairs):
                found = find(query, filters, chosen, last)
                if len(found) >= least:  # else some match by what was left out
                    return found[:last]
        return self._top(self._translated(query, filters), last)[:last]

    def _best_of_tiers(
        self, query: Query, filters: Sequence[Query], chosen: Selection, last: int
    ) -> Ranked:
        """The best documents of the tiers whose values score most; none where no value scores."""
        tiers = Tiers(query, self._matching, chosen)
        needed, words = (*filters, *required(query)), words_within(query)
        rows: NDArray[Any] = np.zeros(0, np.int64)
        best, better = 0.0, set[Query]()
        for tier in tiers:
            best = max(best, tier.score)
            is_enough = len(rows) >= CANDIDATES or tier.score < best - _NEAR_THE_BEST
            if not tier.values or (is_enough and len(rows) >= last):
                break
            musts = (*tier.values, *needed, *map(Not, better.difference(tier.values)))
            more = (
                tiers.rows(tier)
                if tier.size <= OF_TIER
                else self._saying_most(words, musts, chosen.mask, max(last, OF_TIER))
            )
            if not len(rows) and len(more) < min(last, tier.size):
                return []  # most documents that hold the values lack the words
            rows = np.union1d(rows, more)
            better.update(tier.values)
        return self._graded(rows, query) if len(rows) else []

    def _saying_most(
        self, words: Sequence[Query], musts: Sequence[Query], chosen: Mask, wanted: int
    ) -> NDArray[Any]:
        """The rows of documents chosen that match ``musts`` and say most of the words. For several
        wishes side by side Tantivy would read every document of each."""
        wished: Query = And(tuple(ConstantScore(one, 0.0) for one in musts))
        for word in words:
            wished = Boosted(wished, (word,))
        hits = self._searcher.search(self._translated(wished), wanted, count=False).hits
        rows = rows_of(self._searcher, hits)
        return np.asarray(rows[chosen[rows]])

    def _best_without_pairs(
        self, query: Query, filters: Sequence[Query], chosen: Selection, last: int
    ) -> Ranked:
        """The best documents without the wishes for adjacent words, the first of them by all."""
        cheap = without_pairs(query)
        if cheap == query:
            return self._best_loose(query, filters, chosen.mask, last, last)
        found = self._best_loose(cheap, filters, chosen.mask, last, max(last, CANDIDATES))
        candidates = sorted((row, score) for score, row in found[:CANDIDATES])
        if candidates:
            rows, scores = map(np.array, zip(*candidates, strict=True))
            found[:CANDIDATES] = self._graded(rows, query, scores, without_pairs)
        return found

    def _best_loose(
        self, query: Query, filters: Sequence[Query], chosen: Mask, last: int, wanted: int
    ) -> Ranked:
        """``wanted`` documents, at least the ``last`` best. Which of them match most of several
        parts is seen from the mask: for this Tantivy keeps a heap, some ten times as slow."""
        loose = loosened(query)
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
        hits = [hit for hit in hits if hit[0] >= least]
        rows = rows_of(self._searcher, hits).tolist()
        scored = zip((score for score, _ in hits), rows, strict=True)
        return sorted(scored, key=lambda ranked: (-ranked[0], ranked[1]))

    def _graded(
        self,
        rows: NDArray[Any],
        query: Query,
        scores: NDArray[Any] | None = None,
        counted: Callable[[Query], Query] = lambda _: MatchNone(),
    ) -> Ranked:
        """Documents by the whole of ``query``, of which, and of each of its parts, ``scores`` hold
        what ``counted`` gives. ``rows`` are ascending."""
        grading = Grading(self._matching, rows)
        scores = np.zeros(len(rows)) if scores is None else scores
        units = list(_whole_parts(query))
        pairs = Counter(filter(is_pair, units))
        pairs -= Counter(filter(is_pair, _whole_parts(counted(query))))
        if pairs:
            scores = scores + grading.leaves([*pairs.elements()])
        for unit in (unit for unit in units if not is_pair(unit)):
            known = counted(unit)
            if known != unit:
                scores = scores + grading.score(unit) - grading.score(known)
        order = np.lexsort((rows, -np.round(scores, _SCORE_DIGITS)))
        return list(zip(scores[order].tolist(), rows[order].tolist(), strict=True))


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


# -------------------------------------------------------------- what of a query is cheap to read


def without_pairs(query: Query) -> Query:
    """The query without its wishes for adjacent words; it matches the same documents."""
    match query:
        case Boosted(part, wishes):
            kept = tuple(without_pairs(wish) for wish in wishes if not is_pair(wish))
            return Boosted(without_pairs(part), kept)
        case And() | Or() | DisMax() | MinShouldMatch():
            return with_parts(query, without_pairs)
        case Filtered(part, narrowing):
            return Filtered(without_pairs(part), narrowing)
        case _:
            return query


def required(query: Query) -> Iterator[Query]:
    """The values that every document must hold, and that score nothing."""
    match query:
        case And(parts):
            for part in parts:
                yield from required(part)
        case Boosted(part) | Filtered(part):
            yield from required(part)
        case FieldEquals() | FieldMissing() | Range():
            yield query


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
