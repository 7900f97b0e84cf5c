"""Damage that shows while a build answers: the build before takes over; a defect is no damage."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imrsearch.engines.base import SearchRequest, SearchResponse
from imrsearch.query.tree import MatchAll
from imrsearch.storage.builds.guard import FileCheck, GuardedIndex
from imrsearch.storage.builds.index_folder import path_of
from imrsearch.storage.builds.manifest import check_files, read_manifest
from imrsearch.storage.builds.reading import Build, Builds, open_build
from imrsearch.system.errors import DamagedBuild, EngineFailed
from tests.reliability.folders import Folder, quick_place

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
