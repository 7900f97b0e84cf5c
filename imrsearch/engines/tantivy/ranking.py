"""The best documents of a query, in order.

For single words Tantivy skips documents that cannot be among the best. For two adjacent words it
reads each document that has both, a fifth of a microsecond each. Where many documents match, a
boost for adjacent words is therefore computed for the best candidates only (reranking).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.tantivy.query import TantivyQuery, Translation
from imrsearch.query.tree import Boost, Boosted, Phrase, Query

RERANK_ABOVE = 20_000
"""Above this many documents, adjacent words are looked for in the best candidates only."""
CANDIDATES = 500
"""Fifty pages of results, or ten long ones."""
_TIES = (50, 2_000)
"""How many more documents are requested to see whether the last one wanted has ties."""
_ISSUES = 2_000
"""At most this many issues of the candidates' cases are read."""

Ranked = list[tuple[float, int]]
"""Scores with rows, best first, ties in order of writing."""

Together = tuple[Phrase, float]
"""A boost: stems that should be adjacent, and what that adds to the score."""


class Ranking:
    """The best documents of one request's query."""

    def __init__(
        self, searcher: tantivy.Searcher, translated: Translation, columns: Columns
    ) -> None:
        self._searcher = searcher
        self._translated = translated
        self._columns = columns

    def best(self, query: Query, filters: Sequence[Query], last: int, total: int) -> Ranked:
        """The ``last`` best documents of ``query`` under ``filters``, of ``total`` that match.

        Ties keep the order of writing; beyond two thousand ties, Tantivy's order.
        """
        plain, together = _parted(query) if total > RERANK_ABOVE else (query, [])
        wanted = max(last, CANDIDATES) if together else last
        found = self._top(self._translated(plain, filters), wanted)
        if together:
            found[:CANDIDATES] = self._lifted(found[:CANDIDATES], together)
        return found[:last]

    def _top(self, query: TantivyQuery, wanted: int) -> Ranked:
        for more in _TIES:
            hits = self._searcher.search(query, wanted + more, count=False).hits
            if len(hits) < wanted + more or hits[-1][0] < hits[wanted - 1][0]:
                break
        least = hits[wanted - 1][0] if len(hits) > wanted else 0.0
        return self._in_order([hit for hit in hits if hit[0] >= least])

    def _lifted(self, found: Ranked, together: Sequence[Together]) -> Ranked:
        """The documents found, reranked with the boosts for adjacent words."""
        scores = {row: score for score, row in found}
        cases = {self._columns.case(row) for row in scores}
        for phrase, weight in together:
            for way in self._translated.among(cases, phrase, weight):
                hits = self._searcher.search(way, _ISSUES, count=False).hits
                for score, row in self._in_order(hits):
                    if row in scores:  # and not another issue of its case
                        scores[row] += score
        return sorted(((score, row) for row, score in scores.items()), key=_best_first)

    def _in_order(self, hits: Sequence[tuple[Any, Any]]) -> Ranked:
        rows: list[Any] = self._searcher.fast_field_values("row", [place for _, place in hits])
        scored = zip((score for score, _ in hits), rows, strict=True)
        return sorted(scored, key=_best_first)


def _parted(query: Query) -> tuple[Query, list[Together]]:
    """The query without its boosts for adjacent words, and these boosts."""
    if not isinstance(query, Boosted):
        return query, []
    others: list[Query] = []
    together: list[Together] = []
    for wish in query.wishes:
        match wish:
            case Boost(Phrase(_, (), exact=False) as phrase, weight):
                together.append((phrase, weight))
            case _:
                others.append(wish)
    return Boosted(query.part, tuple(others)), together


def _best_first(ranked: tuple[float, int]) -> tuple[float, int]:
    score, row = ranked
    return -score, row
