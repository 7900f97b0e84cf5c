"""Which documents pass filters, and their facets, as masks over the columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from imrsearch.engines.base import SearchRequest
from imrsearch.engines.columns.reader import Columns, Mask, Selection
from imrsearch.query.tree import FieldEquals, FieldMissing, MatchAll, MatchNone, Range
from imrsearch.schema import FacetCount

Masks = Sequence[tuple[str, Mask]]
"""The mask of each filter, with the facet it belongs to."""


def match_values(
    query: MatchAll | MatchNone | FieldEquals | FieldMissing | Range, columns: Columns
) -> Mask:
    """The documents that match a leaf without words."""
    match query:
        case MatchAll():
            return columns.everything
        case MatchNone():
            return np.zeros(len(columns), dtype=bool)
        case FieldEquals(field, value) if field in columns.values:
            return columns.values[field].holding(value)
        case FieldMissing(field) if field in columns.values:
            return columns.values[field].empty()
        case FieldEquals():  # a number field holds no value
            return np.zeros(len(columns), dtype=bool)
        case FieldMissing():
            return columns.everything
        case Range():
            return columns.within(query)


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
