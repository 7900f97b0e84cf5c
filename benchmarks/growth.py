"""What grows while a server runs: its own memory, mapped files apart, and what it searches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.processes import Vitals
from imrsearch.storage.builds.reading import current_manifest
from imrsearch.storage.collection.reader import file_of

_SETTLED = 600.0
"""Seconds after which nothing may grow; a fifth of a shorter time."""
_PARTS = 6
"""Parts of the time, each told by itself: growth that ends looks otherwise than a leak."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to search: issues, and bytes of the current build and of the collection."""

    issues: int
    build: int
    collection: int

    @classmethod
    def of(cls, index: Path) -> Stock:
        """What is in an index folder now."""
        manifest = current_manifest(index)
        build = sum(file.size for file in manifest.files.values())
        return cls(manifest.issues, build, file_of(index).stat().st_size)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen, so many seconds after the beginning of the second part."""

    at: float
    vitals: Vitals
    stock: Stock


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that may grow: its title, its value in a sample, and its unit."""

    title: str
    value: Callable[[Sample], float]
    unit: int = 1


_BYTES = 1 << 20
FIGURES: Mapping[str, Figure] = {
    "own": Figure("memory of their own, MiB", lambda one: one.vitals.own, _BYTES),
    "mapped": Figure(
        "memory of mapped files, MiB", lambda one: one.vitals.memory - one.vitals.own, _BYTES
    ),
    "files": Figure("open and mapped files", lambda one: one.vitals.files),
    "threads": Figure("threads", lambda one: one.vitals.threads),
    "issues": Figure("issues indexed", lambda one: one.stock.issues),
    "build": Figure("index, MiB", lambda one: one.stock.build, _BYTES),
    "collection": Figure("collection, MiB", lambda one: one.stock.collection, _BYTES),
}
"""Of all processes together, and of what they search."""


def growth(samples: Sequence[Sample], name: str) -> tuple[float, float]:
    """The level of a figure since it settled, and by how much it grew until the end."""
    start = min(_SETTLED, samples[-1].at / 5)
    value = FIGURES[name].value
    some = [(one.at, float(value(one))) for one in samples if one.at >= start]
    times, values = np.array(some).T
    return float(np.median(values)), slope(times, values) * float(times[-1] - times[0])


def slope(times: np.ndarray, values: np.ndarray) -> float:
    """Growth a second: the median of the slopes between all pairs (Theil and Sen), which single
    peaks do not move."""
    picked = np.linspace(0, len(times) - 1, min(len(times), 400)).astype(int)
    one, other = np.triu_indices(len(picked), 1)
    times, values = times[picked], values[picked]
    return float(np.median((values[other] - values[one]) / (times[other] - times[one])))


def course(samples: Sequence[Sample]) -> list[list[float]]:
    """For each part of the time, the minute it ends and the median of each figure."""
    parts = np.array_split(np.arange(len(samples)), min(_PARTS, len(samples)))
    return [_told_of([samples[place] for place in part]) for part in parts]


def _told_of(some: Sequence[Sample]) -> list[float]:
    values = (list(map(figure.value, some)) for figure in FIGURES.values())
    return [some[-1].at / 60, *map(float, map(np.median, values))]
