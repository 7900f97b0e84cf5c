"""Readers of an index folder: which build answers, and when another one takes over."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from imrsearch.storage.builds import reading
from imrsearch.storage.builds.guard import FileCheck
from imrsearch.storage.builds.index_folder import all_builds, id_of, path_of, point_to
from imrsearch.storage.builds.manifest import Manifest, Origin, read_manifest
from imrsearch.storage.builds.publishing import publish
from imrsearch.storage.builds.reading import Builds, open_build
from imrsearch.system.errors import DamagedBuild, ServerUnavailable
from tests.engines.corpus import CORPUS


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with builds of one, two and three issues. Its files are only read."""
    folder = tmp_path_factory.mktemp("whole")
    for count in (1, 2, 3):
        publish(folder, "whoosh", CORPUS[:count], Origin(1, 0))
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """One with the same builds, of which any may be made current."""
    (tmp_path / "builds").symlink_to(whole / "builds")
    point_to(tmp_path, all_builds(tmp_path)[0])
    return tmp_path


def ids(folder: Path) -> list[str]:
    return [id_of(build) for build in all_builds(folder)]


def test_a_condemned_build_answers_no_more(folder: Path) -> None:
    """The ones before take over in turn, until none is left; what is open stays usable."""
    newest, older, oldest = ids(folder)
    builds = Builds(folder)
    first = builds.current()
    builds.condemn(newest, "A file has changed.")
    second = builds.current()
    assert (second.id, first.index.count()) == (older, 3)
    assert second.note == f"A file has changed. Build {older} answers in its place."
    for name in (older, oldest):
        builds.condemn(name, "A file has changed.")
    with pytest.raises(DamagedBuild, match="A file has changed"):
        builds.current()


def test_without_a_pointer_the_newest_build_answers(folder: Path) -> None:
    (folder / "current").unlink()
    build = Builds(folder).current()
    assert build.id == ids(folder)[0]
    assert str(build.note).startswith("Nothing says which build is the current one. Build ")


def test_newer_builds_do_not_stand_in_for_a_rolled_back_one(folder: Path) -> None:
    """They were turned away."""
    _, older, oldest = ids(folder)
    point_to(folder, path_of(folder, older))
    builds = Builds(folder)
    builds.condemn(older, "It is damaged.")
    assert builds.current().id == oldest


def test_a_closed_reader_opens_anew(folder: Path) -> None:
    builds = Builds(folder)
    builds.close()  # nothing is open yet
    first = builds.current()
    assert builds.current() is first
    builds.close()
    again = builds.current()
    assert (again is first, again.id, again.index.count()) == (False, first.id, 3)


class Noted(FileCheck):
    """A check of files that notes when it would begin and end."""

    started: ClassVar[list[int]] = []
    stopped: ClassVar[list[int]] = []

    def start(self) -> None:
        self.started.append(self.total)

    def stop(self) -> None:
        self.stopped.append(self.total)


def test_large_files_are_compared_while_their_build_answers(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where that is wanted, and until another build answers. All files count as large here."""
    monkeypatch.setattr("imrsearch.storage.builds.guard.SMALL", 0)
    monkeypatch.setattr(reading, "FileCheck", Noted)
    sizes = [
        sum(file.size for file in read_manifest(build).files.values())
        for build in all_builds(folder)
    ]
    unwatched, watched = Builds(folder), Builds(folder, watched=True)
    told = [unwatched.checked]
    for builds in (unwatched, watched):
        builds.current()
    told.append(unwatched.checked)
    assert told == [None, (0, sizes[0])]
    point_to(folder, all_builds(folder)[1])
    watched.current()
    assert (Noted.started, Noted.stopped) == (sizes[:2], sizes[:1])
    watched.close()
    assert Noted.stopped == sizes[:2]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(ServerUnavailable("later"), ServerUnavailable, id="a server may come back"),
        pytest.param(MemoryError(), MemoryError, id="this process is at fault"),
        pytest.param(KeyboardInterrupt(), KeyboardInterrupt, id="stopped"),
        pytest.param(ValueError("short file"), DamagedBuild, id="an engine's own error"),
        pytest.param(BaseException("panic"), DamagedBuild, id="a panic"),
    ],
)
def test_an_index_that_does_not_open(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    told: type[BaseException],
) -> None:
    """Only what the files can be the cause of is damage, for which another build answers."""

    def fail(place: Path) -> None:
        raise error

    monkeypatch.setattr(reading, "engine", lambda *_: SimpleNamespace(open=fail))
    with pytest.raises(told) as caught:
        open_build(all_builds(folder)[0])
    if told is DamagedBuild:
        assert caught.value.__cause__ is error
        assert "cannot be opened" in str(caught.value)


def test_a_build_that_is_replaced_while_it_is_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be gone before its files are read: the one that replaced it is no stand-in."""
    newest, older, _ = ids(folder)
    point_to(folder, path_of(folder, older))

    def replaced(build: Path) -> Manifest:
        if id_of(build) == older:
            point_to(folder, path_of(folder, newest))
            raise DamagedBuild("It is gone.")
        return read_manifest(build)

    monkeypatch.setattr(reading, "read_manifest", replaced)
    build = Builds(folder).current()
    assert (build.id, build.note) == (newest, None)
