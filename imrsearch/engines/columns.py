"""Values and numbers of every document as NumPy arrays: filters, facet tables and sort orders.

A value field may hold any number of values, so it is kept in compressed rows: ``codes`` are the
values of all documents one after the other (as positions in the sorted list of values), and
``owners`` tells for each code which document it belongs to.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.contract import (
    NUMBER_FIELDS,
    VALUE_FIELDS,
    Count,
    IssueDocument,
    Range,
)
from imrsearch.model import OVERTURNED

Mask = NDArray[np.bool_]
"""One truth value for each document."""

ARRAYS = "columns.npz"
VALUES = "values.json"
ABSENT = np.iinfo(np.int64).min
"""Stands for "no number" in a number field."""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A value field: its values A to Z, and which document holds which of them."""

    values: tuple[str, ...]
    codes: NDArray[Any]
    owners: NDArray[Any]
    documents: int

    def holding(self, value: str) -> Mask:
        """The documents that hold ``value``."""
        mask = np.zeros(self.documents, dtype=bool)
        code = bisect_left(self.values, value)
        if code < len(self.values) and self.values[code] == value:
            mask[self.owners[self.codes == code]] = True
        return mask

    def empty(self) -> Mask:
        """The documents that hold nothing."""
        mask = np.ones(self.documents, dtype=bool)
        mask[self.owners] = False
        return mask

    def table(self, matched: Mask, overturned: Mask) -> tuple[Count, ...]:
        """How many of the ``matched`` documents hold each value; those without one come last."""
        counts = self._counts(matched)
        won = self._counts(matched & overturned)
        frequent_first = np.lexsort((np.arange(len(counts)), -counts))
        rows = [
            Count(self.values[code], int(counts[code]), int(won[code]))
            for code in frequent_first[: np.count_nonzero(counts)]
        ]
        without = matched & self.empty()
        if without.any():
            rows.append(Count(None, _size(without), _size(without & overturned)))
        return tuple(rows)

    def _counts(self, matched: Mask) -> NDArray[Any]:
        return np.bincount(self.codes[matched[self.owners]], minlength=len(self.values))


class Columns:
    """The columns of one index, in memory: some 200 bytes a document."""

    def __init__(self, folder: Path) -> None:
        stored = msgspec.json.decode((folder / VALUES).read_bytes())
        with np.load(folder / ARRAYS) as arrays:
            self.ids: list[str] = stored["ids"]
            self.values = {
                name: ValueColumn(
                    tuple(stored["values"][name]),
                    arrays[f"codes/{name}"],
                    arrays[f"owners/{name}"],
                    len(self.ids),
                )
                for name in VALUE_FIELDS
            }
            self.numbers = {name: arrays[f"numbers/{name}"] for name in NUMBER_FIELDS}
        self.overturned = self.values["decision"].holding(OVERTURNED)

    def within(self, query: Range) -> Mask:
        """The documents whose number lies in the range."""
        numbers = self.numbers[query.field]
        mask: Mask = numbers != ABSENT
        if query.low is not None:
            mask &= numbers >= query.low
        if query.high is not None:
            mask &= numbers <= query.high
        return mask

    def table(self, field: str, matched: Mask) -> tuple[Count, ...]:
        """The facet table of one value field over the ``matched`` documents."""
        return self.values[field].table(matched, self.overturned)

    def order(self, sort: str, documents: NDArray[Any], scores: NDArray[Any]) -> NDArray[Any]:
        """``documents`` in the order asked for; ``scores`` are theirs. Ties keep their order."""
        decided = self.numbers["decided"][documents]
        undated = decided == ABSENT
        keys = {
            "relevance": (-scores,),
            "newest": (-decided, undated),
            "oldest": (decided, undated),
            "overturned": (-scores, ~self.overturned[documents]),
        }
        return documents[np.lexsort(keys[sort])]


class ColumnsWriter:
    """Collects documents, then writes what ``Columns`` reads."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._values = {name: _ValueWriter() for name in VALUE_FIELDS}
        self._numbers = {name: array("q") for name in NUMBER_FIELDS}

    def add(self, document: IssueDocument) -> None:
        """Take one document."""
        for name, values in self._values.items():
            values.add(len(self._ids), document.values.get(name, ()))
        for name, numbers in self._numbers.items():
            numbers.append(document.numbers.get(name, ABSENT))
        self._ids.append(document.id)

    def write(self, folder: Path) -> int:
        """Write everything; returns the number of documents."""
        arrays = {f"numbers/{name}": np.array(n, np.int64) for name, n in self._numbers.items()}
        values = {}
        for name, writer in self._values.items():
            values[name], arrays[f"codes/{name}"] = writer.sorted()
            arrays[f"owners/{name}"] = np.array(writer.owners, np.uint32)
        np.savez(folder / ARRAYS, **arrays)  # type: ignore[arg-type]
        (folder / VALUES).write_bytes(msgspec.json.encode({"ids": self._ids, "values": values}))
        return len(self._ids)


class _ValueWriter:
    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._codes = array("L")
        self.owners = array("L")

    def add(self, document: int, values: Iterable[str]) -> None:
        for value in dict.fromkeys(values):
            self._codes.append(self._seen.setdefault(value, len(self._seen)))
            self.owners.append(document)

    def sorted(self) -> tuple[list[str], NDArray[Any]]:
        """The values A to Z, and the codes as positions in that list."""
        values = sorted(self._seen)
        places = np.zeros(len(values), np.uint32)
        for place, value in enumerate(values):
            places[self._seen[value]] = place
        return values, places[np.array(self._codes, np.int64)]


def _size(mask: Mask) -> int:
    return int(np.count_nonzero(mask))
