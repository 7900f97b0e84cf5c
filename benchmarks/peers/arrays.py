"""Facet values of all documents as NumPy arrays, in the plainest form that is quick."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imrsearch.model import OVERTURNED
from imrsearch.schema import FACETS, IssueDocument

Mask = NDArray[np.bool_]


class ArraysWriter:
    """Collects the values of documents in the order of their rows."""

    def __init__(self) -> None:
        self._overturned = array("b")
        self._rows: Mapping[str, array[int]] = {name: array("I") for name in FACETS}
        self._codes: Mapping[str, array[int]] = {name: array("I") for name in FACETS}
        self._values: dict[str, dict[str, int]] = defaultdict(dict)

    def add(self, document: IssueDocument) -> None:
        """One more row."""
        for name in FACETS:
            numbers = self._values[name]
            for value in document.values.get(name, ()):
                self._rows[name].append(len(self._overturned))
                self._codes[name].append(numbers.setdefault(value, len(numbers)))
        self._overturned.append(document.values.get("decision") == (OVERTURNED,))

    def write(self, folder: Path) -> None:
        """Write what ``Arrays`` opens."""
        np.save(folder / "overturned.npy", np.array(self._overturned, bool))
        for name in FACETS:
            pairs = np.array([self._rows[name], self._codes[name]], np.uint32)
            np.save(folder / f"{name}.npy", pairs)
        values = {name: list(numbers) for name, numbers in self._values.items()}
        (folder / "values.json").write_text(json.dumps(values), encoding="utf-8")


class Arrays:
    """A row and a value's number for each value that a document has."""

    def __init__(self, folder: Path) -> None:
        self._overturned: Mask = np.load(folder / "overturned.npy")
        self._pairs: Mapping[str, NDArray[Any]] = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in FACETS
        }
        self._values = json.loads((folder / "values.json").read_text(encoding="utf-8"))

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._overturned)

    def holding(self, name: str, value: str) -> Mask:
        """The documents that have a value."""
        rows, codes = self._pairs[name]
        mask = np.zeros(len(self), dtype=bool)
        mask[rows[codes == self._values[name].index(value)]] = True
        return mask

    def table(self, name: str, mask: Mask) -> dict[str, tuple[int, int]]:
        """How many documents of ``mask`` have each value, and how many of them are overturned."""
        rows, codes = self._pairs[name]
        chosen = mask[rows]
        counted = 2 * codes[chosen] + self._overturned[rows[chosen]]
        values = self._values.get(name, [])
        counts = np.bincount(counted, minlength=2 * len(values)).reshape(-1, 2)
        totals = counts.sum(axis=1)
        held = np.flatnonzero(totals)
        figures = zip(totals[held].tolist(), counts[held, 1].tolist(), strict=True)
        return dict(zip([values[place] for place in held], figures, strict=True))
