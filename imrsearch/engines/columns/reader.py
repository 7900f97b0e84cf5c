"""Values and numbers of every document as NumPy arrays: filters, facet tables and sort orders.

The arrays are files of their own, mapped into memory: opening costs nothing, and processes share
them. A document's row is its place in every array; a document that was taken away leaves its row
behind, marked as dead.

A value field may hold any number of values, so it is kept in compressed rows: ``codes`` are the
values of all documents one after the other, and ``starts`` tells where each document's begin. A
code also says whether the document was overturned, so that one count fills both columns of a
facet table; no value at all is a code as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.model import IssueId
from imrsearch.query.tree import Range
from imrsearch.schema import NUMBER_FIELDS, VALUE_FIELDS, FacetCount
from imrsearch.system.memory import tune_malloc

Mask = NDArray[np.bool_]
"""One truth value for each document."""

ABSENT = np.iinfo(np.int32).min
"""Stands for "no number" in a number field."""

BUNDLES = "bundles.json"
"""The names of the fields in each bundle."""


class Selection:
    """A set of documents, as a mask and, where asked for, as rows."""

    def __init__(self, mask: Mask, everything: Mask) -> None:
        self.mask = mask
        self.size = int(np.count_nonzero(mask))
        self._everything = everything

    @cached_property
    def rows(self) -> NDArray[Any]:
        """The rows of the documents, ascending."""
        return np.flatnonzero(self.mask)

    @cached_property
    def rest(self) -> Selection:
        """All other documents that are there."""
        return Selection(self._everything & ~self.mask, self._everything)

    @property
    def is_most(self) -> bool:
        """Whether more documents are in than out."""
        return self.size * 2 > len(self.mask)


class FacetCounts(Sequence[FacetCount]):
    """How many documents hold each value, given how often each code of the column occurs.

    The lines are put in order and made when they are looked at: a page shows ten of hundreds, and
    the cases of an index are only counted.
    """

    def __init__(self, column: ValueColumn, counts: NDArray[Any]) -> None:
        self._column = column
        by_value = counts.reshape(-1, 2)
        self._totals = by_value.sum(axis=1)
        self._won = by_value[:, 1]

    def __len__(self) -> int:
        """The number of values that occur."""
        return int(np.count_nonzero(self._totals))

    @cached_property
    def _held(self) -> NDArray[Any]:
        """The numbers of the values that occur: the most frequent first, nothing last."""
        held = np.flatnonzero(self._totals)
        return held[np.lexsort((self._column.ranks[held], -self._totals[held], held == 0))]

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> list[FacetCount]: ...

    def __getitem__(self, place: int | slice) -> FacetCount | list[FacetCount]:
        """One line or several."""
        if isinstance(place, slice):
            return [self._line(number) for number in self._held[place].tolist()]
        return self._line(int(self._held[place]))

    def __iter__(self) -> Iterator[FacetCount]:
        """All lines."""
        return map(self._line, self._held.tolist())

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same lines."""
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        """Equal tables have equally many lines."""
        return hash(len(self))

    def __repr__(self) -> str:
        """All lines."""
        return repr(tuple(self))

    def _line(self, number: int) -> FacetCount:
        value = self._column.values[number - 1] if number else None
        return FacetCount(value, int(self._totals[number]), int(self._won[number]))


class ValueColumn:
    """A value field: which document holds which values. Code 0 and 1: nothing; 2n and 2n + 1: the
    n-th value, from 1; the odd codes in overturned documents."""

    def __init__(self, folder: Path, name: str) -> None:
        # Mapped, as the arrays are: the build may have been removed when they are needed.
        self._names = np.memmap(folder / f"{name}.values.json", np.uint8, "r")
        self.codes = _load(folder, f"{name}.codes")
        self.starts = _load(folder, f"{name}.starts")
        self.totals = _load(folder, f"{name}.totals")
        self.single = len(self.codes) == len(self.starts) - 1

    @cached_property
    def values(self) -> list[str]:
        """The values, in the order in which they first came."""
        return msgspec.json.decode(self._names.data, type=list[str])

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each value, from 1."""
        return {value: number for number, value in enumerate(self.values, start=1)}

    def holding(self, value: str) -> Mask:
        """The documents that hold ``value``."""
        number = self.places.get(value)
        return self._with(number) if number else np.zeros(len(self.starts) - 1, dtype=bool)

    def empty(self) -> Mask:
        """The documents that hold nothing."""
        return self._with(0)

    @cached_property
    def ranks(self) -> NDArray[Any]:
        """The place of each value from A to Z; nothing comes last."""
        ranks = np.empty(len(self.values) + 1, np.int64)
        ranks[0] = len(self.values)
        ranks[1 + np.argsort(np.array(self.values, object))] = np.arange(len(self.values))
        return ranks

    def counts(self, selection: Selection) -> NDArray[Any]:
        """How often each code is in the selected documents."""
        rows = selection.rows
        codes = self.codes[rows] if self.single else self.held(rows)[0]
        return np.bincount(codes, minlength=len(self.totals))

    def held(self, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The codes of the documents in these rows, one after the other, and how many each has."""
        starts = self.starts[rows].astype(np.int64)
        lengths = self.starts[rows + 1] - starts
        skipped = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return self.codes[skipped + np.arange(len(skipped))], lengths

    def _with(self, number: int) -> Mask:
        mask = np.zeros(len(self.starts) - 1, dtype=bool)
        entries = np.flatnonzero(self.codes >> 1 == number)
        if not self.single:
            entries = np.searchsorted(self.starts, entries, side="right") - 1
        mask[entries] = True
        return mask


class JointCounts:
    """Some fields, counted together.

    To count the values of one field over half a million documents takes a pass over all of them,
    and a page has seventeen facets. But documents that hold the same in several fields are alike
    for all of these: ``kinds`` says of each document which of some thousand combinations it has,
    so that one pass counts the combinations; ``samples``, a row with each, tell their values.
    From ``worth`` documents for each combination on, that is faster than one field at a time.
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
        self._kinds = _load(folder, f"bundle-{place}.kinds")
        self._samples = _load(folder, f"bundle-{place}.samples")

    def counts(self, names: Sequence[str], selection: Selection) -> dict[str, NDArray[Any]]:
        """For each of the fields in the bundle how often each code is in the selected documents;
        nothing for so few documents that they are counted faster one field at a time."""
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
        samples = np.asarray(self._samples)
        return {name: column.held(samples) for name, column in self._values.items()}


class Columns:
    """The columns of one index: some 200 bytes a document, read where they are needed.

    ``worth``: as in ``JointCounts``.
    """

    def __init__(self, folder: Path, worth: int = 4) -> None:
        tune_malloc()
        self.ids = _load(folder, "ids")
        self.everything: Mask = _load(folder, "alive")
        self.count = int(np.count_nonzero(self.everything))
        self.overturned: Mask = _load(folder, "overturned")
        self.values: Mapping[str, ValueColumn] = {
            name: ValueColumn(folder, name) for name in VALUE_FIELDS
        }
        self.numbers = {name: _load(folder, f"{name}.number") for name in NUMBER_FIELDS}
        self._bundles = _bundles(folder, self.values, worth)

    def tables(self, names: Sequence[str], selection: Selection) -> dict[str, FacetCounts]:
        """The table of each of the fields."""
        if selection.is_most:
            rest = self._counts(names, selection.rest)
            counts = {name: self.values[name].totals - rest[name] for name in names}
        else:
            counts = self._counts(names, selection)
        return {name: FacetCounts(self.values[name], counts[name]) for name in names}

    def _counts(self, names: Sequence[str], selection: Selection) -> dict[str, NDArray[Any]]:
        counted: dict[str, NDArray[Any]] = {}
        for bundle in self._bundles:
            counted |= bundle.counts(names, selection)
        alone = {name: self.values[name] for name in names if name not in counted}
        return counted | {name: column.counts(selection) for name, column in alone.items()}

    def __len__(self) -> int:
        """The number of rows, dead ones among them."""
        return len(self.ids)

    def id(self, row: int) -> str:
        """The id of the document in a row."""
        return str(self.ids[row].decode())

    def case(self, row: int) -> str:
        """The case of the document in a row."""
        return IssueId.parse(self.id(row)).case_id

    def select(self, mask: Mask) -> Selection:
        """The documents of ``mask`` that are still there."""
        return Selection(mask & self.everything, self.everything)

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
    ) -> NDArray[Any]:
        """The first ``limit`` of ``rows`` in the order asked for; ``scores`` are theirs. Ties keep
        their order."""
        if sort == "overturned":
            first = self.overturned[rows]
            parts = (_top(rows[part], -scores[part], limit) for part in (first, ~first))
            return np.concatenate(list(parts))[:limit]
        if sort == "relevance":
            return _top(rows, -scores, limit)
        decided = self.numbers["decided"][rows].astype(np.int64)
        key = np.where(decided == ABSENT, 1 << 40, -decided if sort == "newest" else decided)
        return _top(rows, key, limit)


def _bundles(folder: Path, values: Mapping[str, ValueColumn], worth: int) -> list[JointCounts]:
    """The bundles in a folder; none where they are still to be written."""
    try:
        together = msgspec.json.decode((folder / BUNDLES).read_bytes(), type=list[list[str]])
    except FileNotFoundError:
        return []
    return [
        JointCounts(folder, place, names, values, worth) for place, names in enumerate(together)
    ]


def _top(rows: NDArray[Any], key: NDArray[Any], limit: int) -> NDArray[Any]:
    """The ``limit`` rows with the smallest keys, in order."""
    if 0 < limit < len(rows):
        near = key <= np.partition(key, limit - 1)[limit - 1]
        rows, key = rows[near], key[near]
    return rows[np.argsort(key, kind="stable")[:limit]]


def _load(folder: Path, name: str) -> NDArray[Any]:
    path = folder / f"{name}.npy"
    try:
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:  # An empty array cannot be mapped.
        mapped = np.load(path, allow_pickle=False)
    return np.asarray(mapped)
