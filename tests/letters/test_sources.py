"""Files, folders and archives of letters."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from imrsearch.errors import LetterError
from imrsearch.letters.sources import Source, Unread, find

MEGABYTE = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2016").mkdir()
    for name in ("b.txt", "a.PDF", "2016/c.txt", ".hidden.txt", "notes.docx"):
        (tmp_path / name).write_text("text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        for name in ("d.txt", "deep/e.pdf", "deep/readme.md", "__MACOSX/d.txt", "../f.txt"):
            archive.writestr(name, "text")
    return tmp_path


def names(paths: list[Path]) -> list[str]:
    return [one.name for one in find(paths)]


def test_a_folder_all_the_way_down(folder: Path) -> None:
    assert names([folder]) == ["c.txt", "a.PDF", "b.txt", "f.txt", "d.txt", "e.pdf"]


def test_each_file_once(folder: Path) -> None:
    assert names([folder / "b.txt", folder / "2016", folder / "." / "b.txt"]) == ["b.txt", "c.txt"]


def test_members_are_read_in_place_whatever_their_names(folder: Path) -> None:
    (member,) = [one for one in find([folder / "more.zip"]) if one.name == "f.txt"]
    assert isinstance(member, Source)
    assert member.read(MEGABYTE) == b"text"
    assert not (folder.parent / "f.txt").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("absent.txt", "missing", id="not there"),
        pytest.param("notes.docx", "unsupported", id="another kind of file"),
        pytest.param("broken.zip", "damaged", id="no archive"),
    ],
)
def test_a_path_that_cannot_serve_is_named(folder: Path, name: str, code: str) -> None:
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 nothing more")
    (found,) = find([folder / name])
    assert isinstance(found, Unread)
    assert (found.name, found.code) == (name, code)


def test_a_device_is_no_letter() -> None:
    (found,) = find([Path("/dev/null")])
    assert isinstance(found, Unread)
    assert found.code == "unsupported"


def test_too_large(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "b.txt").read(3)
    assert caught.value.code == "too-large"


def test_too_large_inside_an_archive(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "more.zip", "d.txt").read(3)
    assert caught.value.code == "too-large"


def test_a_member_that_unpacks_to_far_more_than_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.txt", "0" * (8 * MEGABYTE))
    with pytest.raises(LetterError) as caught:
        Source(path, "zeros.txt").read(50 * MEGABYTE)
    assert caught.value.code == "too-large"


def test_a_file_that_went_away(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "absent.txt").read(MEGABYTE)
    assert caught.value.code == "missing"


def test_a_member_that_went_away(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "more.zip", "absent.txt").read(MEGABYTE)
    assert caught.value.code == "damaged"
