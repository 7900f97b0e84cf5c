"""What a search engine must do, in our own words.

Everything above this line of the design speaks in these types: a query tree
(``imrsearch.query.tree``), a request, a response. No engine's query syntax, document number or
file name leaks out. An engine's package is the only place that imports the engine's library.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from imrsearch.query.tree import Query
from imrsearch.schema import FacetCount, IssueDocument


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction that belongs to a facet: ``query`` narrows the answer, but not the counts of
    the facet named ``facet`` (that is what lets people choose a second value)."""

    facet: str
    query: Query


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search for the hits ``offset`` to ``offset + limit``, with the tables of ``facets``.

    ``beside``: other queries, counted under the same filters.

    ``sort``: ``relevance``; ``newest`` or ``oldest`` by ``decided``, undated documents last; or
    ``overturned``, which come first, each part by relevance. What is equal then keeps the order in
    which documents were written. After ``seconds`` the answer is what was found until then.
    """

    query: Query
    filters: tuple[Filter, ...] = ()
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    seconds: float | None = None
    beside: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, with its score (0 where relevance has no part in the order)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """Hits of the page asked for, exact total, how many of that total are overturned, and facet
    tables (frequent values first, then A to Z; documents without a value last).

    ``beside``: how many documents each of the request's other queries finds. ``timed_out``: there
    may be more, but nothing that is here is wrong.
    """

    hits: tuple[Hit, ...]
    total: int
    overturned: int
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    beside: tuple[int, ...] = ()
    timed_out: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word as written, and in how many documents the text field that has it most has it."""

    word: str
    count: int


def suggestions(counts: Mapping[str, int], limit: int | None) -> tuple[Suggestion, ...]:
    """The ``limit`` most frequent words, A to Z where they are equally frequent."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Suggestion(word, count) for word, count in ordered[:limit])


class Index(Protocol):
    """An open, read-only index. Safe to share between threads."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request."""

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``, frequent ones first; no ``limit``: all."""

    def frequency(self, word: str) -> int:
        """In how many documents the text field that has it most has the word as written: known at
        once, where a search goes through the documents. Documents deleted lately may count."""

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """The number of documents that match ``query``; without one, of all documents.

        What is not read within ``seconds`` is not counted.
        """

    def close(self) -> None:
        """Let go of files; searching afterwards is an error."""


class Engine(Protocol):
    """A kind of index, registered by ``name`` in ``imrsearch.engines``.

    ``folder`` is the engine's own place in a build. An engine whose documents are elsewhere keeps
    there what it needs to find them again; nobody else looks inside.
    """

    name: str

    runs_code: bool
    """Whether opening an index runs what its files say (pickles): they are compared with the
    hashes in the manifest whenever they are opened, not only where they seem to have changed."""

    updates: bool
    """Whether ``update`` costs in proportion to what is new."""

    def create(self, folder: Path, documents: Iterable[IssueDocument]) -> int:
        """Write a new index into the empty ``folder``; returns the number of documents."""

    def update(
        self, folder: Path, base: Path, removed: Collection[str], documents: Iterable[IssueDocument]
    ) -> int:
        """Write into the empty ``folder`` what the index in ``base`` holds, without the documents
        of the cases ``removed`` (by the value ``case``), followed by ``documents``.

        Returns the number of documents. ``base`` stays as it is. Only where ``updates`` says so.
        """

    def open(self, folder: Path) -> Index:
        """Open what ``create`` or ``update`` wrote."""
