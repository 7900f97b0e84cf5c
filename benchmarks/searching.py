"""One page of results, measured on the same corpus, searches and machine as its peers.

``python -m benchmarks.searching COUNT [ENGINE …]`` builds each index of about COUNT issues in a
temporary folder and prints seconds to build, milliseconds to open, and the median, 95th
percentile and maximum of a search, as a table in Markdown.
"""

from __future__ import annotations

import gc
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.corpus import Corpus, letter_text
from benchmarks.peers import BareTantivy, Fts5, Peer, Search, StockWhoosh, searches
from imrsearch import builds
from imrsearch.builds import Builds
from imrsearch.collection import Collection
from imrsearch.documents import documents
from imrsearch.engines.contract import IssueDocument
from imrsearch.letters import READER
from imrsearch.letters.reading import Letter
from imrsearch.letters.sources import Source
from imrsearch.search.service import SearchService
from imrsearch.search.state import Choice, SearchState
from imrsearch.settings import load_settings

ISSUES_PER_LETTER = 1.75
CATEGORY = "Rehabilitation"
_KEPT_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one way to search: seconds, milliseconds."""

    name: str
    issues: int
    build: float
    opening: float
    times: tuple[float, ...]

    def line(self) -> str:
        """A row of the table."""
        ordered = sorted(self.times)
        p95 = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        return (
            f"| {self.name} | {self.issues / self.build:,.0f} | {self.opening:,.0f} | "
            f"{statistics.median(ordered):,.1f} | {p95:,.1f} | {ordered[-1]:,.1f} |"
        )


def main(count: str, *engines: str) -> None:
    """Measure our service on each engine, then the peers."""
    letters = int(int(count) / ISSUES_PER_LETTER)
    wanted = searches(Corpus().words, CATEGORY)
    print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}")
    print(f"{letters:,} letters, {len(wanted)} searches, each twice\n")
    print(
        "| way | issues/s built | ms to open | p50 ms | p95 ms | max ms |\n"
        "|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _keep(folder, letters)
        for engine in engines or ("whoosh", "tantivy"):
            print(_ours(folder, engine, wanted).line(), flush=True)
        for peer in (Fts5(), BareTantivy(), StockWhoosh()):
            if peer.name == StockWhoosh.name and letters > 12_000:
                continue  # it needs minutes to build and seconds to search
            print(_peer(folder, peer, letters, wanted).line(), flush=True)


def _keep(folder: Path, letters: int) -> None:
    """Fill the collection, without reading letters."""
    collection = Collection.create(folder)
    batch: list[Letter] = []
    for determination in Corpus().determinations(letters):
        source = Source(Path(f"/corpus/{determination.file}"))
        batch.append(
            Letter(source, determination.case_id, letter_text(determination), determination)
        )
        if len(batch) == _KEPT_AT_ONCE:
            collection.keep(batch, READER)
            batch = []
    collection.keep(batch, READER)
    collection.close()


def _ours(folder: Path, engine: str, wanted: list[Search]) -> Figures:
    settings = load_settings({}, index=str(folder), search_seconds=60)
    collection = Collection.open(folder)
    started = time.perf_counter()
    manifest = builds.publish(
        folder,
        engine,
        documents(collection.every_letter()),
        letters=0,
        unread=0,
        revision=collection.revision,
    )
    built = time.perf_counter() - started
    started = time.perf_counter()
    current = Builds(folder)
    current.current()
    opening = 1000 * (time.perf_counter() - started)
    service = SearchService(collection, current, settings)
    times = _timed(lambda search: service.search(_state(search)).total, wanted)
    return Figures(f"imrsearch, {engine}", manifest.issues, built, opening, times)


def _state(search: Search) -> SearchState:
    words = " ".join(search.words)
    q = {
        "or": " OR ".join(search.words),
        "phrase": f'"{words}"',
        "prefix": f"{words}*",
    }.get(search.kind, words)
    choices = (Choice("category", search.category),) if search.category else ()
    return SearchState(q, choices)


def _peer(folder: Path, peer: Peer, letters: int, wanted: list[Search]) -> Figures:
    place = folder / type(peer).__name__
    place.mkdir()
    counted = _Counted(letters)
    started = time.perf_counter()
    peer.build(place, counted)
    built = time.perf_counter() - started - counted.seconds
    started = time.perf_counter()
    peer.open(place)
    opening = 1000 * (time.perf_counter() - started)
    return Figures(peer.name, counted.issues, built, opening, _timed(peer.search, wanted))


class _Counted:
    """The corpus's documents; the time that making them takes is not the peer's."""

    def __init__(self, letters: int) -> None:
        self._letters = letters
        self.issues = 0
        self.seconds = 0.0

    def __iter__(self) -> Iterator[IssueDocument]:
        made = documents(("", one) for one in Corpus().determinations(self._letters))
        while True:
            started = time.perf_counter()
            document = next(made, None)
            self.seconds += time.perf_counter() - started
            if document is None:
                return
            self.issues += 1
            yield document


def _timed(search: Callable[[Search], int], wanted: list[Search]) -> tuple[float, ...]:
    """Milliseconds of each search, the better of two runs after a first round to warm up."""
    gc.collect()
    rounds = []
    for _ in range(3):
        times = []
        for one in wanted:
            started = time.perf_counter()
            search(one)
            times.append(1000 * (time.perf_counter() - started))
        rounds.append(times)
    return tuple(min(pair) for pair in zip(*rounds[1:], strict=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
