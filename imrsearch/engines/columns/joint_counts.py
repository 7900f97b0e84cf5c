"""Which fields are counted together (see ``columns.Bundle``), found out when columns are written.

Fields are taken one after the other into a bundle until its documents have too many combinations
of values; the next one begins another. A field whose documents hardly ever agree, as the pages
cited, is in none.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.reader import BUNDLES, Columns, ValueColumn

MOST = 1 << 13
"""Combinations in a bundle. More of them make fewer bundles, each a pass over all documents found,
but are worth it for large results only: to count 33,000 of 100,000 issues took 1.4 ms with so many
and 2.5 with four times as many, a third of a million 15 and 22."""
_TABLE = 1 << 24
"""Up to so many numbers, a table of them is quicker than sorting."""


def write_bundles(folder: Path, names: Iterable[str]) -> None:
    """Write the bundles of these fields into ``folder``, beside their columns."""
    columns = Columns(folder)
    bundles: list[list[str]] = []
    kinds = np.zeros(len(columns), np.int64)
    for name in names:
        of_field = _numbered(_kinds(columns.values[name]))
        if of_field is None:
            continue
        joined = _numbered(kinds * (int(of_field.max(initial=0)) + 1) + of_field)
        if joined is None or not bundles:
            bundles.append([])
        kinds = of_field if joined is None else joined
        bundles[-1].append(name)
        _save(folder, len(bundles) - 1, kinds)
    (folder / BUNDLES).write_bytes(msgspec.json.encode(bundles))


def _save(folder: Path, place: int, kinds: NDArray[Any]) -> None:
    samples = np.zeros(int(kinds.max(initial=-1)) + 1, np.int64)
    samples[kinds] = np.arange(len(kinds))
    np.save(folder / f"bundle-{place}.kinds.npy", kinds.astype(np.uint16))
    np.save(folder / f"bundle-{place}.samples.npy", samples)


def _kinds(column: ValueColumn) -> NDArray[Any]:
    """For each document a number that says what it holds in a field.

    Several values make the sum of a random number for each. Sums of 64 bits tell apart what a
    bundle can hold: that two of 32,768 are the same happens once in thirty thousand million times.
    """
    codes: NDArray[Any] = np.asarray(column.codes, np.int64)
    if column.single or not len(codes):
        return codes
    chance = np.random.Generator(np.random.PCG64(len(column.totals)))
    of_code = chance.integers(0, 1 << 63, len(column.totals), np.int64)
    return np.asarray(np.add.reduceat(of_code[codes], column.starts[:-1].astype(np.int64)))


def _numbered(kinds: NDArray[Any]) -> NDArray[Any] | None:
    """The same kinds with numbers from 0 on, without gaps; ``None`` for too many."""
    if not 0 <= kinds.min(initial=0) <= kinds.max(initial=0) < _TABLE:
        found, numbers = np.unique(kinds, return_inverse=True)
        return numbers if len(found) <= MOST else None
    seen = np.zeros(int(kinds.max(initial=0)) + 1, bool)
    seen[kinds] = True
    if np.count_nonzero(seen) > MOST:
        return None
    return np.asarray((np.cumsum(seen) - 1)[kinds])
