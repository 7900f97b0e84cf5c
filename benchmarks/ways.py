"""imrsearch and its peers behind one interface: opened fresh, then queried search by search."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from benchmarks.peers import Peer, Tables
from benchmarks.processes import Finished, run
from benchmarks.queries import Search
from benchmarks.stock import Stock
from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse, Suggestion
from imrsearch.query.tree import Query
from imrsearch.search.service import SearchService
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import load_settings
from imrsearch.web.server import preload


@dataclass(frozen=True, slots=True)
class Asked:
    """The milliseconds of a search, and its total.

    ``answer``: until hits, total and facets were ready. ``page``: until excerpts were too; one of
    the two is ``None`` for a system without it.
    """

    total: int
    answer: float | None
    page: float | None


class Way(Protocol):
    """One system for searching a stock, already built."""

    name: str
    built: Finished | None

    def open(self) -> Callable[[Search], Asked]:
        """Open it fresh."""


class Service:
    """The service behind pages and commands: interpretation, hits, totals, all facets, rows with up
    to three excerpts, notes."""

    def __init__(self, stock: Stock, engine: str) -> None:
        self.name = f"imrsearch, {engine}"
        self.built: Finished | None = stock.build(engine)
        self._settings = load_settings({}, index=str(stock.index), search_seconds=600)

    def open(self) -> Callable[[Search], Asked]:
        """The current build and the collection; what a server loads before its first visitor comes
        is loaded."""
        preload()
        builds = Builds(self._settings.index)
        builds.current()
        service = SearchService(Collection.open(self._settings.index), builds, self._settings)

        def ask(search: Search) -> Asked:
            started = time.perf_counter()
            result = service.search(search.state)
            return Asked(result.total, None, _since(started))

        return ask


class EngineAlone:
    """Only the engine: exactly the requests with facets that the service sends."""

    def __init__(self, stock: Stock, engine: str) -> None:
        self.name = f"imrsearch, {engine}, engine alone"
        self.built: Finished | None = None
        self._settings = load_settings({}, index=str(stock.index), search_seconds=600)
        self._requests: dict[Search, tuple[SearchRequest, ...]] = {}
        self._recording = Recording(Builds(self._settings.index).current().index)
        collection = Collection.open(self._settings.index)
        self._service = SearchService(collection, OneBuild(self._recording), self._settings)

    def open(self) -> Callable[[Search], Asked]:
        """The current build's index."""
        index = Builds(self._settings.index).current().index

        def ask(search: Search) -> Asked:
            requests = self._requests_of(search)
            started = time.perf_counter()
            answers = [index.search(request) for request in requests]
            return Asked(answers[-1].total, _since(started), None)

        return ask

    def tables(self, search: Search) -> Tables:
        """Our facets, to compare those of peers with."""
        (*_, request) = self._requests_of(search)
        answer = self._recording.search(request)
        return {
            name: {one.value: (one.count, one.overturned) for one in table if one.value is not None}
            for name, table in answer.facets.items()
        }

    def _requests_of(self, search: Search) -> tuple[SearchRequest, ...]:
        if search not in self._requests:
            self._recording.requests.clear()
            self._service.search(search.state)
            asked = [request for request in self._recording.requests if request.limit > 1]
            asked.sort(key=lambda request: bool(request.facets))  # close matches have no facets
            self._requests[search] = tuple(replace(one, seconds=None) for one in asked)
        return self._requests[search]


class Recording:
    """An index that records its requests."""

    def __init__(self, index: IndexSearcher) -> None:
        self._index = index
        self.requests: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchResponse:
        """As the index itself."""
        self.requests.append(request)
        return self._index.search(request)

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """As the index itself."""
        return self._index.suggest(start, limit)

    def frequency(self, word: str) -> int:
        """As the index itself."""
        return self._index.frequency(word)

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """As the index itself."""
        return self._index.count(query, seconds)

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        """As the index itself."""
        return self._index.counts(queries, seconds)

    def cases(self) -> int:
        """As the index itself."""
        return self._index.cases()

    def sample(self, size: int) -> tuple[str, ...]:
        """As the index itself."""
        return self._index.sample(size)

    def health(self) -> str:
        """As the index itself."""
        return self._index.health()

    def close(self) -> None:
        """As the index itself."""
        self._index.close()


@dataclass(frozen=True, slots=True)
class OneBuild:
    """Builds of which there is one, and a build as well."""

    index: IndexSearcher
    id: str = "recorded"
    note: str | None = None

    def current(self) -> OneBuild:
        """Itself."""
        return self


class PeerWay:
    """A peer, built by a separate command and stored in the stock's folder."""

    def __init__(self, stock: Stock, key: str, peer: Peer) -> None:
        self.name = peer.name
        self._peer = peer
        self._folder = stock.folder / key
        kept = stock.folder / f"peer-{key}.json"
        if not kept.exists():
            shutil.rmtree(self._folder, ignore_errors=True)
            module = [sys.executable, "-m", "benchmarks.peers.registry"]
            took = run([*module, key, str(self._folder), stock.folder.name])
            kept.write_text(json.dumps(asdict(took)), encoding="utf-8")
        self.built: Finished | None = Finished(**json.loads(kept.read_text(encoding="utf-8")))

    def open(self) -> Callable[[Search], Asked]:
        """The peer, opened fresh."""
        self._peer.open(self._folder)
        return self._ask

    def _ask(self, search: Search) -> Asked:
        started = time.perf_counter()
        found = self._peer.search(search)
        answered = _since(started)
        self._peer.excerpts(search, found)
        return Asked(found.total, answered, _since(started))

    def tables(self, search: Search) -> Tables:
        """The peer's facets."""
        return self._peer.tables(self._peer.search(search))


def _since(started: float) -> float:
    return 1000 * (time.perf_counter() - started)
