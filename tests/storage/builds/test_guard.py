"""Damage that shows while a build answers: the build before takes over; a defect is no damage."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from imrsearch.engines.base import SearchRequest, SearchResponse
from imrsearch.query.tree import MatchAll
from imrsearch.schema import FacetCount
from imrsearch.storage.builds.guard import FileCheck, GuardedIndex
from imrsearch.storage.builds.index_folder import path_of
from imrsearch.storage.builds.manifest import Manifest, check_files, read_manifest
from imrsearch.storage.builds.reading import Build, Builds, open_build
from imrsearch.system.errors import DamagedBuild, EngineFailed, ServerUnavailable
from tests.reliability.folders import Folder, quick_place
from tests.storage.builds.test_manifest import build, manifest_of

__all__ = ["build"]  # a fixture

EVERYTHING = SearchRequest(MatchAll())


class Panic(BaseException):
    """As a library in Rust raises it."""


class Failing:
    """An index that fails over every search."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def search(self, request: SearchRequest) -> SearchResponse:
        raise self._error


@pytest.fixture
def folder() -> Iterator[Folder]:
    """Two builds, of 1 and of 2 issues."""
    with quick_place() as place:
        folder = Folder.fresh(place, "tantivy")
        for _ in range(2):
            folder.write()
            folder.run()
        yield folder


def largest(folder: Folder, build: Build) -> Path:
    engine = path_of(folder.index, build.id) / "engine"
    return max(
        (path for path in engine.rglob("*") if path.is_file()), key=lambda p: p.stat().st_size
    )


@contextmanager
def same_times(path: Path) -> Iterator[None]:
    """What is done to the file leaves its times as they were, as a disk does."""
    before = path.stat()
    yield
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def flip(path: Path) -> None:
    with same_times(path), path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def test_a_flipped_bit_with_kept_times_is_found_at_opening(folder: Folder) -> None:
    flip(largest(folder, Builds(folder.index).current()))
    build = Builds(folder.index).current()
    assert build.index.count() == 1
    assert "missing or changed" in str(build.note)


def test_a_large_file_is_compared_while_the_build_answers(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here all files count as large; the check is run in this thread, which keeps its priority."""
    priority = os.getpriority(os.PRIO_PROCESS, 0)
    monkeypatch.setattr("imrsearch.storage.builds.guard.SMALL", 0)
    build = Builds(folder.index).current()
    path, told = path_of(folder.index, build.id), list[str]()
    check = FileCheck(path, build.manifest, told.append)
    assert (check.checked, check.total) == (0, sum(f.size for f in build.manifest.files.values()))
    check.run()
    assert (check.checked, told) == (check.total, [])
    flip(largest(folder, build))
    FileCheck(path, build.manifest, told.append).run()
    assert len(told) == 1
    assert "is not as it was written" in told[0]
    assert os.getpriority(os.PRIO_PROCESS, 0) == priority


def test_large_files_are_trusted_by_their_times_at_opening(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imrsearch.storage.builds.manifest.SMALL", 0)
    build = Builds(folder.index).current()
    flip(largest(folder, build))
    path = path_of(folder.index, build.id)
    check_files(path, read_manifest(path))
    with pytest.raises(DamagedBuild):
        check_files(path, read_manifest(path), thoroughly=True)


@pytest.mark.parametrize("error", [Panic("index out of bounds"), ValueError("short file")])
def test_a_failure_over_damaged_files_lets_the_build_before_answer(
    folder: Folder, error: BaseException
) -> None:
    builds = Builds(folder.index)
    build = builds.current()
    assert isinstance(build.index, GuardedIndex)
    failing = GuardedIndex(Failing(error), path_of(folder.index, build.id), build.manifest)  # type: ignore[arg-type]
    failing.condemn = build.index.condemn
    flip(largest(folder, build))
    with pytest.raises(DamagedBuild, match="missing or changed"):
        failing.search(EVERYTHING)
    assert builds.current().index.count() == 1
    assert "answers in its place" in str(builds.current().note)


def test_a_failure_over_whole_files_is_a_defect(folder: Folder) -> None:
    build = Builds(folder.index).current()
    path = path_of(folder.index, build.id)
    with pytest.raises(ValueError, match="ours"):
        GuardedIndex(Failing(ValueError("ours")), path, build.manifest).search(EVERYTHING)  # type: ignore[arg-type]
    with pytest.raises(EngineFailed):
        GuardedIndex(Failing(Panic("theirs")), path, build.manifest).search(EVERYTHING)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------- pickles


@pytest.fixture
def pickled() -> Iterator[Folder]:
    with quick_place() as place:
        folder = Folder.fresh(place, "whoosh")
        folder.write()
        folder.run()
        yield folder


@pytest.mark.parametrize("name", ["engine", "engine/stems.json"])
def test_what_others_can_write_is_not_unpickled(pickled: Folder, name: str) -> None:
    build = path_of(pickled.index, Builds(pickled.index).current().id)
    build.chmod(0o755)
    open_build(build)
    (build / name).chmod(0o777)
    with pytest.raises(DamagedBuild, match="Other users can write"):
        open_build(build)
    build.chmod(0o700)  # closed to others: they reach nothing below it
    open_build(build)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_belongs_to_another_is_not_unpickled(pickled: Folder) -> None:
    build = path_of(pickled.index, Builds(pickled.index).current().id)
    os.chown(build, 4711, -1)
    with pytest.raises(DamagedBuild, match="Other users can write"):
        open_build(build)


# ---------------------------------------------------------------------- whatever an index is asked


class Broken:
    """An index that fails over everything, or whose facets fail when they are read."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def __getattr__(self, name: str) -> Callable[..., object]:
        return self.fail

    def fail(self, *_: object) -> object:
        raise self.error


class BrokenRows(Sequence[FacetCount]):
    """Rows that an engine reads when they are asked for, and cannot."""

    def __len__(self) -> int:
        raise Panic("at their number")

    def __getitem__(self, place: object) -> NoReturn:
        raise Panic("at a row")


def guarded(index: object, build: Path, manifest: Manifest) -> GuardedIndex:
    found: Any = index
    return GuardedIndex(found, build, manifest)


ASKED: list[Callable[[GuardedIndex], object]] = [
    lambda index: index.search(EVERYTHING),
    lambda index: index.suggest("ca", 3),
    lambda index: index.frequency("cane"),
    lambda index: index.count(MatchAll(), 2.0),
    lambda index: index.counts([MatchAll()], 2.0),
    GuardedIndex.cases,
    GuardedIndex.health,
    lambda index: index.sample(3),
]


@pytest.mark.parametrize("ask", ASKED)
def test_whatever_fails_over_whole_files_is_a_defect_and_over_damaged_ones_damage(
    ask: Callable[[GuardedIndex], object], build: Path
) -> None:
    manifest, told = manifest_of(build), list[str]()
    with pytest.raises(EngineFailed, match="during a search"):
        ask(guarded(Broken(Panic("theirs")), build, manifest))
    (build / "engine" / "segment").write_bytes(b"wordz")
    index = guarded(Broken(Panic("theirs")), build, manifest)
    index.condemn = told.append
    with pytest.raises(DamagedBuild, match="missing or changed"):
        ask(index)
    assert told == ["Files of build 1 are missing or changed."]


@pytest.mark.parametrize(
    "error",
    [KeyboardInterrupt(), SystemExit(), MemoryError(), ServerUnavailable("later")],
    ids=lambda error: type(error).__name__,
)
def test_what_the_files_have_no_part_in_is_no_reason_to_read_them(
    error: BaseException, build: Path
) -> None:
    manifest = manifest_of(build)
    (build / "engine" / "segment").unlink()
    with pytest.raises(type(error)):
        guarded(Broken(error), build, manifest).cases()


def test_the_files_are_read_through_once(build: Path) -> None:
    """However many requests fail: at a million issues they are gigabytes."""
    manifest = manifest_of(build)
    index = guarded(Broken(ValueError("ours")), build, manifest)
    for _ in range(2):
        with pytest.raises(ValueError, match="ours"):
            index.cases()
        (build / "engine" / "segment").write_bytes(b"wordz")


@pytest.mark.parametrize("read", [len, list, lambda rows: rows[0], lambda rows: rows[:2]])
def test_facets_that_are_read_later_are_guarded_too(
    read: Callable[[Sequence[FacetCount]], object], build: Path
) -> None:
    answer = SearchResponse((), 0, 0, {"year": BrokenRows()})
    index = SimpleNamespace(search=lambda request: answer)
    rows = guarded(index, build, manifest_of(build)).search(EVERYTHING).facets["year"]
    with pytest.raises(EngineFailed):
        read(rows)


def test_facets_are_those_of_the_index(build: Path) -> None:
    counts = [FacetCount(str(year), 9, 3) for year in (2016, 2015, 2014)]
    answer = SearchResponse((), 0, 0, {"year": counts})
    index = SimpleNamespace(search=lambda request: answer)
    rows = guarded(index, build, manifest_of(build)).search(EVERYTHING).facets["year"]
    assert (len(rows), list(rows), rows[1], rows[:2]) == (3, counts, counts[1], counts[:2])


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        pytest.param(lambda file: None, [], id="none"),
        pytest.param(
            Path.unlink, ["engine/segment of build 1 is not as it was written."], id="a lost file"
        ),
    ],
)
def test_a_file_that_is_lost_while_its_build_answers(
    damage: Callable[[Path], object], told: list[str], build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes do not count as compared. One that was stopped tells nothing any more."""
    monkeypatch.setattr("imrsearch.storage.builds.guard.SMALL", 0)
    manifest, found = manifest_of(build), list[str]()
    damage(build / "engine" / "segment")
    check = FileCheck(build, manifest, found.append)
    assert (check.checked, check.total) == (0, 10)
    check.run()
    assert (found, check.checked) == (told, 5 if told else 10)
    stopped = FileCheck(build, manifest, found.append)
    stopped.stop()
    stopped.run()
    assert found == told
