"""Chooses the fields that are counted together (``reader.JointCounts``) when columns are written.

Fields join a bundle one after the other until its documents have too many different combinations
of values; the next field then begins another bundle. A field with too many combinations of its
own, such as the pages cited, is in none.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.reader import BUNDLES, Columns, ValueColumn

MAX_COMBINATIONS = 1 << 13
"""The most combinations in a bundle. A higher limit makes fewer bundles (each is one pass over the
documents found) but pays off only for large results: counting 33,000 of 100,000 issues took 1.4 ms
with this limit and 2.5 ms with four times as many, counting a third of a million 15 and 22 ms."""
_LARGEST_TABLE = 1 << 24
"""Up to this many different numbers, a lookup table is faster than sorting."""


def write_bundles(folder: Path, names: Iterable[str]) -> None:
    """Write the bundles of these fields into ``folder``, beside their columns."""
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
