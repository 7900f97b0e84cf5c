"""Errors of the disk, in words."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from imrsearch.system.disk import sqlite_failure, translate_disk_errors
from imrsearch.system.errors import (
    DamagedBuild,
    DamagedCollection,
    ImrsearchError,
    IndexBusy,
    NotIndexed,
    NotWritten,
)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "its file system is read-only"),
        (PermissionError(errno.EACCES, "Permission denied", "/i/lock"), "rights .* missing .*lock"),
        (FileExistsError(errno.EEXIST, "File exists", "/i"), "a file where a folder should be"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
        (OSError("32 requested and 0 written"), "32 requested"),  # NumPy gives no number
        (ValueError("An IO error occurred: 'x'"), "the disk reports an error"),  # Tantivy's
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value),
)
def test_the_cause_is_named(error: Exception, words: str, tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=words) as raised, translate_disk_errors(tmp_path):
        raise error
    assert str(tmp_path) in raised.value.message
    assert raised.value.__cause__ is error


@pytest.mark.parametrize(
    "error",
    [NotIndexed("nothing"), DamagedBuild("torn"), BrokenPipeError(errno.EPIPE, "pipe"), KeyError()],
    ids=repr,
)
def test_what_the_disk_has_no_part_in_passes(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(error)), translate_disk_errors(tmp_path):
        raise error


@pytest.mark.parametrize("error", [DamagedBuild("a thread has died"), ValueError()], ids=repr)
def test_a_full_disk_explains_what_does_not_explain_itself(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=0))
    with pytest.raises(NotWritten, match="the disk is full"), translate_disk_errors(tmp_path):
        raise error


def raised_by(*statements: str, file: str = ":memory:") -> BaseException:
    with (
        pytest.raises(sqlite3.Error) as raised,
        closing(sqlite3.connect(file, timeout=0)) as connection,
    ):
        for statement in statements:
            connection.execute(statement)
    return raised.value


def test_sqlite_s_own_words(tmp_path: Path) -> None:
    """Its errors as it raises them."""
    rubbish, held = tmp_path / "rubbish", tmp_path / "held"
    rubbish.write_bytes(os.urandom(8192))
    holder = sqlite3.connect(held)
    holder.execute("BEGIN EXCLUSIVE")
    make = "CREATE TABLE t (x)"
    found: dict[BaseException, type[ImrsearchError] | None] = {
        raised_by("PRAGMA max_page_count = 1", make): NotWritten,
        raised_by(make, file=str(tmp_path / "absent" / "file")): NotWritten,
        raised_by("PRAGMA query_only = 1", make): NotWritten,
        raised_by(make, file=str(rubbish)): DamagedCollection,
        raised_by(make, file=str(held)): IndexBusy,
        raised_by("SELECT * FROM nowhere"): None,
        KeyError("x"): None,
    }
    holder.close()
    for error, kind in found.items():
        failure = sqlite_failure(tmp_path, error)
        assert (type(failure) if failure else None) is kind, error
