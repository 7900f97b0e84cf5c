"""A collection moved to PostgreSQL and back; on PostgreSQL and OpenSearch, an index and additions.

``python -m benchmarks.moving COUNT [--folder FOLDER] [--letters 1000]`` starts both servers
(``make servers``), copies the collection of about COUNT issues to PostgreSQL and back, compares the
facts of every letter, builds an index on OpenSearch, and then adds letters until the last of them
is found: by a long-running reader, like a web server, and by a command. Only the collection in
FOLDER is kept.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

import sqlalchemy as sa

from benchmarks.corpus import Corpus
from benchmarks.processes import Finished, run, vitals
from benchmarks.stock import Stock
from imrsearch.query.tree import FieldEquals
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.copying import copy_collection
from imrsearch.storage.collection.store import Collection
from imrsearch.storage.collection.tables import CHECKED_COLUMNS, LETTERS
from imrsearch.system.settings import SETTINGS, load_settings
from tests.cluster.servers import Cluster, PostgreSQL, run_opensearch, run_postgresql

_SECONDS_BETWEEN_LOOKS = 0.2
_MOST_SECONDS = 600


def main(arguments: Sequence[str]) -> None:
    """Measure as the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, help="keep the collection here")
    parser.add_argument("--letters", type=int, default=1000, help="0: copies alone, no cluster")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place, run_postgresql() as database:
        stock = Stock(given.folder or Path(place), given.count)
        _move(stock, database.address(), Path(place, "back"))
        if given.letters:
            with run_opensearch(heap="1g", quick_start=False) as cluster:
                _index(stock, given.letters, Path(place), database, cluster)


def _index(stock: Stock, letters: int, place: Path, database: PostgreSQL, cluster: Cluster) -> None:
    told = {
        "index": f"{place}/index",
        "collection": database.address(),
        "engine": "opensearch",
        "opensearch_urls": cluster.urls[0],
    }
    os.environ.update({row.variable: told[row.name] for row in SETTINGS if row.name in told})
    servers = [one.process.pid for one in (database.server, *cluster.nodes) if one.process]
    _imrsearch(f"reindex, {stock.issues:,} issues", ["reindex"], servers)
    _add(stock, letters, place / "letters", servers)


def _move(stock: Stock, database: str, back: Path) -> None:
    with _told("to PostgreSQL"):
        letters = copy_collection(stock.index, database)
    with _told("and back"):
        copy_collection(database, back)
    pairs = zip_longest(_facts(stock.index), _facts(back))
    differing = sum(one != other for one, other in pairs)
    print(f"{differing} differences in the facts and texts of {letters:,} letters", flush=True)


def _facts(index: Path) -> Iterator[tuple[object, ...]]:
    """Every letter as stored, byte by byte."""
    stored = sa.table(LETTERS.name, *map(sa.column, CHECKED_COLUMNS))
    with (
        closing(Collection.open(index)) as collection,
        collection.database.connect() as connection,
        connection.execution_options(yield_per=500).execute(
            sa.select(stored).order_by(stored.c.case_id)
        ) as rows,
    ):
        yield from map(tuple, rows)


def _add(stock: Stock, letters: int, folder: Path, servers: Sequence[int]) -> None:
    folder.mkdir()
    for name, text in Corpus().letters(stock.letters + letters, stock.letters):
        (folder / name).write_text(text, encoding="utf-8")
        newest = name.removesuffix(".txt")
    with closing(Builds(load_settings())) as builds, ThreadPoolExecutor(1) as reader:
        found = reader.submit(_seconds_until_found, builds, newest)
        _imrsearch(f"index, {letters:,} new letters", ["index", str(folder)], servers)
        print(f"found by a reader that was running, after {found.result():.1f} s", flush=True)
    _imrsearch("search for the last one", ["search", newest], servers)


def _seconds_until_found(builds: Builds, case_id: str) -> float:
    """Seconds until the current build holds a case."""
    started = time.perf_counter()
    while not builds.current().index.count(FieldEquals("case", case_id)):
        if time.perf_counter() - started > _MOST_SECONDS:
            raise TimeoutError(f"{case_id} is not found after {_MOST_SECONDS} s.")
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    return time.perf_counter() - started


def _imrsearch(what: str, command: Sequence[str], servers: Sequence[int]) -> Finished:
    before = vitals(servers).cpu
    took = run([sys.executable, "-m", "imrsearch", *command])
    theirs = vitals(servers).cpu - before
    print(
        f"{what}: {took.seconds:.1f} s; processor seconds: {took.cpu:.1f}, servers {theirs:.1f}; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return took


@contextmanager
def _told(what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
