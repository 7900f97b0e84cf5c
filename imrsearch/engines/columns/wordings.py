"""Documents of the same wording: found once, when columns are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imrsearch.engines.columns.reader import ScoredRow
from imrsearch.text.minhash import HASHES

LEAST_ALIKE = 12
"""So many of sixteen numbers agree: about four fifths of what two texts say is the same."""
_BAND = 4
"""Numbers that must all agree for two texts to be compared at all. There are four such bands: one
agrees for 88 of a hundred pairs that share four fifths, for 99 that share nine tenths."""


def same_wording(signatures: NDArray[Any], apart: NDArray[Any]) -> NDArray[Any]:
    """For each row the lowest row of the same wording, ``(n_rows,)`` int32.

    ``signatures`` is ``(n_rows, HASHES)`` uint16; rows that differ in ``apart``, ``(n_rows,)``,
    such as approvals and denials, are never the same, nor are texts without a signature.
    """
    lowest = np.arange(len(signatures), dtype=np.int32)
    pairs = [*_like_pairs(np.asarray(signatures), np.asarray(apart))]
    if not pairs:
        return lowest
    left, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    while True:
        lower = np.minimum(lowest[left], lowest[right])
        joined = lowest.copy()
        np.minimum.at(joined, left, lower)
        np.minimum.at(joined, right, lower)
        joined = joined[joined]
        if np.array_equal(joined, lowest):
            return lowest
        lowest = joined


def _like_pairs(
    signatures: NDArray[Any], apart: NDArray[Any]
) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """Rows that are alike, each with the first row that has the same band, band by band."""
    told = np.flatnonzero(signatures.any(axis=1))
    for start in range(0, HASHES, _BAND):
        band = np.ascontiguousarray(signatures[told, start : start + _BAND]).view(np.uint64)[:, 0]
        order = told[np.lexsort((apart[told], band))]
        keys = np.ascontiguousarray(signatures[order, start : start + _BAND]).view(np.uint64)[:, 0]
        changes = np.ones(len(order), bool)
        changes[1:] = (keys[1:] != keys[:-1]) | (apart[order][1:] != apart[order][:-1])
        firsts = order[np.maximum.accumulate(np.where(changes, np.arange(len(order)), 0))]
        others = order != firsts
        alike = signatures[order[others]] == signatures[firsts[others]]
        same = alike.sum(axis=1) >= LEAST_ALIKE
        yield order[others][same], firsts[others][same]


def fold(
    best: Callable[[int], Sequence[ScoredRow]],
    groups: NDArray[Any],
    first: int,
    last: int,
    size: int,
) -> list[ScoredRow]:
    """The documents from place ``first`` to ``last`` when of each group only the best counts.

    ``best`` gives so many of all ``size`` documents, the best first; it is asked for more until
    there are enough groups among them.
    """
    wanted = last * 2
    while True:
        found = best(min(wanted, size))
        kept: dict[int, ScoredRow] = {}
        for score, row in found:
            kept.setdefault(int(groups[row]), (score, row))
        if len(kept) >= last or wanted >= size:
            return list(kept.values())[first:last]
        wanted *= 4
