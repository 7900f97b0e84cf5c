"""Files, folders and archives of letters."""

from __future__ import annotations

import os
import socket
import zipfile
from pathlib import Path

import pytest

from imrsearch.letters import files
from imrsearch.letters.files import Source, find_letters, printable
from imrsearch.model import Unread
from imrsearch.system.errors import LetterError

MEGABYTE = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2016").mkdir()
    for name in ("b.txt", "a.PDF", "2016/c.txt", ".hidden.txt", "notes.docx"):
        (tmp_path / name).write_text("text")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        for name in ("d.txt", "deep/e.pdf", "deep/readme.md", "__MACOSX/d.txt", "../f.txt"):
            archive.writestr(name, "text")
    return tmp_path


def names(*paths: Path) -> list[str]:
    return [one.name for one in find_letters(list(paths))]


def told(*paths: Path) -> dict[str, str]:
    return {one.name: one.message for one in find_letters(list(paths)) if isinstance(one, Unread)}


def test_a_folder_all_the_way_down(folder: Path) -> None:
    assert names(folder) == ["c.txt", "a.PDF", "b.txt", "f.txt", "d.txt", "e.pdf"]
    assert told(folder) == {}


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        pytest.param(("b.txt", "2016", "./b.txt"), ["b.txt", "c.txt"], id="given twice"),
        pytest.param(("2016", "2016/c.txt"), ["c.txt"], id="a folder, then a file in it"),
        pytest.param(("2016/c.txt", "2016"), ["c.txt"], id="a file, then its folder"),
        pytest.param(
            ("2016", ".hidden.txt"), ["c.txt", ".hidden.txt"], id="hidden, named outright"
        ),
        pytest.param(("more.zip", "more.zip"), ["f.txt", "d.txt", "e.pdf"], id="an archive twice"),
        pytest.param(("2016", "notes.docx"), ["c.txt", "notes.docx"], id="told all the same"),
    ],
)
def test_each_file_once(folder: Path, paths: tuple[str, ...], expected: list[str]) -> None:
    assert names(*(folder / path for path in paths)) == expected


def test_what_a_folder_passes_over_is_met_when_it_is_named(folder: Path) -> None:
    assert ".hidden.txt" in names(folder, folder / ".hidden.txt")
    assert "notes.docx" in told(folder, folder / "notes.docx")


def test_more_names_than_are_sorted_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "NAMES_SORTED_AT_ONCE", 3)
    written = [f"{number * 7 % 20:02}.txt" for number in range(20)]
    for name in [*written, "line\nend.txt"]:
        (tmp_path / name).write_text("text")
    assert [name for name in names(tmp_path) if "line" not in name] == sorted(written)


def test_folders_deeper_than_any_stack(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(1_200):
        place = place / "d"
        place.mkdir()
    (place / "deep.txt").write_text("text")
    try:
        assert names(tmp_path) == ["deep.txt"]
    finally:  # pytest itself could not clear this away
        (place / "deep.txt").unlink()
        for level in [place, *place.parents][:1_200]:
            level.rmdir()


def test_members_are_read_in_place_whatever_their_names(folder: Path) -> None:
    (member,) = [one for one in find_letters([folder / "more.zip"]) if one.name == "f.txt"]
    assert isinstance(member, Source)
    assert member.read(MEGABYTE) == b"text"
    assert not (folder.parent / "f.txt").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("absent.txt", "missing", id="not there"),
        pytest.param("notes.docx", "unsupported", id="another kind of file"),
        pytest.param("broken.zip", "damaged", id="no archive"),
        pytest.param("circle.txt", "missing", id="links in a circle"),
        pytest.param("dangling.txt", "missing", id="a link to nothing"),
        pytest.param("a\0b.txt", "missing", id="no path at all"),
        pytest.param("x" * 300 + ".txt", "unreadable", id="a name that no disk takes"),
    ],
)
def test_a_path_that_cannot_serve_is_named(folder: Path, name: str, code: str) -> None:
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 nothing more")
    (folder / "circle.txt").symlink_to(folder / "circle2.txt")
    (folder / "circle2.txt").symlink_to(folder / "circle.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (found,) = find_letters([folder / name])
    assert isinstance(found, Unread)
    assert found.code == code


def test_a_device_is_no_letter() -> None:
    (found,) = find_letters([Path("/dev/null")])
    assert isinstance(found, Unread)
    assert found.code == "unsupported"


# -------------------------------------------------------------------- what strangers put there


def test_links_inside_a_folder_are_told_not_followed(folder: Path, tmp_path: Path) -> None:
    inside = folder / "links"
    inside.mkdir()
    (inside / "out.txt").symlink_to("/etc/passwd")
    (inside / "dangling.txt").symlink_to("nowhere.txt")
    (inside / "circle.pdf").symlink_to("circle.pdf")
    (inside / "up").symlink_to("..")
    (inside / "word").symlink_to(folder / "notes.docx")
    assert sorted(told(inside)) == ["circle.pdf", "dangling.txt", "out.txt", "up"]
    assert set(told(inside).values()) == {"a link; name what it points to instead"}
    assert names(inside / "up") == names(folder)


def test_pipes_sockets_and_folders_with_a_letters_name(folder: Path) -> None:
    inside = folder / "odd"
    (inside / "folder.txt").mkdir(parents=True)
    os.mkfifo(inside / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(inside / "socket.pdf"))
    assert told(inside) == {"pipe.txt": "not a regular file", "socket.pdf": "not a regular file"}
    assert names(inside) == ["pipe.txt", "socket.pdf"]


def test_a_pipe_that_took_a_letters_place_does_not_hold_up(folder: Path) -> None:
    source = Source(folder / "b.txt")
    (folder / "b.txt").unlink()
    os.mkfifo(folder / "b.txt")
    with pytest.raises(LetterError) as caught:
        source.read(MEGABYTE)
    assert caught.value.code == "unsupported"


def test_a_link_that_took_a_letters_place_is_not_followed(folder: Path) -> None:
    source = Source(folder / "b.txt")
    (folder / "b.txt").unlink()
    (folder / "b.txt").symlink_to(folder / "a.PDF")
    with pytest.raises(LetterError) as caught:
        source.read(MEGABYTE)
    assert caught.value.code == "unreadable"


def test_a_folder_that_cannot_be_looked_into_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "2016":
            raise PermissionError(13, "Permission denied")
        return look(path)

    with monkeypatch.context() as patch:  # the folder is taken away with the true one
        patch.setattr(os, "scandir", refuse)
        assert told(folder) == {"2016": "the file cannot be opened (Permission denied)"}
        assert "b.txt" in names(folder)


def test_a_folder_that_changes_while_it_is_gone_through(folder: Path) -> None:
    found = find_letters([folder])
    assert next(found).name == "c.txt"
    (folder / "b.txt").unlink()
    (folder / "z.txt").write_text("text")
    assert [one.name for one in found] == ["a.PDF", "f.txt", "d.txt", "e.pdf"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"a\x1b[2J.txt", r"a\x1b[2J.txt", id="a terminal's escape"),
        pytest.param(b"a\nb.txt", r"a\nb.txt", id="a line end"),
        pytest.param(b"a\xff.txt", r"a\udcff.txt", id="no UTF-8"),
        pytest.param("a\u202etxt.pdf".encode(), r"a\u202etxt.pdf", id="written backwards"),
        pytest.param("a\x9b2J.txt".encode(), r"a\x9b2J.txt", id="an escape of eight bits"),
    ],
)
def test_a_name_that_cannot_be_shown_is_told_spelt_out(
    tmp_path: Path, name: bytes, shown: str
) -> None:
    with open(os.path.join(os.fsencode(tmp_path), name), "wb"):  # noqa: PTH118, PTH123 - bytes
        pass
    (found,) = find_letters([tmp_path])
    assert isinstance(found, Unread)
    assert (found.name, found.code) == (shown, "unsupported")
    assert found.key == f"{tmp_path}/{shown}"


def test_letters_of_all_the_world_in_names(tmp_path: Path) -> None:
    (tmp_path / "Müller – 第1号.txt").write_text("text")
    assert names(tmp_path) == ["Müller – 第1号.txt"]
    assert told(tmp_path) == {}


def test_a_huge_name_is_shown_in_short() -> None:
    assert len(printable("x" * 60_000)) < 300


# ------------------------------------------------------------------------------------ reading


def test_too_large(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "b.txt").read(3)
    assert caught.value.code == "too-large"


def test_too_large_inside_an_archive(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "more.zip", "d.txt").read(3)
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("place", ["absent.txt", "b.txt/absent.txt", "absent.zip!d.txt"])
def test_a_file_that_went_away(folder: Path, place: str) -> None:
    path, _, member = place.partition("!")
    with pytest.raises(LetterError) as caught:
        Source(folder / path, member or None).read(MEGABYTE)
    assert caught.value.code == "missing"


def test_a_member_that_went_away(folder: Path) -> None:
    with pytest.raises(LetterError) as caught:
        Source(folder / "more.zip", "absent.txt").read(MEGABYTE)
    assert caught.value.code == "missing"


def test_a_letter_that_is_written_while_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the old and half of the new is no letter: better none."""
    path, status = folder / "b.txt", os.fstat

    def write_on(handle: int) -> os.stat_result:
        with path.open("a") as file:
            file.write("more")
        return status(handle)

    monkeypatch.setattr(os, "fstat", write_on)
    with pytest.raises(LetterError) as caught:
        Source(path).read(MEGABYTE)
    assert caught.value.code == "changed"


@pytest.mark.parametrize(
    ("path", "member", "gone"),
    [
        pytest.param("b.txt", None, False, id="a file"),
        pytest.param("absent.txt", None, True, id="no file"),
        pytest.param("2016", None, True, id="a folder in its place"),
        pytest.param("more.zip", "d.txt", False, id="a member"),
        pytest.param("more.zip", "absent.txt", True, id="no member"),
        pytest.param("torn.zip", "d.txt", False, id="an archive that cannot be read"),
    ],
)
def test_gone_only_if_it_is_certain(
    folder: Path, path: str, member: str | None, gone: bool
) -> None:
    (folder / "torn.zip").write_bytes(b"PK")
    assert Source(folder / path, member).is_gone() is gone


def test_what_cannot_be_looked_at_is_not_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "lstat", refuse)
    assert not Source(folder / "b.txt").is_gone()
