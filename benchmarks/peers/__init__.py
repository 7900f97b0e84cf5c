"""Other ways to search the same issues, each with the library's own means.

A peer does what one page of results needs: the ten best ids, the exact total, the tables of all
facets with outcome (those of a facet that is filtered by as if it were not), and ten excerpts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from benchmarks.queries import Search
from imrsearch.schema import FACETS, IssueDocument

Tables = Mapping[str, Mapping[str, tuple[int, int]]]
"""For each facet and value, how many issues have it and how many of these are overturned."""

FILTERED = "category"
"""The facet that searches filter by."""

OTHERS = tuple(name for name in FACETS if name != FILTERED)


@dataclass(frozen=True, slots=True)
class Found:
    """What a peer found; hits and facets in the library's own form."""

    total: int
    hits: Sequence[Any]
    facets: Any


class Peer(Protocol):
    """One way to search."""

    name: str

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Index the documents in the empty ``folder``."""

    def open(self, folder: Path) -> None:
        """Make ready for searching, with nothing known from before."""

    def search(self, search: Search) -> Found:
        """Hits, total and facets."""

    def excerpts(self, search: Search, found: Found) -> None:
        """The excerpts of the hits."""

    def tables(self, found: Found) -> Tables:
        """The facets in one form for all, to be compared; not measured."""
