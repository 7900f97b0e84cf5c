"""The parts of an index folder: which build is current, which are there, what is left over."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.storage.builds.index_folder import (
    CURRENT,
    ROLLED_BACK,
    all_builds,
    current_name,
    current_path,
    id_of,
    lock_folder,
    path_of,
    point_to,
    remove_leftovers,
    set_aside,
    write_note,
)
from imrsearch.system.errors import NotIndexed


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
    assert list(map(id_of, all_builds(folder))) == ["20250101T000000Z", "20240101T000000Z"]


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
