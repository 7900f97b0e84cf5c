"""Which files the letters came from, and which gave none: asked by key, by case and by place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.model import Unread
from imrsearch.storage.collection import kept_files
from imrsearch.storage.collection.store import Collection
from tests.storage.collection.test_store import letter

CASES = [f"CM16-00009{number:02}" for number in range(7)]


@pytest.fixture
def letters(tmp_path: Path) -> list[Letter]:
    """Three letters of a folder, three of an archive, and one of an archive in a folder."""
    read = [letter(tmp_path, f"{case}.txt") for case in CASES]
    places = [
        *(Source(Path(f"/in/{name}.txt")) for name in "abc"),
        *(Source(Path("/in/old.zip"), f"{name}.txt") for name in "de"),
        Source(Path("/in/old.zip"), "sub/f!g.txt"),
        Source(Path("/in.more/h.txt")),
    ]
    return [replace(one, source=place) for one, place in zip(read, places, strict=True)]


@pytest.fixture
def collection(letters: list[Letter], tmp_path: Path) -> Iterator[Collection]:
    with closing(Collection.create(tmp_path / "index")) as opened:
        opened.keep(letters, reader=1)
        yield opened


def test_files_are_known_by_their_keys(collection: Collection, letters: list[Letter]) -> None:
    asked = ["/in/a.txt", "/in/old.zip!sub/f!g.txt", "/in/lost.txt"]
    found = collection.files.by_key(asked)
    assert found == {
        asked[place]: kept_files.KeptFile(
            letters[number].source,
            CASES[number],
            letters[number].sha256,
            letters[number].determination.dates.decided,
        )
        for place, number in ((0, 0), (1, 5))
    }
    assert collection.files.hashes(asked) == {key: file.sha256 for key, file in found.items()}


def test_files_are_known_by_their_cases(collection: Collection, letters: list[Letter]) -> None:
    found = collection.files.by_case([CASES[6], CASES[4], "CM99-0000001"])
    assert {case: file.source for case, file in found.items()} == {
        CASES[4]: letters[4].source,
        CASES[6]: letters[6].source,
    }


@pytest.mark.parametrize("rows", [1, 2, 7, 500])
def test_every_file_once_though_letters_are_dropped_meanwhile(
    rows: int, collection: Collection, letters: list[Letter], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In batches by key: a batch that is dropped must not move the next one."""
    monkeypatch.setattr(kept_files, "ROWS_AT_ONCE", rows)
    seen: list[str] = []
    for some in collection.files.every():
        assert 0 < len(some) <= rows
        seen += [file.source.key for file in some]
        collection.drop([file.source.key for file in some])
    assert seen == sorted(one.source.key for one in letters)
    assert collection.promised().documents == 0


def unread(key: str, code: str = "empty") -> Unread:
    return Unread(key, key.rpartition("/")[2], code, "it is empty")


@pytest.mark.parametrize(
    ("place", "left"),
    [
        pytest.param(
            "/l", ["/l!a.txt", "/l-2/a.txt", "/l.zip!a.txt", '/l.zip"', "/l0"], id="a folder"
        ),
        pytest.param(
            "/l.zip",
            ["/l", "/l!a.txt", "/l-2/a.txt", '/l.zip"', "/l/a.txt", "/l/b/c.txt", "/l0"],
            id="archive",
        ),
        pytest.param(
            "/l/a.txt",
            ["/l", "/l!a.txt", "/l-2/a.txt", "/l.zip!a.txt", '/l.zip"', "/l/b/c.txt", "/l0"],
            id="a file",
        ),
        pytest.param("/", [], id="the root"),
    ],
)
def test_a_place_holds_what_is_below_it_and_nothing_beside(
    place: str, left: list[str], collection: Collection
) -> None:
    """Names that only begin alike are others; what stands behind "!" is an archive's alone."""
    keys = ["/l", "/l/a.txt", "/l/b/c.txt", "/l-2/a.txt", "/l0", "/l.zip!a.txt", "/l!a.txt"]
    keys.append('/l.zip"')
    collection.files.note_unread([unread(key) for key in keys])
    collection.files.forget_unread([Path(place)])
    assert [file.key for file in collection.unread()] == left


def test_a_file_has_one_reason_the_last_one(collection: Collection) -> None:
    """Also of two that are noted together."""
    first, second, third = (unread("/in/x.txt", code) for code in ("empty", "damaged", "missing"))
    collection.files.note_unread([first])
    collection.files.note_unread([second, third])
    assert collection.unread() == [third]
    assert collection.unread_files() == 1
    collection.files.note_unread([])
    collection.files.note_read([])
    assert collection.unread() == [third]
    collection.files.note_read(["/in/x.txt", "/in/never.txt"])
    assert collection.unread() == []
