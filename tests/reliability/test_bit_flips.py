"""One bit the other way, anywhere, the file's times as they were: told, or harmless."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from imrsearch.engines import EMBEDDED
from imrsearch.engines.base import SearchRequest, SearchResponse
from imrsearch.indexing.maintenance import prove_collection
from imrsearch.query.tree import MatchAll, Phrase, Term
from imrsearch.schema import FACETS
from imrsearch.storage.builds.guard import FileCheck
from imrsearch.storage.builds.index_folder import path_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import DamagedCollection, ImrsearchError
from tests.reliability.folders import Folder, quick_place
from tests.reliability.saying import say

REQUESTS = (
    SearchRequest(MatchAll(), facets=tuple(FACETS), sort="newest"),
    SearchRequest(Term("walk"), facets=("decision",)),
    SearchRequest(Phrase(("it", "helps"))),
    SearchRequest(Term("cane"), sort="overturned"),
)


@contextmanager
def flipped(path: Path, chance: random.Random, place: int | None = None) -> Iterator[None]:
    """A bit of the file is the other way within the block: of the byte at ``place``, or of any."""
    whole, times = path.read_bytes(), path.stat()
    changed = bytearray(whole)
    changed[chance.randrange(len(changed)) if place is None else place] ^= 1 << chance.randrange(8)
    for data in (bytes(changed), whole):
        with path.open("r+b") as file:  # the same file: its number stays
            file.write(data)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        if data is not whole:
            yield


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Iterator[Folder]:
    """Two builds, of 4 and of 8 issues; the collection in one file."""
    with quick_place() as place:
        folder = Folder.fresh(place, getattr(request, "param", "whoosh"))
        for _ in range(2):
            folder.write(4)
            folder.run()
        with closing(sqlite3.connect(folder.index / FILE)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield folder


def answers(builds: Builds) -> list[SearchResponse]:
    index = builds.current().index
    return [index.search(request) for request in REQUESTS]


@pytest.mark.parametrize("folder", EMBEDDED, indirect=True)
@pytest.mark.parametrize("size", [0, 1 << 20], ids=["as large files", "as they are"])
def test_in_a_build(
    folder: Folder,
    size: int,
    rounds: Callable[[int, int], int],
    times: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Small files are compared when they are opened. Files that count as large are found by the
    check that runs while the build answers; until then an engine may stumble over them."""
    monkeypatch.setattr("imrsearch.storage.builds.manifest.SMALL", size)
    monkeypatch.setattr("imrsearch.storage.builds.guard.SMALL", size)
    seed = random.Random().randrange(sys.maxsize)
    chance, found = random.Random(seed), Counter[str]()
    whole = Builds(folder.index).current()
    build, right = path_of(folder.index, whole.id), answers(Builds(folder.index))
    files = sorted(path for path in build.rglob("*") if path.stat().st_size and path.is_file())
    for _ in range(rounds(12, 700 * times)):
        path = chance.choice(files)
        with flipped(path, chance):
            builds, told = Builds(folder.index), list[str]()
            try:
                same = answers(builds) == right
            except ImrsearchError:
                found["told by an engine"] += 1
                continue
            if builds.current().note:
                found["told at opening"] += 1
                assert builds.current().index.count() == 4
                continue
            found["harmless at first" if same else "wrong at first"] += 1
            FileCheck(build, whole.manifest, told.append).run()
            assert told, (path, seed)
    say(f"{folder.engine}, large from {size} bytes, seed {seed}: {dict(found)}")


def letters(folder: Folder) -> list[tuple[object, ...]]:
    with closing(Collection.open(folder.index)) as collection:
        return [
            (collection.letter(case), collection.determination(case))
            for case in collection.case_ids()
        ]


def test_in_the_collection(folder: Folder, rounds: Callable[[int, int], int], times: int) -> None:
    """In every kept letter, and anywhere: that alone would be chance, for a database's pages are
    empty in large part."""
    seed = random.Random().randrange(sys.maxsize)
    chance, found, right = random.Random(seed), Counter[str](), letters(folder)
    path = folder.index / FILE
    kept = _places_of_texts(path)
    anywhere: list[int | None] = [None] * rounds(8, 2_200 * times)
    for place in [*kept, *anywhere]:
        with flipped(path, chance, place):
            try:
                whole = not prove_collection(folder.index).damaged
            except (DamagedCollection, ImrsearchError):
                whole = False
            found["harmless" if whole else "told"] += 1
            if whole:
                assert place is None, (place, seed)
                assert letters(folder) == right, seed
        for suffix in ("-wal", "-shm"):
            Path(f"{folder.index / FILE}{suffix}").unlink(missing_ok=True)
    say(f"collection, seed {seed}: {dict(found)}")
    assert found["told"] >= len(kept) == 8


def _places_of_texts(path: Path) -> list[int]:
    """Where each letter's text stands in the file of the collection: a byte within."""
    data = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        stored = connection.execute("SELECT text FROM letters").fetchall()
    return [data.index(text[:100]) + 50 for (text,) in stored]
