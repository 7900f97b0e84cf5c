"""Archives from strangers: whatever they say of themselves costs one line, never the run."""

from __future__ import annotations

import struct
import warnings
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from imrsearch.letters import archives
from imrsearch.letters.files import Source, find_letters
from imrsearch.model import Unread
from imrsearch.system.errors import LetterError

MEGABYTE = 1 << 20


def zipped(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in members:
            with warnings.catch_warnings(action="ignore"):  # of a name given twice
                archive.writestr(name, data)
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries of the list that name the same packed bytes."""
    data = zipped(("a.txt", bytes(range(256)) * 40))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    body = data[:start] + entry * 40
    return body + _end(40, len(entry) * 40, start)


def _end(count: int, size: int, offset: int) -> bytes:
    return struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def encrypted() -> bytes:
    return _flagged(zipped(("a.txt", b"text")), 0x1)


def _flagged(data: bytes, flag: int) -> bytes:
    """The same archive, the general flag set in both of the places that tell it."""
    changed = bytearray(data)
    changed[6] |= flag
    changed[data.index(b"PK\x01\x02") + 8] |= flag
    return bytes(changed)


def lying(size: int) -> bytes:
    """An archive whose list tells another unpacked size."""
    data = bytearray(zipped(("a.txt", b"text " * 100)))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<L", size)
    return bytes(data)


def endless_list() -> bytes:
    """A list of contents that claims four exabytes, in the way of large archives."""
    size = 1 << 62
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, size, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    return record + locator + _end(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)


GOOD = zipped(("a.txt", b"text " * 100))

BAD = [
    pytest.param(GOOD[:-30], "damaged", id="torn"),
    pytest.param(GOOD[:100] + b"\0" * 40 + GOOD[140:], "damaged", id="overwritten"),
    pytest.param(zipped(("a.txt", b"0" * (8 * MEGABYTE))), "too-large", id="a bomb by its ratio"),
    pytest.param(overlapping(), "damaged", id="a bomb of files lying one over another"),
    pytest.param(lying(40), "damaged", id="larger than it says"),
    pytest.param(lying(1 << 20), "read", id="smaller than it says, but whole"),
    pytest.param(lying(0xFFFFFFF0), "too-large", id="as large as can be, it says"),
    pytest.param(encrypted(), "password", id="encrypted"),
    pytest.param(_flagged(GOOD, 0x20), "damaged", id="patched data"),
    pytest.param(zipped(("a.txt", b"text"), packing=zipfile.ZIP_LZMA), "unsupported", id="LZMA"),
    pytest.param(zipped(("a.txt", b"text"), packing=zipfile.ZIP_BZIP2), "unsupported", id="bzip2"),
    pytest.param(zipped(("a.txt", b"one"), ("a.txt", b"two")), "unsupported", id="one name twice"),
    pytest.param(zipped(("in.zip", GOOD)), "unsupported", id="an archive inside an archive"),
    pytest.param(
        zipped(("b.txt", b"text"), ("in.zip", GOOD), packing=zipfile.ZIP_STORED)[:-120],
        "damaged",
        id="cut off, behind the list of an archive inside it",
    ),
    pytest.param(b"#!/bin/sh\n" + GOOD, "read", id="behind a program that unpacks it"),
    pytest.param(zipped(("x" * 60_000 + ".txt", b"text")), "unsupported", id="a huge name"),
    pytest.param(zipped(("a\x1b[2J.txt", b"text")), "unsupported", id="a terminal's escape"),
]


def code_of(path: Path) -> str:
    """What an archive's only letter comes to."""
    (found,) = find_letters([path])
    if isinstance(found, Unread):
        assert len(found.message) < 300
        return found.code
    try:
        found.read(50 * MEGABYTE)
    except LetterError as error:
        return error.code
    return "read"


@pytest.mark.parametrize(("data", "code"), BAD)
def test_what_archives_try(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "letters.zip"
    path.write_bytes(data)
    assert code_of(path) == code


def test_a_list_of_contents_without_end(tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    path.write_bytes(endless_list())
    assert code_of(path) in {"damaged", "too-large"}  # By the version of Python.


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../etc/x.txt", id="up and out"),
        pytest.param("/etc/x.txt", id="absolute"),
        pytest.param("..\\..\\x.txt", id="backslashes"),
        pytest.param("C:\\x.txt", id="a drive"),
    ],
)
def test_a_name_is_only_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped((name, b"text")))
    (found,) = find_letters([path])
    assert isinstance(found, Source)
    assert (found.name, found.read(MEGABYTE)) == ("x.txt", b"text")
    assert list(tmp_path.iterdir()) == [path]


def test_a_nul_ends_a_name(tmp_path: Path) -> None:
    data = zipped(("a.txt_.exe", b"text")).replace(b"a.txt_.exe", b"a.txt\0.exe")
    (tmp_path / "letters.zip").write_bytes(data)
    (found,) = find_letters([tmp_path])
    assert found.name == "a.txt"


def test_a_file_without_a_name_costs_no_other(tmp_path: Path) -> None:
    """It has no kind either, so it is passed over like other files that are no letters."""
    path = tmp_path / "letters.zip"
    data = zipped(("_.txt", b"text"), ("a.txt", b"text"))
    path.write_bytes(data.replace(b"_.txt", b"\0.txt"))  # a NUL ends a name
    assert list(find_letters([path])) == [Source(path, "a.txt")]


def test_a_list_that_is_too_long_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_LIST", 1_000)
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped(*((f"{number}.txt", b"text") for number in range(30))))
    assert code_of(path) == "too-large"


def test_an_archive_is_opened_once_for_all_its_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped(*((f"{number}.txt", b"text") for number in range(30))))
    opened: list[str] = []
    open_regular = archives.open_regular

    def count(name: str, flags: int) -> int:
        opened.append(name)
        return open_regular(name, flags)

    monkeypatch.setattr(archives, "open_regular", count)
    assert all(isinstance(one, Source) and one.read(MEGABYTE) for one in find_letters([path]))
    assert len(opened) == 1


def test_an_archive_that_is_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped(("a.txt", b"one")))
    assert Source(path, "a.txt").read(MEGABYTE) == b"one"
    (tmp_path / "new.zip").write_bytes(zipped(("a.txt", b"two")))
    (tmp_path / "new.zip").replace(path)
    assert Source(path, "a.txt").read(MEGABYTE) == b"two"


def test_any_byte_of_an_archive_may_be_wrong(tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    for place in range(len(GOOD)):
        path.write_bytes(GOOD[:place] + bytes([GOOD[place] ^ 0xFF]) + GOOD[place + 1 :])
        for found in find_letters([path]):
            if isinstance(found, Source):
                try:
                    found.read(MEGABYTE)
                except LetterError as error:
                    assert error.code in {"damaged", "password", "too-large", "unsupported"}
