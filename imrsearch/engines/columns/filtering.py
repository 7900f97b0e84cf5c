"""Which documents pass filters, and their facets, as masks over the columns; and what was found
lately."""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np

from imrsearch.engines.base import SearchRequest
from imrsearch.engines.columns.reader import Columns, Mask, Selection
from imrsearch.query.tree import FieldEquals, FieldMissing, MatchAll, MatchNone, Query, Range
from imrsearch.schema import FacetCount

Found = TypeVar("Found")

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


class RecentQueries(Generic[Found]):
    """What was found for the queries asked last. Threads may share it; what it holds never changes.

    ``room``: for so many bytes, as ``size`` tells them; ``most``: for no more queries than that.
    """

    def __init__(self, room: int, size: Callable[[Found], int], most: float = math.inf) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Query, Found] = OrderedDict()
        self._left = room
        self._size = size
        self._most = most

    def get(self, query: Query) -> Found | None:
        """What was found for ``query``, if it is kept."""
        with self._lock:
            found = self._kept.get(query)
            if found is not None:
                self._kept.move_to_end(query)
            return found

    def put(self, query: Query, found: Found) -> None:
        """Keep what was found for ``query``, in the place of what was asked for longest ago."""
        with self._lock:
            if query in self._kept:  # another thread was faster
                return
            self._kept[query] = found
            self._left -= self._size(found)
            while self._left < 0 or len(self._kept) > self._most:
                self._left += self._size(self._kept.popitem(last=False)[1])
