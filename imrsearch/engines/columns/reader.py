"""Columns: filters, facet counts and sort orders from memory-mapped NumPy arrays.

Each array is a file, mapped into memory: opening is immediate and processes share the pages. A
document's *row* is its place in every array; the row of a removed document stays, marked as dead.

====================  ========================  ================================================
file                  shape, dtype              content
====================  ========================  ================================================
``alive``             ``(n_rows,)`` bool        whether the document still exists
``ids``               ``(n_rows,)`` bytes       the document's id
``overturned``        ``(n_rows,)`` bool        whether the issue was overturned
``signatures``        ``(n_rows, 16)`` uint16   MinHash of the rationale's wording
``wordings``          ``(n_rows,)`` int32       the lowest row of the same wording and outcome
``NAME.number``       ``(n_rows,)`` int32       a number, or ``ABSENT``
``NAME.codes``        ``(n_held,)`` uint32      the values of all rows, one row after another
``NAME.starts``       ``(n_rows + 1,)`` uint32  where each row begins in ``codes``
``NAME.totals``       ``(n_codes,)`` int64      how often each code occurs in living documents
``bundle-N.kinds``    ``(n_rows,)`` uint16      which combination of values the row has
``bundle-N.samples``  ``(n_kinds,)`` int64      one row for each combination
====================  ========================  ================================================

A code is twice the value's number (from 1; 0 stands for "no value"), plus one if the document was
overturned: so one count fills both columns of a facet table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.base import MAX_SAME, Hit
from imrsearch.engines.columns.values import FacetCounts, Mask, Selection, ValueColumn, load_array
from imrsearch.model import IssueId
from imrsearch.query.tree import Range
from imrsearch.schema import NUMBER_FIELDS, VALUE_FIELDS

ScoredRow = tuple[float, int]
"""A document's score and row."""

ABSENT = np.iinfo(np.int32).min
"""The value of a number field that has no number."""

BUNDLES = "bundles.json"
"""The names of the fields in each bundle."""


class JointCounts:
    """A bundle: fields that are counted together.

    Counting one field takes a pass over all documents found, and a page has seventeen facets. But
    documents often agree in several fields at once: ``kinds`` holds for each document which of some
    thousand combinations of values it has, so that one pass counts all combinations; ``samples``
    holds one row with each combination, from which its values are read. This is faster than one
    field at a time from ``worth`` documents for each combination on.
    """

    def __init__(
        self,
        folder: Path,
        place: int,
        names: Sequence[str],
        values: Mapping[str, ValueColumn],
        worth: int,
    ) -> None:
        self._worth = worth
        self._values = {name: values[name] for name in names}
        self._kinds = load_array(folder, f"bundle-{place}.kinds")
        self._samples = load_array(folder, f"bundle-{place}.samples")

    def counts(self, names: Sequence[str], selection: Selection) -> dict[str, NDArray[Any]]:
        """How often each code occurs in the selected documents, for those of the fields that are
        in the bundle; empty if counting one field at a time is faster."""
        wanted = [name for name in self._values if name in names]
        if len(wanted) < 2 or selection.size < self._worth * len(self._samples):
            return {}
        kinds = np.bincount(self._kinds[selection.rows], minlength=len(self._samples))
        return {name: self._spread(name, kinds) for name in wanted}

    def _spread(self, name: str, kinds: NDArray[Any]) -> NDArray[Any]:
        codes, lengths = self._held[name]
        codes_of = len(self._values[name].totals)
        counts = np.bincount(codes, np.repeat(kinds, lengths), minlength=codes_of)
        return counts.astype(np.int64)

    @cached_property
    def _held(self) -> dict[str, tuple[NDArray[Any], NDArray[Any]]]:
        """The codes of each field's combinations, and how many each has."""
        samples = np.asarray(self._samples)
        return {name: column.held(samples) for name, column in self._values.items()}


class Columns:
    """The columns of one index: some 200 bytes a document, read where they are needed.

    ``worth``: as in ``JointCounts``.
    """

    def __init__(self, folder: Path, worth: int = 4) -> None:
        self.ids = load_array(folder, "ids")
        self.everything: Mask = load_array(folder, "alive")
        self.living = np.packbits(self.everything)
        self.count = int(np.count_nonzero(self.everything))
        self.overturned: Mask = load_array(folder, "overturned")
        self.wordings = load_array(folder, "wordings")
        self.values: Mapping[str, ValueColumn] = {
            name: ValueColumn(folder, name) for name in VALUE_FIELDS
        }
        self.numbers = {name: load_array(folder, f"{name}.number") for name in NUMBER_FIELDS}
        self._bundles = _bundles(folder, self.values, worth)
        self._folder = folder

    @property
    def signatures(self) -> NDArray[Any]:
        """The signatures of the wordings; only for columns that continue these."""
        return load_array(self._folder, "signatures")

    def tables(self, names: Sequence[str], selection: Selection) -> dict[str, FacetCounts]:
        """The facet counts of each of the fields."""
        if not selection.size:
            return {name: self.values[name].nothing for name in names}
        if selection.size == self.count:
            return {name: self.values[name].whole for name in names}
        if selection.size * 2 > len(self):  # the others are fewer
            rest = self._counts(names, selection.rest)
            counts = {name: self.values[name].totals - rest[name] for name in names}
        else:
            counts = self._counts(names, selection)
        return {name: FacetCounts(self.values[name].names, counts[name]) for name in names}

    def _counts(self, names: Sequence[str], selection: Selection) -> dict[str, NDArray[Any]]:
        counted: dict[str, NDArray[Any]] = {}
        for bundle in self._bundles:
            counted |= bundle.counts(names, selection)
        alone = {name: self.values[name] for name in names if name not in counted}
        return counted | {name: column.counts(selection) for name, column in alone.items()}

    def __len__(self) -> int:
        """The number of rows, dead ones included."""
        return len(self.ids)

    def id(self, row: int) -> str:
        """The id of the document in a row."""
        return str(self.ids[row].decode())

    def case(self, row: int) -> str:
        """The case of the document in a row."""
        return IssueId.parse(self.id(row)).case_id

    def cases(self) -> int:
        """How many different cases the living documents are of."""
        held = self.values["case"].totals.reshape(-1, 2).sum(axis=1)
        return int(np.count_nonzero(held[1:]))  # the first line counts those without a case

    def sample(self, size: int) -> tuple[str, ...]:
        """The ids of up to ``size`` living documents, the first and the last among them."""
        living = np.flatnonzero(self.everything)
        places = np.linspace(0, max(len(living) - 1, 0), min(size, len(living))).round()
        return tuple(self.id(row) for row in living[places.astype(np.int64)].tolist())

    def select(self, mask: Mask) -> Selection:
        """The living documents of ``mask``."""
        return Selection(mask & self.everything, self.everything)

    def count_wordings(self, selection: Selection) -> int:
        """How many different wordings the selected documents have."""
        seen = np.zeros(len(self), bool)
        seen[self.wordings[selection.rows]] = True
        return int(np.count_nonzero(seen))

    def folded_hit(self, row: int, score: float, selection: Selection) -> Hit:
        """The hit of a row with the others among the selected that have the same wording."""
        alike = selection.mask & (self.wordings == self.wordings[row])
        others = np.flatnonzero(alike)
        same = tuple(self.id(other) for other in others[: MAX_SAME + 1] if other != row)
        return Hit(self.id(row), score, len(others) - 1, same[:MAX_SAME])

    def within(self, query: Range) -> Mask:
        """The documents whose number lies in the range."""
        numbers = self.numbers[query.field]
        mask: Mask = numbers != ABSENT
        if query.low is not None:
            mask &= numbers >= query.low
        if query.high is not None:
            mask &= numbers <= query.high
        return mask

    def order(
        self, sort: str, rows: NDArray[Any], scores: NDArray[Any], limit: int
    ) -> list[ScoredRow]:
        """The first ``limit`` of ``rows`` in the order ``sort``, by a number field the highest
        number first; ``scores`` are theirs, ``(len(rows),)`` float. Ties keep their order."""
        if sort == "overturned":
            first = self.overturned[rows]
            sides = (np.flatnonzero(side) for side in (first, ~first))
            places = np.concatenate([side[_top(-scores[side], limit)] for side in sides])[:limit]
        elif sort == "relevance":
            places = _top(-scores, limit)
        else:
            field = "decided" if sort in ("newest", "oldest") else sort
            numbers = self.numbers[field][rows].astype(np.int64)
            key = np.where(numbers == ABSENT, 1 << 40, numbers if sort == "oldest" else -numbers)
            places = _top(key, limit)
        return list(zip(scores[places].tolist(), rows[places].tolist(), strict=True))


def _bundles(folder: Path, values: Mapping[str, ValueColumn], worth: int) -> list[JointCounts]:
    """The bundles in a folder; none if they have not been written yet."""
    try:
        together = msgspec.json.decode((folder / BUNDLES).read_bytes(), type=list[list[str]])
    except FileNotFoundError:
        return []
    return [
        JointCounts(folder, place, names, values, worth) for place, names in enumerate(together)
    ]


def _top(key: NDArray[Any], limit: int) -> NDArray[Any]:
    """The places of the ``limit`` smallest keys, in order."""
    if not 0 < limit < len(key):
        return np.argsort(key, kind="stable")[: max(limit, 0)]
    near = np.flatnonzero(key <= np.partition(key, limit - 1)[limit - 1])
    return near[np.argsort(key[near], kind="stable")[:limit]]
