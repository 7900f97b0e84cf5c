"""What queries score in some documents, computed leaf by leaf.

A query can be cheap to rank by without its phrases, and its phrases be looked for in the best
documents only (``ranking``). In a disjunction Tantivy reads every document of every part, however
few are wanted. So each word or phrase is searched for by itself among the documents of a few cases,
and the scores are put together here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from imrsearch.engines.columns.reader import Columns, Mask
from imrsearch.engines.queries import strip_scoring
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.engines.tantivy.query import TantivyQuery, Translation
from imrsearch.engines.tantivy.rows import rows_of
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    Filtered,
    Leaf,
    MinShouldMatch,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)

_ISSUES = 50_000
"""At most this many issues of the documents' cases are read: 2,000 cases have some 4,000."""

ScoreColumn = NDArray[np.float32]
"""What each of some rows scores: ``(n_rows,)``."""


class Scoring:
    """What queries score in ``size`` rows, put together from what words and values score there;
    0 in those that do not match."""

    def __init__(self, size: int) -> None:
        self._nothing: ScoreColumn = np.zeros(size, np.float32)

    def score(self, query: Query) -> ScoreColumn:
        """What a query scores."""
        match query:
            case Term() | Phrase() | Prefix():
                return self.leaf(query)
            case And(parts) | MinShouldMatch(parts):
                return self._sum(parts) * self.mask(query)
            case Or(parts):
                return self._sum(parts)
            case DisMax(parts):
                return self.highest(parts)
            case Boost(part, weight):
                return self.score(part) * np.float32(weight)
            case ConstantScore(part, score):
                return self.value(part) * np.float32(score)
            case Boosted(part, wishes):
                return self.score(part) + self._sum(wishes) * self.mask(part)
            case Filtered(part, narrowing):
                return self.score(part) * self.mask(narrowing)
            case _:
                return self._nothing

    def highest(self, parts: Sequence[Query]) -> ScoreColumn:
        """What the best of some parts scores."""
        return reduce(np.maximum, map(self.score, parts), self._nothing)

    def leaf(self, leaf: Leaf) -> ScoreColumn:
        """What a word or phrase scores."""
        raise NotImplementedError

    def mask(self, query: Query) -> Mask:
        """Which of the rows match."""
        raise NotImplementedError

    def value(self, query: Query) -> Mask:
        """Which of the rows have what scores the same in all that have it."""
        raise NotImplementedError

    def _sum(self, queries: Iterable[Query]) -> ScoreColumn:
        return reduce(np.add, map(self.score, queries), self._nothing)


class Grading(Scoring):
    """The scores of queries in ``rows``, which are ascending."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        translated: Translation,
        columns: Columns,
        matching: Matching,
        rows: NDArray[Any],
    ) -> None:
        super().__init__(len(rows))
        self._searcher = searcher
        self._translated = translated
        self._matching = matching
        self._rows = rows
        self._cases = translated.of_cases({columns.case(row) for row in rows.tolist()})
        self._leaves: dict[Leaf, ScoreColumn] = {}
        self._masks: dict[Query, Mask] = {}

    def leaves(self, leaves: Sequence[Query]) -> ScoreColumn:
        """The sum of what leaves score, weighted or not; they are searched for together."""
        return self._found(self._translated.each_in(self._cases, leaves))

    def highest(self, parts: Sequence[Query]) -> ScoreColumn:
        """What the best of some parts scores; what cannot score more is not searched for."""
        highest = self._nothing
        for part in sorted(parts, key=lambda part: not isinstance(part, ConstantScore)):
            if self._translated.most(part) > highest.min(initial=np.inf):
                highest = np.maximum(highest, self.score(part))
        return highest

    def mask(self, query: Query) -> Mask:
        """Which of the rows match; words are looked up once."""
        if query not in self._masks:
            self._masks[query] = self._matching.mask_at(strip_scoring(query), self._rows)
        return self._masks[query]

    value = mask

    def leaf(self, leaf: Leaf) -> ScoreColumn:
        """A search of its own unless the leaf was scored when it was matched."""
        if leaf not in self._leaves:
            known = self._matching.scores(leaf)
            self._leaves[leaf] = (
                self._found(self._translated.all_in(self._cases, leaf))
                if known is None
                else self._placed(known.rows, known.scores)
            )
        return self._leaves[leaf]

    def _found(self, query: TantivyQuery) -> ScoreColumn:
        hits: Sequence[Any] = self._searcher.search(query, _ISSUES, count=False).hits
        scores = np.fromiter((score for score, _ in hits), float, len(hits))
        return self._placed(rows_of(self._searcher, hits), scores)

    def _placed(self, rows: NDArray[Any], scores: NDArray[Any]) -> ScoreColumn:
        """The scores of other rows, as far as they are among these."""
        places = np.searchsorted(self._rows, rows)
        ours = self._rows.take(places, mode="clip") == rows
        placed = self._nothing.copy()
        placed[places[ours]] = scores[ours]
        return placed
