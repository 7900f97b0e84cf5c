"""What queries score in some documents, computed leaf by leaf.

A query can be cheap to rank by without its phrases, and its phrases be looked for in the best
documents only (``ranking``). In a disjunction Tantivy reads every document of every part, however
few are wanted. So each word or phrase is searched for by itself among the documents of a few cases,
and the scores are put together here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.combining import Scoring
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.engines.tantivy.query import TantivyQuery
from imrsearch.engines.tantivy.rows import rows_of
from imrsearch.query.tree import ConstantScore, Leaf, Query

_ISSUES = 50_000
"""At most this many issues of the documents' cases are read: 2,000 cases have some 4,000."""

ScoreColumn = NDArray[np.float32]
"""What each of some rows scores: ``(n_rows,)``."""


class Grading(Scoring):
    """The scores of queries in ``rows``, which are ascending."""

    def __init__(self, matching: Matching, rows: NDArray[Any]) -> None:
        nothing: ScoreColumn = np.zeros(len(rows), np.float32)
        super().__init__(nothing, partial(matching.mask_at, rows=rows))
        self._matching = matching
        self._translated = matching.translated
        self._rows = rows
        cases = {matching.files.columns.case(row) for row in rows.tolist()}
        self._cases = matching.translated.of_cases(cases)
        self._leaves: dict[Leaf, ScoreColumn] = {}

    def leaves(self, leaves: Sequence[Query]) -> ScoreColumn:
        """The sum of what leaves score, weighted or not; they are searched for together."""
        return self._found(self._translated.each_in(self._cases, leaves))

    def highest(self, parts: Iterable[Query]) -> ScoreColumn:
        """What the best of some parts scores; what cannot score more is not searched for."""
        highest = self._nothing
        for part in sorted(parts, key=lambda part: not isinstance(part, ConstantScore)):
            if self._translated.most(part) > highest.min(initial=np.inf):
                highest = np.maximum(highest, self.score(part))
        return highest

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
        hits: Sequence[Any] = self._matching.searcher.search(query, _ISSUES, count=False).hits
        scores = np.fromiter((score for score, _ in hits), float, len(hits))
        return self._placed(rows_of(self._matching.searcher, hits), scores)

    def _placed(self, rows: NDArray[Any], scores: NDArray[Any]) -> ScoreColumn:
        """The scores of other rows, as far as they are among these."""
        places = np.searchsorted(self._rows, rows)
        ours = self._rows.take(places, mode="clip") == rows
        placed = self._nothing.copy()
        placed[places[ours]] = scores[ours]
        return placed
