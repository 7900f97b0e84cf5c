"""OpenSearch beside Tantivy: the same requests with all facets, their answers compared.

``python -m benchmarks.cluster COUNT [--nodes 1] [--folder FOLDER]`` starts a cluster of its own
(``make servers``), builds an index of about COUNT issues with each engine from the same collection,
sends both the requests that the service makes of the benchmark's searches, and prints what it took
and every difference in totals, outcomes and facet tables. With several nodes: three shards, one
replica each. Searches are asked twice before they are measured, so both are warm.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import Corpus
from benchmarks.measuring import Spread
from benchmarks.processes import vitals
from benchmarks.queries import searches
from benchmarks.stock import Stock
from benchmarks.ways import OneBuild, Recording
from imrsearch.engines import engine
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.search.service import SearchService
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings, load_settings
from tests.cluster.servers import run_opensearch


def main(arguments: Sequence[str]) -> None:
    """Measure as the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the collection here")
    given = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory() as place,
        run_opensearch(given.nodes, heap="1g", quick_start=False) as cluster,
    ):
        stock = Stock(given.folder or Path(place), given.count)
        several = {"opensearch_shards": 3, "opensearch_replicas": 1} if given.nodes > 1 else {}
        settings = load_settings(
            {},
            opensearch_urls=",".join(cluster.urls),
            opensearch_seconds=600,
            search_seconds=600,
            **several,
        )
        servers = [one.process.pid for one in cluster.nodes if one.process]
        indexes = [
            _built(stock, name, Path(place), settings, servers)
            for name in ("tantivy", "opensearch")
        ]
        requests = _requests(stock, indexes[0], settings)
        _compare(indexes, requests)
        for name, index in zip(("tantivy", "opensearch"), indexes, strict=True):
            print(f"{name}: {len(requests)} requests, milliseconds {_asked(index, requests)}")


def _built(
    stock: Stock, name: str, place: Path, settings: Settings, servers: Sequence[int]
) -> IndexSearcher:
    folder = place / name
    folder.mkdir()
    started, ours, theirs = time.perf_counter(), time.process_time(), vitals(servers).cpu
    made = engine(name, settings).create(folder, stock.documents(), f"benchmark-{stock.letters}")
    took = time.perf_counter() - started
    ours, theirs = time.process_time() - ours, vitals(servers).cpu - theirs
    print(
        f"{name}: {made:,} issues in {took:.1f} s, {made / took:,.0f} a second; processor time of "
        f"an issue: {ours / made * 1000:.2f} ms here, {theirs / made * 1000:.2f} ms there; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return engine(name, settings).open(folder)


def _requests(stock: Stock, index: IndexSearcher, settings: Settings) -> list[SearchRequest]:
    """What the service asks an engine for, search by search; the requests with facets."""
    recording = Recording(index)
    with closing(Collection.open(stock.index)) as collection:
        service = SearchService(collection, OneBuild(recording), settings)
        for search in searches(Corpus().words):
            service.search(search.state)
    asked = [one for one in recording.requests if one.facets and one.limit > 1]
    return [replace(one, seconds=None) for one in asked]


def _compare(indexes: Sequence[IndexSearcher], requests: Sequence[SearchRequest]) -> None:
    differing = 0
    for request in requests:
        ours, theirs = (index.search(request) for index in indexes)
        differing += (ours.total, ours.overturned) != (theirs.total, theirs.overturned)
        differing += sum(
            tuple(ours.facets[name]) != tuple(theirs.facets[name]) for name in request.facets
        )
    facets = sum(len(request.facets) for request in requests)
    print(f"{differing} differences in {len(requests)} totals and {facets} tables", flush=True)


def _asked(index: IndexSearcher, requests: Sequence[SearchRequest]) -> Spread:
    times = []
    for turn in range(3):
        for request in requests:
            started = time.perf_counter()
            index.search(request)
            if turn == 2:
                times.append(1000 * (time.perf_counter() - started))
    return Spread.of(times)


if __name__ == "__main__":
    main(sys.argv[1:])
