"""An index whose values are columns, and how it answers: an engine tells which documents match and
which are best; filters, facets, totals and foldings are the same for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from imrsearch.engines.base import Hit, IndexSearcher, SearchRequest, SearchResponse
from imrsearch.engines.columns.combining import Masking
from imrsearch.engines.columns.reader import Columns, ScoredRow
from imrsearch.engines.columns.values import Mask, Selection
from imrsearch.engines.columns.wordings import fold
from imrsearch.query.tree import FieldEquals, FieldMissing, Query, Range
from imrsearch.schema import FacetCount

Masks = Sequence[tuple[str, Mask]]
"""The mask of each filter, with the facet it belongs to."""

Ranked = list[ScoredRow]
"""Scores with rows, best first, ties in order of writing."""


class ColumnsIndex(IndexSearcher):
    """An open index; threads may share it. ``columns``: those of its values."""

    columns: Columns

    def matching(self, seconds: float | None = None) -> Masking:
        """For the queries of one request, which may take so long."""
        raise NotImplementedError

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """The number of documents that match ``query``."""
        return self.columns.count if query is None else self.matching(seconds).count(query)

    def cases(self) -> int:
        """The number of different cases."""
        return self.columns.cases()

    def sample(self, size: int) -> tuple[str, ...]:
        """The ids of some documents, spread over all of them."""
        return self.columns.sample(size)


def answer_request(
    request: SearchRequest,
    columns: Columns,
    matching: Masking,
    best: Callable[[Selection, int], Ranked],
    helpers: ThreadPoolExecutor | None = None,
) -> SearchResponse:
    """Hits, totals and facet counts. ``best``: so many of the documents chosen; ranked in one of
    the ``helpers``, if there are any, while facets are counted."""
    matched = matching.mask(request.query)
    filters = [(part.facet, matching.mask(part.query)) for part in request.filters]
    chosen = columns.select(apply_filters(matched, filters))
    hits: Callable[[], tuple[Hit, ...]] = partial(_hits, request, columns, chosen, best)
    if helpers and request.facets:
        hits = helpers.submit(hits).result
    facets = tables(request, matched, filters, chosen, columns)
    beside = (
        columns.select(apply_filters(matching.mask(query), filters)).size
        if filters
        else matching.count(query)
        for query in request.beside
    )
    return SearchResponse(
        beside=tuple(beside),
        hits=hits(),
        total=chosen.size,
        overturned=int(np.count_nonzero(chosen.mask & columns.overturned)),
        facets=facets,
        timed_out=matching.is_partial,
        wordings=columns.count_wordings(chosen) if request.fold else None,
    )


def _hits(
    request: SearchRequest,
    columns: Columns,
    chosen: Selection,
    best: Callable[[Selection, int], Ranked],
) -> tuple[Hit, ...]:
    first, last = request.offset, min(request.offset + request.limit, chosen.size)
    if last <= first:
        return ()
    if not request.fold:
        return tuple(Hit(columns.id(row), score) for score, row in best(chosen, last)[first:])
    found = fold(partial(best, chosen), columns.wordings, first, last, chosen.size)
    return tuple(columns.folded_hit(row, score, chosen) for score, row in found)


def match_values(query: FieldEquals | FieldMissing | Range, columns: Columns) -> Mask:
    """The documents that match a query of values or numbers."""
    match query:
        case Range():
            return columns.within(query)
        case FieldEquals(field, value) if field in columns.values:
            return columns.values[field].holding(value)
        case FieldMissing(field) if field in columns.values:
            return columns.values[field].empty()
        case FieldEquals():  # a number field holds no value
            return np.zeros(len(columns), dtype=bool)
        case FieldMissing():
            return columns.everything


def tables(
    request: SearchRequest, matched: Mask, filters: Masks, chosen: Selection, columns: Columns
) -> dict[str, Sequence[FacetCount]]:
    """The counts of each facet over ``chosen``, the documents that pass all filters; those of a
    facet with filters of its own without these."""
    own = {facet for facet, _ in filters}
    found: dict[str, Sequence[FacetCount]] = {}
    found |= columns.tables([name for name in request.facets if name not in own], chosen)
    for name in own.intersection(request.facets):
        found |= columns.tables([name], columns.select(apply_filters(matched, filters, name)))
    return {name: found[name] for name in request.facets}


def apply_filters(matched: Mask, filters: Masks, without: str = "") -> Mask:
    """The documents of ``matched`` that pass all filters except those of the facet ``without``."""
    for facet, mask in filters:
        if facet != without:
            matched = matched & mask
    return matched
