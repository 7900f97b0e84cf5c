"""Value fields: which documents hold which values, and how often each occurs among some.

The arrays and their codes are told in ``reader``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, overload

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.base import LazyFacetRows
from imrsearch.schema import FacetCount

Mask = NDArray[np.bool_]
"""One truth value a row: ``(n_rows,)`` bool."""

# One entry in so many is worth looking up its row: as long takes counting past all of them.
_ONE_IN = 20
_NEARLY_SINGLE = 1.5
"""Values a row on average, up to which the first of each row and the others are looked at apart: of
three million rows with hardly more than one, that takes 0.5 ms in place of 16."""


class Selection:
    """A set of living documents, as a mask and, on demand, as rows."""

    def __init__(self, mask: Mask, everything: Mask) -> None:
        self.mask = mask
        self.size = int(np.count_nonzero(mask))
        self._everything = everything

    @cached_property
    def rows(self) -> NDArray[Any]:
        """The rows of the documents, ascending: ``(size,)`` int64."""
        return np.flatnonzero(self.mask)

    @cached_property
    def rest(self) -> Selection:
        """All other living documents."""
        return Selection(self._everything & ~self.mask, self._everything)


class FacetCounts(LazyFacetRows):
    """How many documents hold each value, given how often each code occurs: ``(n_codes,)`` int64.

    Lines are sorted and made on access: a page shows ten of hundreds, and of the cases only the
    number is needed.
    """

    def __init__(self, names: ValueNames, counts: NDArray[Any]) -> None:
        self._names = names
        by_value = counts.reshape(-1, 2)
        self._totals = by_value[:, 0] + by_value[:, 1]
        self._won = by_value[:, 1]

    def __len__(self) -> int:
        """The number of values that occur."""
        return int(np.count_nonzero(self._totals))

    @cached_property
    def _held(self) -> NDArray[Any]:
        """The numbers of the values that occur, most frequent first, "no value" last."""
        held = np.flatnonzero(self._totals)
        return held[np.lexsort((self._names.ranks[held], -self._totals[held], held == 0))]

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> list[FacetCount]: ...

    def __getitem__(self, place: int | slice) -> FacetCount | list[FacetCount]:
        """One line or several."""
        if isinstance(place, slice):
            return self._lines(self._held[place])
        return self._lines(self._held[[place]])[0]

    def __iter__(self) -> Iterator[FacetCount]:
        """All lines."""
        return iter(self._lines(self._held))

    def _lines(self, numbers: NDArray[Any]) -> list[FacetCount]:
        values = self._names.values
        held = (values[number - 1] if number else None for number in numbers.tolist())
        counts = self._totals[numbers].tolist(), self._won[numbers].tolist()
        return list(map(FacetCount, held, *counts))


class ValueNames:
    """The values of a field with their numbers, read on first use."""

    def __init__(self, folder: Path, name: str) -> None:
        # Mapped like the arrays: the build may have been removed by the time they are read.
        self._json = np.memmap(folder / f"{name}.values.json", np.uint8, "r")

    @cached_property
    def values(self) -> list[str]:
        """The values, in the order of their first occurrence."""
        return msgspec.json.decode(self._json.data, type=list[str])

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each value, from 1."""
        return {value: number for number, value in enumerate(self.values, start=1)}

    @cached_property
    def ranks(self) -> NDArray[Any]:
        """The alphabetical rank of each value's number: ``(n_values + 1,)`` int64; "no value" is
        last."""
        ranks = np.empty(len(self.values) + 1, np.int64)
        ranks[0] = len(self.values)
        ranks[1 + np.argsort(np.array(self.values, object))] = np.arange(len(self.values))
        return ranks


class ValueColumn:
    """A value field: which document holds which values. The module's docstring explains codes.

    The counts that it keeps hold its names, not the column: a column that led to itself would keep
    its files mapped until Python looks for circles.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.names = ValueNames(folder, name)
        self.codes = load_array(folder, f"{name}.codes")
        self.starts = load_array(folder, f"{name}.starts")
        self.totals = load_array(folder, f"{name}.totals")
        rows = len(self.starts) - 1
        self.single = len(self.codes) == rows
        self._is_nearly_single = len(self.codes) <= _NEARLY_SINGLE * rows

    def holding(self, value: str) -> Mask:
        """The documents that hold ``value``."""
        number = self.names.places.get(value)
        return self._with(number) if number else np.zeros(len(self.starts) - 1, dtype=bool)

    def empty(self) -> Mask:
        """The documents without a value."""
        return self._with(0)

    @cached_property
    def whole(self) -> FacetCounts:
        """The counts of all living documents, sorted once."""
        return FacetCounts(self.names, self.totals)

    @cached_property
    def nothing(self) -> FacetCounts:
        """The counts of no document."""
        return FacetCounts(self.names, np.zeros_like(self.totals))

    def counts(self, selection: Selection) -> NDArray[Any]:
        """How often each code occurs in the selected documents: ``(n_codes,)`` int64."""
        if not self._is_nearly_single:
            return self._counted(self.held(selection.rows)[0])
        counts = self._counted(self._first[selection.rows])
        if not self.single:
            rows, codes = self._further
            counts += self._counted(codes[selection.mask[rows]])
        return counts

    def _counted(self, codes: NDArray[Any]) -> NDArray[Any]:
        return np.bincount(codes, minlength=len(self.totals))

    def held(self, rows: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """The codes in these rows, one row after another, ``(n_held,)`` uint32, and how many each
        row has, ``(len(rows),)`` int64."""
        starts = self.starts[rows].astype(np.int64)
        lengths = self.starts[rows + 1] - starts
        skipped = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return self.codes[skipped + np.arange(len(skipped))], lengths

    def _with(self, number: int) -> Mask:
        if self._is_nearly_single:
            mask = _of_value(self._first, number)
            if not self.single:
                rows, codes = self._further
                mask[rows[_of_value(codes, number)]] = True
            return mask
        held = _of_value(self.codes, number)
        entries = np.flatnonzero(held)
        if len(entries) * _ONE_IN > len(held):
            before = np.concatenate(([0], np.cumsum(held, dtype=np.uint32)))
            return np.asarray(np.diff(before[self.starts]), bool)
        mask = np.zeros(len(self.starts) - 1, dtype=bool)
        mask[self._rows_of(entries)] = True
        return mask

    @cached_property
    def _first(self) -> NDArray[Any]:
        """The first code of each row: ``(n_rows,)`` uint32."""
        return self.codes if self.single else self.codes[self.starts[:-1]]

    @cached_property
    def _further(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The rows of the codes that are not their row's first, and these codes."""
        is_further = np.ones(len(self.codes), bool)
        is_further[self.starts[:-1]] = False
        entries = np.flatnonzero(is_further)
        return self._rows_of(entries), self.codes[entries]

    def _rows_of(self, entries: NDArray[Any]) -> NDArray[Any]:
        """The rows to which these places of ``codes`` belong."""
        return np.searchsorted(self.starts, entries.astype(np.uint32), side="right") - 1


def _of_value(codes: NDArray[Any], number: int) -> Mask:
    """Which codes are those of a value."""
    told: Mask = np.equal(codes, 2 * number)
    told |= np.equal(codes, 2 * number + 1)
    return told


# NumPy reads an array's head with Python's parser, whose count of depth threads share: two at once
# may end in SystemError, and a whole build would be taken for a damaged one.
_loading = Lock()


def load_array(folder: Path, name: str) -> NDArray[Any]:
    """The array of a file, mapped into memory."""
    path = folder / f"{name}.npy"
    with _loading:
        try:
            mapped = np.load(path, mmap_mode="r", allow_pickle=False)
        except ValueError:  # an empty array cannot be mapped
            mapped = np.load(path, allow_pickle=False)
    return np.asarray(mapped)
