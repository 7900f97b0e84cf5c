"""Writes the columns that ``reader`` reads.

Documents are taken in batches, one field at a time: NumPy does most of the work, and only numbers
stay in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.reader import ABSENT, BUNDLES, Columns
from imrsearch.engines.columns.values import Mask, ValueColumn
from imrsearch.engines.columns.wordings import same_wording
from imrsearch.model import OVERTURNED
from imrsearch.schema import FACETS, NUMBER_FIELDS, VALUE_FIELDS, IssueDocument
from imrsearch.text.minhash import HASHES, signature

_DOCUMENTS_A_BATCH = 200

Parts = list[NDArray[Any]]
"""The parts of an array that is concatenated at the end."""


def in_batches(documents: Iterable[IssueDocument]) -> Iterator[list[IssueDocument]]:
    """The documents, in order, in lists long enough for NumPy to be efficient."""
    documents = iter(documents)
    while some := [*islice(documents, _DOCUMENTS_A_BATCH)]:
        yield some


class ColumnsWriter:
    """Collects documents, then writes their columns.

    ``base``: the columns to continue, without the documents of the cases ``removed``.
    """

    def __init__(self, base: Columns | None = None, removed: Iterable[str] = ()) -> None:
        self._alive: Parts = [_remaining(base, removed)] if base else []
        self._ids: Parts = [base.ids] if base else []
        self._overturned: Parts = [base.overturned] if base else []
        self._signatures: Parts = [base.signatures] if base else []
        self._numbers: dict[str, Parts] = {
            name: [base.numbers[name]] if base else [] for name in NUMBER_FIELDS
        }
        self._values = {
            name: _ValueWriter(base.values[name] if base else None) for name in VALUE_FIELDS
        }
        self.rows = len(base) if base else 0
        """The number of rows so far, and so the next row."""

    def add(self, documents: Sequence[IssueDocument]) -> None:
        """Take documents; larger batches are faster."""
        self.rows += len(documents)
        decisions = [document.values.get("decision", ()) for document in documents]
        overturned = np.array([OVERTURNED in some for some in decisions], bool)
        self._alive.append(np.ones(len(documents), bool))
        self._ids.append(np.array([document.id.encode() for document in documents], "S"))
        self._overturned.append(overturned)
        told = [signature(document.texts.get("rationale", "")) for document in documents]
        self._signatures.append(np.array(told, np.uint16).reshape(-1, HASHES))
        for name, parts in self._numbers.items():
            numbers = [document.numbers.get(name, ABSENT) for document in documents]
            parts.append(np.array(numbers, np.int32))
        for name, writer in self._values.items():
            writer.add([document.values.get(name, ()) for document in documents], overturned)

    def write(self, folder: Path) -> int:
        """Write all columns; returns the number of living documents."""
        self.add(())  # gives each array a part, even if there is no document
        alive = np.concatenate(self._alive)
        _save_array(folder, "alive", alive)
        _save_array(folder, "ids", np.concatenate(self._ids))
        overturned = np.concatenate(self._overturned)
        _save_array(folder, "overturned", overturned)
        signatures = np.concatenate(self._signatures)
        _save_array(folder, "signatures", signatures)
        _save_array(folder, "wordings", same_wording(signatures, overturned))
        for name, parts in self._numbers.items():
            _save_array(folder, f"{name}.number", np.concatenate(parts))
        for name, writer in self._values.items():
            writer.write(folder, name, alive)
        write_bundles(folder, list(FACETS))
        return int(np.count_nonzero(alive))


def _remaining(base: Columns, removed: Iterable[str]) -> Mask:
    """The living documents of ``base`` whose cases are not ``removed``."""
    cases = base.values["case"]
    places = cases.names.places
    gone = [places[case] for case in removed if case in places]
    kept: Mask = base.everything & ~np.isin(cases.codes[cases.starts[:-1]] >> 1, gone)
    return kept


class _NumberOfValue(dict[str, int]):
    """The number of each value, from 1; a new value gets the next one."""

    def __missing__(self, value: str) -> int:
        place = self[value] = len(self) + 1
        return place


class _ValueWriter:
    """One value field, continued from a column's codes."""

    def __init__(self, base: ValueColumn | None) -> None:
        self._places = _NumberOfValue(base.names.places if base else {})
        self._codes: Parts = [base.codes] if base else []
        self._lengths: Parts = [np.diff(base.starts)] if base else []

    def add(self, rows: Iterable[Sequence[str]], overturned: Mask) -> None:
        """The values of each document; one without values gets the code of "no value"."""
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
        _save_array(folder, f"{name}.codes", codes)
        _save_array(folder, f"{name}.starts", starts)
        _save_array(folder, f"{name}.totals", totals)
        (folder / f"{name}.values.json").write_bytes(msgspec.json.encode(list(self._places)))


def _save_array(folder: Path, name: str, data: NDArray[Any]) -> None:
    np.save(folder / f"{name}.npy", data, allow_pickle=False)


MAX_COMBINATIONS = 1 << 13
"""The most combinations in a bundle. A higher limit makes fewer bundles (each is one pass over the
documents found) but pays off only for large results: counting 33,000 of 100,000 issues took 1.4 ms
with this limit and 2.5 ms with four times as many, counting a third of a million 15 and 22 ms."""
_LARGEST_TABLE = 1 << 24
"""Up to this many different numbers, a lookup table is faster than sorting."""


def write_bundles(folder: Path, names: Iterable[str]) -> None:
    """Choose which of these fields are counted together (``reader.JointCounts``), and write these
    bundles into ``folder``, beside the columns.

    Fields join a bundle one after the other until its documents have too many different
    combinations of values; the next field then begins another bundle. A field with too many
    combinations of its own, such as the pages cited, is in none.
    """
    columns = Columns(folder)
    bundles: list[list[str]] = []
    kinds = np.zeros(len(columns), np.int64)
    for name in names:
        of_field = _renumbered(_kinds_of(columns.values[name]))
        if of_field is None:
            continue
        joined = _renumbered(kinds * (int(of_field.max(initial=0)) + 1) + of_field)
        if joined is None or not bundles:
            bundles.append([])
        kinds = of_field if joined is None else joined
        bundles[-1].append(name)
        _save_bundle(folder, len(bundles) - 1, kinds)
    (folder / BUNDLES).write_bytes(msgspec.json.encode(bundles))


def _save_bundle(folder: Path, place: int, kinds: NDArray[Any]) -> None:
    samples = np.zeros(int(kinds.max(initial=-1)) + 1, np.int64)
    samples[kinds] = np.arange(len(kinds))
    np.save(folder / f"bundle-{place}.kinds.npy", kinds.astype(np.uint16))
    np.save(folder / f"bundle-{place}.samples.npy", samples)


def _kinds_of(column: ValueColumn) -> NDArray[Any]:
    """For each document a number for its set of values in one field, ``(n_documents,)`` int64.

    Several values make the sum of one random number each. Two of 32,768 different sets have the
    same 64-bit sum with a probability of one in thirty thousand million.
    """
    codes: NDArray[Any] = np.asarray(column.codes, np.int64)
    if column.single or not len(codes):
        return codes
    chance = np.random.Generator(np.random.PCG64(len(column.totals)))
    of_code = chance.integers(0, 1 << 63, len(column.totals), np.int64)
    return np.asarray(np.add.reduceat(of_code[codes], column.starts[:-1].astype(np.int64)))


def _renumbered(kinds: NDArray[Any]) -> NDArray[Any] | None:
    """The kinds renumbered from 0 without gaps; ``None`` for more than ``MAX_COMBINATIONS``."""
    if not 0 <= kinds.min(initial=0) <= kinds.max(initial=0) < _LARGEST_TABLE:
        found, numbers = np.unique(kinds, return_inverse=True)
        return numbers if len(found) <= MAX_COMBINATIONS else None
    seen = np.zeros(int(kinds.max(initial=0)) + 1, bool)
    seen[kinds] = True
    if np.count_nonzero(seen) > MAX_COMBINATIONS:
        return None
    return np.asarray((np.cumsum(seen) - 1)[kinds])
