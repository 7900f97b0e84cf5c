"""The best documents of a query, in order.

Tantivy finds the best of a million documents for single words in no time, but takes a fifth of a
microsecond for each document to see whether two words stand together in it. Where many documents
match, that wish is therefore granted among the best ones only, after they were found without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from imrsearch.engines.contract import Phrase, Prefer, Query, Weighted
from imrsearch.engines.tantivy_query import TantivyQuery, Translation

MANY = 20_000
"""Of more documents, only the best candidates are looked at for words that stand together."""
CANDIDATES = 200
"""Ten pages of results, or four long ones."""
_TIES = 2_000

Ranked = list[tuple[float, int]]
"""Scores with rows, the best first, equals in order of writing."""

Together = tuple[Phrase, float]
"""Stems that had better stand together, and what that counts for."""


def best(
    searcher: tantivy.Searcher,
    translated: Translation,
    query: Query,
    filters: Sequence[Query],
    last: int,
    total: int,
) -> Ranked:
    """The ``last`` best documents of ``query`` under ``filters``, of ``total`` that match.

    Ties are in order of writing as far as is feasible: beyond two thousand equals, those that
    Tantivy names first.
    """
    plain, together = _parted(query) if total > MANY else (query, [])
    wanted = max(last, CANDIDATES) if together else last
    found = _top(searcher, translated(plain, filters), wanted)
    if together:
        found[:CANDIDATES] = _lifted(searcher, translated, found[:CANDIDATES], together)
    return found[:last]


def _parted(query: Query) -> tuple[Query, list[Together]]:
    """The query without its wishes for words that stand together, and these."""
    if not isinstance(query, Prefer):
        return query, []
    others: list[Query] = []
    together: list[Together] = []
    for wish in query.wishes:
        match wish:
            case Weighted(Phrase(_, (), exact=False) as phrase, weight):
                together.append((phrase, weight))
            case _:
                others.append(wish)
    return Prefer(query.part, tuple(others)), together


def _top(searcher: tantivy.Searcher, query: TantivyQuery, wanted: int) -> Ranked:
    hits = searcher.search(query, wanted + 1, count=False).hits
    if len(hits) > wanted and hits[wanted][0] == hits[wanted - 1][0]:
        hits = searcher.search(query, max(wanted, _TIES), count=False).hits
    return _in_order(searcher, hits)


def _lifted(
    searcher: tantivy.Searcher,
    translated: Translation,
    found: Ranked,
    together: Sequence[Together],
) -> Ranked:
    """The documents found, with the points for words that stand together."""
    scores = {row: score for score, row in found}
    for phrase, weight in together:
        for way in translated.among(list(scores), phrase, weight):
            for score, row in _in_order(searcher, searcher.search(way, len(scores)).hits):
                scores[row] += score
    return sorted(((score, row) for row, score in scores.items()), key=_place)


def _in_order(searcher: tantivy.Searcher, hits: Sequence[tuple[Any, Any]]) -> Ranked:
    rows: list[Any] = searcher.fast_field_values("row", [address for _, address in hits])
    return sorted(((score, row) for (score, _), row in zip(hits, rows, strict=True)), key=_place)


def _place(ranked: tuple[float, int]) -> tuple[float, int]:
    score, row = ranked
    return -score, row
