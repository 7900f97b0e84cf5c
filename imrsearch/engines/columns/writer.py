"""Writes what ``columns.py`` reads.

Documents are taken by the hundred and one field at a time, so that most of the work on a million
of them is done in NumPy, and nothing of them stays but numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.joint_counts import write_bundles
from imrsearch.engines.columns.reader import ABSENT, Columns, Mask, ValueColumn
from imrsearch.model import OVERTURNED
from imrsearch.schema import FACETS, NUMBER_FIELDS, VALUE_FIELDS, IssueDocument

_AT_ONCE = 200

Parts = list[NDArray[Any]]
"""An array in the making."""


def by_the_hundred(documents: Iterable[IssueDocument]) -> Iterator[list[IssueDocument]]:
    """The documents, in order, in lists that are worth NumPy's while."""
    documents = iter(documents)
    while some := [*islice(documents, _AT_ONCE)]:
        yield some


class ColumnsWriter:
    """Collects documents, then writes their columns.

    ``base``: the columns to go on from, without the documents of the cases ``removed``.
    """

    def __init__(self, base: Columns | None = None, removed: Iterable[str] = ()) -> None:
        self._alive: Parts = [_kept(base, removed)] if base else []
        self._ids: Parts = [base.ids] if base else []
        self._overturned: Parts = [base.overturned] if base else []
        self._numbers: dict[str, Parts] = {
            name: [base.numbers[name]] if base else [] for name in NUMBER_FIELDS
        }
        self._values = {
            name: _ValueWriter(base.values[name] if base else None) for name in VALUE_FIELDS
        }
        self.rows = len(base) if base else 0
        """How many rows there are: the number of the next one."""

    def add(self, documents: Sequence[IssueDocument]) -> None:
        """Take documents: the more at once, the quicker."""
        self.rows += len(documents)
        decisions = [document.values.get("decision", ()) for document in documents]
        overturned = np.array([OVERTURNED in some for some in decisions], bool)
        self._alive.append(np.ones(len(documents), bool))
        self._ids.append(np.array([document.id.encode() for document in documents], "S"))
        self._overturned.append(overturned)
        for name, parts in self._numbers.items():
            numbers = [document.numbers.get(name, ABSENT) for document in documents]
            parts.append(np.array(numbers, np.int32))
        for name, writer in self._values.items():
            writer.add([document.values.get(name, ()) for document in documents], overturned)

    def write(self, folder: Path) -> int:
        """Write everything; returns the number of documents."""
        self.add(())  # Each array has a part, even without any document.
        alive = np.concatenate(self._alive)
        _save(folder, "alive", alive)
        _save(folder, "ids", np.concatenate(self._ids))
        _save(folder, "overturned", np.concatenate(self._overturned))
        for name, parts in self._numbers.items():
            _save(folder, f"{name}.number", np.concatenate(parts))
        for name, writer in self._values.items():
            writer.write(folder, name, alive)
        write_bundles(folder, list(FACETS))
        return int(np.count_nonzero(alive))


def _kept(base: Columns, removed: Iterable[str]) -> Mask:
    """The documents of ``base`` that are there and stay."""
    cases = base.values["case"]
    gone = [cases.places[case] for case in removed if case in cases.places]
    kept: Mask = base.everything & ~np.isin(cases.codes[cases.starts[:-1]] >> 1, gone)
    return kept


class _Places(dict[str, int]):
    """The number of each value, from 1; a new value gets the next one."""

    def __missing__(self, value: str) -> int:
        place = self[value] = len(self) + 1
        return place


class _ValueWriter:
    """One value field: goes on from a column's codes."""

    def __init__(self, base: ValueColumn | None) -> None:
        self._places = _Places(base.places if base else {})
        self._codes: Parts = [base.codes] if base else []
        self._lengths: Parts = [np.diff(base.starts)] if base else []

    def add(self, rows: Iterable[Sequence[str]], overturned: Mask) -> None:
        """The values of each document. One without any has the code of nothing in their place."""
        rows = [tuple(dict.fromkeys(row)) if len(row) > 1 else row for row in rows]
        held = np.fromiter(map(len, rows), np.uint32, len(rows))
        lengths = np.maximum(held, 1)
        codes = np.repeat(overturned, lengths).astype(np.uint32)
        places = map(self._places.__getitem__, chain.from_iterable(rows))
        codes[np.repeat(held > 0, lengths)] += 2 * np.fromiter(places, np.uint32)
        self._codes.append(codes)
        self._lengths.append(lengths)

    def write(self, folder: Path, name: str, alive: Mask) -> None:
        codes, lengths = np.concatenate(self._codes), np.concatenate(self._lengths)
        totals = np.bincount(codes[np.repeat(alive, lengths)], minlength=2 * len(self._places) + 2)
        starts = np.append(np.uint32(0), np.cumsum(lengths, dtype=np.uint32))
        _save(folder, f"{name}.codes", codes)
        _save(folder, f"{name}.starts", starts)
        _save(folder, f"{name}.totals", totals)
        (folder / f"{name}.values.json").write_bytes(msgspec.json.encode(list(self._places)))


def _save(folder: Path, name: str, data: NDArray[Any]) -> None:
    np.save(folder / f"{name}.npy", data, allow_pickle=False)
