"""The parts of an index folder: which build is current, which are there, what is left over."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.storage import CURRENT
from imrsearch.storage.builds import index_folder
from imrsearch.storage.builds.index_folder import (
    ROLLED_BACK,
    IndexFolder,
    all_builds,
    current_name,
    current_path,
    id_of,
    lock_folder,
    own_folders,
    path_of,
    point_to,
    write_note,
)
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import IndexBusy, NotIndexed, NotWritten
from imrsearch.system.settings import Settings, load_settings

NOBODY = ("http://127.0.0.1:1",)
"""No cluster answers there."""


def index_of(folder: Path) -> IndexFolder:
    """The index in a folder."""
    return IndexFolder(load_settings({}, index=str(folder)), folder)


@pytest.fixture
def place(settings: Settings) -> IndexFolder:
    """An index whose engine keeps its documents elsewhere, on a cluster that does not answer."""
    settings = replace(settings, opensearch_urls=NOBODY, opensearch_seconds=1)
    return IndexFolder(settings, settings.index)


def made(place: IndexFolder, name: str, engine: str) -> Path:
    """A build that an engine has begun: where its documents are elsewhere, it has noted where."""
    build = path_of(place.folder, name)
    (build / "engine").mkdir(parents=True)
    place.announce(build, engine)
    (build / "engine" / "index.json").write_text('{"index": "imrsearch-1"}')
    return build


def left(place: IndexFolder) -> list[str]:
    return sorted(path.name for path in (place.folder / "builds").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index folder with three builds, none of them current."""
    for name in ("20240101T000000Z", "20250101T000000Z", "20240601T000000Z"):
        path_of(tmp_path, name).mkdir(parents=True)
    return tmp_path


def test_a_build_s_folder_tells_its_id(folder: Path) -> None:
    assert id_of(path_of(folder, "20240101T000000Z")) == "20240101T000000Z"


def test_builds_stand_newest_first(folder: Path) -> None:
    """Whatever order the disk lists them in; other folders are no builds."""
    (folder / "builds" / "notes").mkdir()
    (folder / "builds" / "gone-build-20240601T000000Z").mkdir()
    path_of(folder, "20240601T000000Z").rmdir()
    older = [f"2023{month:02}01T000000Z" for month in (5, 9, 1, 7, 3)]
    for build in older:
        path_of(folder, build).mkdir()
    newest_first = ["20250101T000000Z", "20240101T000000Z", *sorted(older, reverse=True)]
    assert list(map(id_of, all_builds(folder))) == newest_first


def test_no_build_is_current_before_one_is_pointed_to(folder: Path) -> None:
    assert current_name(folder) is None
    with pytest.raises(NotIndexed, match="There is no index in"):
        current_path(folder)


def test_the_pointer_moves_from_build_to_build(folder: Path) -> None:
    """And holds wherever the folder is moved: it names the build from inside."""
    for build in all_builds(folder):
        point_to(folder, build)
        assert current_path(folder) == build
        assert current_name(folder) == build.name
    assert not (folder / CURRENT).readlink().is_absolute()
    assert sorted(path.name for path in folder.iterdir()) == ["builds", CURRENT]


def test_a_pointer_left_half_made_does_not_stop_the_next(folder: Path) -> None:
    (folder / f"{CURRENT}.new").symlink_to("builds/build-lost")
    point_to(folder, path_of(folder, "20250101T000000Z"))
    assert current_path(folder) == path_of(folder, "20250101T000000Z")


def test_a_build_is_set_aside_before_it_is_removed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No reader finds it half removed; what a killed run has left of it goes with the next one."""
    build, gone = path_of(folder, "20240101T000000Z"), list[Path]()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", lambda path, **_: gone.append(path))
        index_of(folder).remove(build)
    assert [path.name for path in gone] == [f"gone-{build.name}"]
    assert gone[0].is_dir()
    assert build not in all_builds(folder)
    index_of(folder).remove_leftovers()
    assert not gone[0].exists()
    assert len(all_builds(folder)) == 2


def test_removing_what_is_gone_already_is_no_error(folder: Path) -> None:
    """Another process may have removed it a moment before."""
    index_of(folder).remove(path_of(folder, "20990101T000000Z"))
    assert len(all_builds(folder)) == 3


def test_leftovers_of_interrupted_changes_are_removed(folder: Path) -> None:
    (folder / f"{CURRENT}.new").symlink_to("builds/build-lost")
    (folder / f"{ROLLED_BACK}.new").write_bytes(b"half")
    write_note(folder, b"whole")
    index_of(folder).remove_leftovers()
    assert sorted(path.name for path in folder.iterdir()) == ["builds", ROLLED_BACK]


def test_a_note_left_half_written_is_removed_or_written_over(folder: Path) -> None:
    fresh = folder / f"{ROLLED_BACK}.new"
    fresh.write_bytes(b"half of a long note")
    index_of(folder).remove_leftovers()
    assert not fresh.exists()
    fresh.write_bytes(b"half of a long note")
    write_note(folder, b"short")
    assert (folder / ROLLED_BACK).read_bytes() == b"short"


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("collection.sqlite3", 0o600),
        ("collection.sqlite3-wal", 0o600),
        ("lock", 0o600),
        ("lock.copy", 0o600),
        ("README.md", 0o600),
        (ROLLED_BACK, 0o600),
        (f"{ROLLED_BACK}.new", 0o600),
        ("letters.csv", 0o644),  # not of the index
        ("unlocked", 0o644),
    ],
)
def test_the_index_s_own_files_are_closed_to_others(tmp_path: Path, name: str, mode: int) -> None:
    """And the folder, unless something else is in it (``--index .``)."""
    tmp_path.chmod(0o755)
    (tmp_path / name).touch()
    (tmp_path / name).chmod(0o644)
    with lock_folder(tmp_path):
        pass
    assert (tmp_path / name).stat().st_mode & 0o777 == mode
    assert tmp_path.stat().st_mode & 0o777 == (0o700 if mode == 0o600 else 0o755)


@pytest.mark.parametrize("name", ["builds", "copy"])
def test_the_index_s_own_folders_are_closed_to_others(tmp_path: Path, name: str) -> None:
    """Beside the pointer, a link, which has no rights of its own."""
    (tmp_path / name).mkdir()
    (tmp_path / CURRENT).symlink_to(f"{name}/build-lost")
    for path in (tmp_path, tmp_path / name):
        path.chmod(0o751)
    with lock_folder(tmp_path):
        pass
    assert {path.stat().st_mode & 0o777 for path in (tmp_path, tmp_path / name)} == {0o700}


def test_a_note_replaces_the_one_before(folder: Path) -> None:
    """Also a longer one, of which nothing may stay behind the shorter."""
    write_note(folder, b"a long note of the first rollback")
    write_note(folder, b"short")
    assert (folder / ROLLED_BACK).read_bytes() == b"short"
    assert (folder / ROLLED_BACK).stat().st_mode & 0o077 == 0


def test_a_link_s_target_keeps_its_mode(tmp_path: Path) -> None:
    """``builds`` may be a link to another disk: what it leads to is not ours to close."""
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir(mode=0o755)
    elsewhere.chmod(0o755)
    index = tmp_path / "index"
    index.mkdir()
    (index / "builds").symlink_to(elsewhere)
    with lock_folder(index):
        assert elsewhere.stat().st_mode & 0o777 == 0o755


def test_folders_above_are_made(tmp_path: Path) -> None:
    with lock_folder(tmp_path / "a" / "b" / "index"):
        assert (tmp_path / "a" / "b" / "index").stat().st_mode & 0o077 == 0


# ------------------------------------------------------------------------------------ the lock


def test_lock_holds_against_other_processes(tmp_path: Path) -> None:
    code = "import sys, pathlib; from imrsearch.storage.builds.index_folder import lock_folder\n"
    code += "with lock_folder(pathlib.Path(sys.argv[1])): pass"
    run = [sys.executable, "-c", code, str(tmp_path)]
    with lock_folder(tmp_path):
        ended = subprocess.run(run, check=False, capture_output=True, text=True)
    assert "IndexBusy" in ended.stderr
    subprocess.run(run, check=True)


def test_lock_is_let_go_on_errors(tmp_path: Path) -> None:
    with pytest.raises(KeyError), lock_folder(tmp_path):
        raise KeyError
    with lock_folder(tmp_path):
        pass


def test_who_holds_the_lock_may_take_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by a relative name, and while another folder is locked; afterwards it is still held."""
    monkeypatch.chdir(tmp_path)
    with lock_folder(tmp_path), ThreadPoolExecutor(1) as other:
        with lock_folder(tmp_path / "another"), lock_folder(Path()):
            pass
        with pytest.raises(IndexBusy, match="Another run is writing"):
            other.submit(lock_folder(tmp_path).__enter__).result()


def test_a_new_folder_is_private_and_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name, and those of the folders made for it, are forced to disk by the folders above."""
    forced: list[Path] = []
    monkeypatch.setattr(index_folder, "to_disk", forced.append)
    folder = tmp_path / "a" / "b"
    for _ in range(2):  # the second time nothing is new
        with lock_folder(folder):
            assert folder.stat().st_mode & 0o777 == 0o700
            assert (folder / "lock").stat().st_mode & 0o777 == 0o600
    assert sorted(forced) == [tmp_path, tmp_path / "a"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "letters").touch()
    missing = lock_folder(tmp_path / "letters")
    with pytest.raises(NotWritten, match="a file where a folder should be"), missing:
        pass


def test_what_is_no_place_of_letters(folder: Path, tmp_path: Path) -> None:
    """``imrsearch index .``: what the index itself holds is not read as letters."""
    (tmp_path / "link").symlink_to(folder)
    assert own_folders(tmp_path / "link") == {
        folder / "builds",
        folder / "copy",
        folder / "current",
    }


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_build_on_this_machine_goes_with_its_files(engine: str, place: IndexFolder) -> None:
    place.remove(made(place, "1", engine))
    place.discard(made(place, "2", engine))
    assert left(place) == []


def test_a_build_elsewhere_is_remembered_until_it_can_be_removed(
    place: IndexFolder, caplog: pytest.LogCaptureFixture
) -> None:
    """No reader takes it for a build meanwhile, and nobody else would know of its documents."""
    caplog.set_level(logging.WARNING)
    place.remove(made(place, "1", "opensearch"))
    place.discard(made(place, "2", "opensearch"))
    assert left(place) == ["gone-build-1", "gone-build-2"]
    place.remove_leftovers()
    assert left(place) == ["gone-build-1", "gone-build-2"]
    told = [record.getMessage() for record in caplog.records]
    assert len([one for one in told if one.endswith("A later run removes gone-build-1.")]) == 2


def test_where_a_build_s_documents_are_is_on_the_disk_before_any_is_written(
    place: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut an empty file would name no engine, and they would stay on the cluster."""
    forced: list[Path] = []
    monkeypatch.setattr("imrsearch.storage.builds.index_folder.to_disk", forced.append)
    build = made(place, "1", "opensearch")
    assert forced == [build / "engine.name", build]
    made(place, "2", "whoosh")
    assert len(forced) == 2


def test_an_engine_that_is_no_longer_known_keeps_nothing(place: IndexFolder) -> None:
    place.remove(made(place, "1", "sphinx"))
    assert left(place) == []


def test_each_build_has_a_label_of_its_own(place: IndexFolder) -> None:
    """Of the same moment on two machines: on a cluster both would write one index."""
    build = path_of(place.folder, "1")
    first, second = (place.announce(build, "whoosh") for _ in range(2))
    assert first.startswith("1-")
    assert first != second


def test_only_the_files_of_a_restore_are_removed(place: IndexFolder) -> None:
    """A backup may be beside them, under a name that begins alike."""
    Collection.create(place.folder).close()
    names = {"collection.sqlite3.new", "collection.sqlite3.new-wal"}
    others = {"collection.sqlite3.new-2016-12-09", "collection.sqlite3.newest"}
    for name in names | others:
        (place.folder / name).write_bytes(b"letters")
    (place.folder / "collection.sqlite3.new-folder").mkdir()
    place.remove_leftovers()
    there = {path.name for path in place.folder.glob("*.new*")}
    assert there == {*others, "collection.sqlite3.new-folder"}
