"""The best documents of a query, in order.

Tantivy finds the best of a million documents for single words in no time, but takes a fifth of a
microsecond for each document to see whether two words stand together in it. Where many documents
match, that wish is therefore granted among the best ones only, after they were found without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.tantivy.query import TantivyQuery, Translation
from imrsearch.query.tree import Boost, Boosted, Phrase, Query

MANY = 20_000
"""Of more documents, only the best candidates are looked at for words that stand together."""
CANDIDATES = 500
"""Fifty pages of results, or ten long ones."""
_TIES = (50, 2_000)
"""So many further documents are asked for to see whether the last one wanted has equals."""
_ISSUES = 2_000
"""So many issues of the candidates' cases are looked at."""

Ranked = list[tuple[float, int]]
"""Scores with rows, the best first, equals in order of writing."""

Together = tuple[Phrase, float]
"""Stems that had better stand together, and what that counts for."""


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

        Ties are in order of writing as far as is feasible: beyond two thousand equals, those that
        Tantivy names first.
        """
        plain, together = _parted(query) if total > MANY else (query, [])
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
        """The documents found, with the points for words that stand together."""
        scores = {row: score for score, row in found}
        cases = {self._columns.case(row) for row in scores}
        for phrase, weight in together:
            for way in self._translated.among(cases, phrase, weight):
                hits = self._searcher.search(way, _ISSUES, count=False).hits
                for score, row in self._in_order(hits):
                    if row in scores:  # and not another issue of its case
                        scores[row] += score
        return sorted(((score, row) for row, score in scores.items()), key=_place)

    def _in_order(self, hits: Sequence[tuple[Any, Any]]) -> Ranked:
        rows: list[Any] = self._searcher.fast_field_values("row", [place for _, place in hits])
        scored = zip((score for score, _ in hits), rows, strict=True)
        return sorted(scored, key=_place)


def _parted(query: Query) -> tuple[Query, list[Together]]:
    """The query without its wishes for words that stand together, and these."""
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


def _place(ranked: tuple[float, int]) -> tuple[float, int]:
    score, row = ranked
    return -score, row
