"""The protocol of a search engine: query tree in, response out.

The layers above use these types only: a query tree (``imrsearch.query.tree``), a request, a
response. No engine's query syntax, document number or file name leaks out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import Protocol

import msgspec

from imrsearch.query.tree import Query
from imrsearch.schema import TEXT_FIELDS, FacetCount, IssueDocument
from imrsearch.system.settings import Settings


@dataclass(frozen=True, slots=True)
class Filter:
    """A restriction by a facet: ``query`` narrows the hits and all counts except those of
    ``facet`` itself, so that a second value can be chosen."""

    facet: str
    query: Query


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search for the hits ``offset`` to ``offset + limit``, with the counts of ``facets``.

    ``beside``: other queries, counted under the same filters. ``fold``: of the documents whose
    rationale has the same wording and the same outcome, only the first is a hit; totals and facets
    count all. An engine without wordings returns all documents, and no ``wordings``.

    ``sort``: ``relevance``; ``newest`` or ``oldest`` by ``decided``, undated documents last;
    another number field: the highest first, documents without it last; or ``overturned``:
    overturned issues first, each group by relevance. Ties keep the order in which documents were
    written. After ``seconds`` the response holds what was found by then.
    """

    query: Query
    filters: tuple[Filter, ...] = ()
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    seconds: float | None = None
    beside: tuple[Query, ...] = ()
    fold: bool = False


MAX_SAME = 100
"""Most documents with the same wording that are named with a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found, with its score (0 where the order does not depend on relevance).

    ``others``: how many more documents found have the same wording; ``same`` names up to
    ``MAX_SAME`` of them. Only if that was requested.
    """

    id: str
    score: float
    others: int = 0
    same: tuple[str, ...] = ()


class LazyFacetRows(Sequence[FacetCount]):
    """A facet's rows that are made or read when somebody looks at them. Equal to any sequence of
    the same rows."""

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same rows."""
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        """Equal tables have equally many rows."""
        return hash(len(self))

    def __repr__(self) -> str:
        """All rows."""
        return repr(tuple(self))


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """The hits of the requested page, the exact total, how many of it are overturned, and the
    facet counts (most frequent values first, then A to Z; documents without a value last).

    ``beside``: how many documents each of the request's other queries finds. ``wordings``: how many
    hits there are where they are folded. ``timed_out``: the response may be incomplete, but what it
    has is right."""

    hits: tuple[Hit, ...]
    total: int
    overturned: int
    facets: Mapping[str, Sequence[FacetCount]] = field(default_factory=dict)
    beside: tuple[int, ...] = ()
    timed_out: bool = False
    wordings: int | None = None


class Suggestion(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An indexed word and its document frequency (the highest of all text fields)."""

    word: str
    count: int

    @property
    def rank(self) -> tuple[int, str]:
        """Sorts the most frequent word first; ties from A to Z."""
        return -self.count, self.word


def suggestions(counts: Mapping[str, int], limit: int | None = None) -> tuple[Suggestion, ...]:
    """The ``limit`` most frequent words."""
    found = starmap(Suggestion, counts.items())
    return tuple(sorted(found, key=attrgetter("rank"))[:limit])


class IndexSearcher(Protocol):
    """An open, read-only index. Safe to share between threads."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request."""

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Indexed words that begin with ``start``, most frequent first; all if no ``limit``."""

    def frequency(self, word: str) -> int:
        """The document frequency of the word as written (the highest of all text fields).

        Read from the index's dictionary, without a search; recently deleted documents may count.
        """

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """The number of documents that match ``query``; without one, of all documents.

        What is not read within ``seconds`` is not counted.
        """

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        """``count`` of several queries, asked together; each may take ``seconds``."""
        return tuple(self.count(query, seconds) for query in queries)

    def cases(self) -> int:
        """The number of different cases (values of ``case``) among the documents."""

    def sample(self, size: int) -> tuple[str, ...]:
        """The ids of up to ``size`` documents in the order of writing, spread over all of them;
        including the first and the last."""

    def health(self) -> str:
        """As clusters report it: ``green``; ``yellow`` if a replica of a shard is missing; ``red``
        if a shard is. Readable files on one machine are ``green``."""
        return "green"

    def close(self) -> None:
        """Release the files; searching afterwards is an error."""


class Engine:
    """A kind of index, registered by ``name`` in ``imrsearch.engines``. What is said of what lies
    outside of the folder is left out by an engine whose whole index is in it.

    ``folder`` is the engine's own folder in a build. An engine whose documents are elsewhere keeps
    there what it needs to find them again; no other code looks inside. ``label`` names a build
    among all others: such an engine names its documents by it, so that they are found without the
    folder too.
    """

    name: str

    runs_code: bool = False
    """Whether opening an index can execute code from its files (pickles). Such files are always
    compared with the manifest's hashes, not only when they seem to have changed."""

    updates: bool = False
    """Whether ``update`` is offered; its cost is proportional to what is new."""

    def __init__(self, settings: Settings) -> None:
        """With the settings in force; only an engine whose documents are elsewhere needs them."""

    def create(self, folder: Path, documents: Iterable[IssueDocument], label: str = "") -> int:
        """Write a new index into the empty ``folder``; returns the number of documents."""
        raise NotImplementedError

    def update(
        self,
        folder: Path,
        base: Path,
        removed: Collection[str],
        documents: Iterable[IssueDocument],
        label: str = "",
    ) -> int:
        """Write into the empty ``folder`` the index of ``base`` without the documents of the
        cases ``removed`` (by the value ``case``), followed by ``documents``.

        Returns the number of documents; ``base`` is not changed. Only where ``updates`` is true.
        """
        raise NotImplementedError

    def open(self, folder: Path) -> IndexSearcher:
        """Open what ``create`` or ``update`` wrote."""
        raise NotImplementedError

    def remove(self, folder: Path, label: str = "") -> None:
        """Remove what ``create`` or ``update`` left outside of ``folder``, finished or not, if it
        is still there; without the folder's files, what has the label."""

    def verify(self, folder: Path) -> None:
        """Raises DamagedBuild unless what is outside of ``folder`` is still what was written."""


def weighted_fields(fields: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The text fields that are searched, all where none is named, each with its weight."""
    return ((field, TEXT_FIELDS[field]) for field in fields or TEXT_FIELDS)


SCORED_WORDS = 64
"""Most expansions of a prefix that are scored."""
