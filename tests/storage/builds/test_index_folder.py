"""The parts of an index folder: which build is current, which are there, what is left over."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from imrsearch.storage import CURRENT
from imrsearch.storage.builds import index_folder
from imrsearch.storage.builds.index_folder import (
    ROLLED_BACK,
    all_builds,
    current_name,
    current_path,
    id_of,
    lock_folder,
    own_folders,
    path_of,
    point_to,
    remove_leftovers,
    set_aside,
    write_note,
)
from imrsearch.system.errors import IndexBusy, NotIndexed, NotWritten


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
    set_aside(path_of(folder, "20240601T000000Z"))
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


def test_what_is_set_aside_is_no_build_but_is_left_over(folder: Path) -> None:
    build = path_of(folder, "20240101T000000Z")
    gone = set_aside(build)
    assert not build.exists()
    assert gone not in all_builds(folder)
    assert remove_leftovers(folder) == [gone]


def test_setting_aside_what_is_gone_already_is_no_error(folder: Path) -> None:
    """Another process may have removed it a moment before."""
    assert set_aside(path_of(folder, "20990101T000000Z")).name == "gone-build-20990101T000000Z"


def test_leftovers_of_interrupted_changes_are_removed(folder: Path) -> None:
    (folder / f"{CURRENT}.new").symlink_to("builds/build-lost")
    (folder / f"{ROLLED_BACK}.new").write_bytes(b"half")
    write_note(folder, b"whole")
    assert remove_leftovers(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == ["builds", ROLLED_BACK]


def test_a_note_left_half_written_is_removed_or_written_over(folder: Path) -> None:
    fresh = folder / f"{ROLLED_BACK}.new"
    fresh.write_bytes(b"half of a long note")
    assert remove_leftovers(folder) == []
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
