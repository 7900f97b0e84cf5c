"""The leaves of queries read lately: a search asks for the same words and values again for each of
its offers, its next page and its next facet."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from imrsearch.engines.columns.reader import Mask
from imrsearch.query.tree import FieldEquals, Leaf

_LEAF_BYTES = 32 << 20
"""Bytes: some three hundred leaves of an index of 10,000 issues."""


@dataclass(frozen=True, slots=True)
class ScoredRows:
    """For each row: whether it matches, bool, and its score, float64 (0 where it does not)."""

    matched: Mask
    scores: NDArray[Any]


class LeafCache:
    """Leaves with their rows, those used last. Threads may share it; its arrays never change."""

    def __init__(self, room: int = _LEAF_BYTES) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Leaf | FieldEquals, ScoredRows] = OrderedDict()
        self._left = room

    def get(self, leaf: Leaf | FieldEquals) -> ScoredRows | None:
        """The rows of ``leaf``, if they are cached."""
        with self._lock:
            found = self._kept.get(leaf)
            if found:
                self._kept.move_to_end(leaf)
            return found

    def put(self, leaf: Leaf | FieldEquals, rows: ScoredRows) -> None:
        """Cache the rows of ``leaf``, which were read to the end."""
        with self._lock:
            if leaf in self._kept:  # another thread was faster
                return
            self._kept[leaf] = rows
            self._left -= _leaf_size(rows)
            while self._left < 0:
                self._left += _leaf_size(self._kept.popitem(last=False)[1])


def _leaf_size(rows: ScoredRows) -> int:
    return rows.matched.nbytes + rows.scores.nbytes
