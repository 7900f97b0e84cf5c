"""Errors of the disk, in words."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from imrsearch.system.disk import (
    fresh_file,
    is_of_disk,
    open_output,
    sqlite_failure,
    translate_disk_errors,
    writing_file,
)
from imrsearch.system.errors import (
    DamagedBuild,
    DamagedCollection,
    ImrsearchError,
    IndexBusy,
    NotIndexed,
    NotWritten,
)
from tests.reliability.failing import STEPS


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "its file system is read-only"),
        (PermissionError(errno.EACCES, "Permission denied", "/i/lock"), "permission denied.*lock"),
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


def test_a_full_disk_explains_what_sqlite_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a log that cannot grow SQLite says that the disk reports an error, or worse."""
    error = raised_by("CREATE TABLE t (x)", file=str(tmp_path / "absent" / "file"))
    told = sqlite_failure(tmp_path, error)
    assert told is not None
    assert told.message.endswith(
        f"{tmp_path} cannot be written: the collection's file cannot be opened."
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=(1 << 20) - 1))
    told = sqlite_failure(tmp_path, error)
    assert told is not None
    assert told.message.endswith("cannot be written: the disk is full.")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1 << 20))
    assert "the disk is full" not in str(sqlite_failure(tmp_path, error))


@pytest.mark.parametrize(
    ("error", "is_it"),
    [
        pytest.param(OSError(errno.ENOSPC, "full"), True, id="the disk"),
        pytest.param(OSError(errno.EACCES, "denied"), True, id="its rights"),
        pytest.param(OSError(errno.ENOENT, "no such file"), True, id="a name"),
        pytest.param(OSError(errno.EBADF, "bad descriptor"), False, id="a defect of ours"),
        pytest.param(OSError("no number"), False, id="no number"),
        pytest.param(ValueError("full"), False, id="no error of the system"),
    ],
)
def test_what_a_user_can_mend(error: BaseException, is_it: bool) -> None:
    assert is_of_disk(error) is is_it


def test_a_file_in_no_folder_is_told_as_it_was_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotWritten) as caught, writing_file(Path("absent/rows.csv")):
        pass
    assert caught.value.message == "absent/rows.csv cannot be written: there is no folder absent."
    assert "Create the folder" in caught.value.hint


def test_what_stops_a_file_is_told_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    with pytest.raises(NotWritten) as caught, writing_file(file):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.message == f"{file} cannot be written: the disk is full."
    with pytest.raises(NotIndexed), writing_file(file):
        raise NotIndexed("ours")


def test_at_every_step_a_file_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    """What is new is on the disk before it takes the name, and then so is the name."""
    file, failed = tmp_path / "rows.csv", list[str]()
    for step in range(6):
        file.write_bytes(b"old")
        try:
            with STEPS.under(tmp_path, fails=step), fresh_file(file) as fresh:
                fresh.write_bytes(b"new")
        except OSError as error:
            assert file.read_bytes() == (b"new" if "os.rename" in failed else b"old")
            assert list(tmp_path.iterdir()) == [file]
            failed.append(str(error.filename))
    assert failed == ["open", "open", "fsync", "os.rename", "fsync"]
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("old", [None, b"old"], ids=["new", "there already"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), KeyError(), OSError(errno.ENOSPC, "No space left")], ids=repr
)
def test_a_file_is_written_whole_or_stays_as_it_was(
    error: BaseException, old: bytes | None, tmp_path: Path
) -> None:
    """Half an export in the place of a whole one looks like a whole one."""
    file = tmp_path / "rows.csv"
    if old:
        file.write_bytes(old)
    with suppress(type(error), NotWritten), open_output(file) as output:
        output.write(b"new")
        raise error
    assert list(tmp_path.iterdir()) == ([file] if old else [])
    assert not old or file.read_bytes() == old


def test_a_file_written_anew_keeps_its_rights_and_its_place(tmp_path: Path) -> None:
    file, link = tmp_path / "rows.csv", tmp_path / "link"
    file.write_bytes(b"longer than what is new")
    file.chmod(0o640)
    link.symlink_to(file)
    with open_output(link) as output:
        output.write(b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    assert link.is_symlink()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    """Whatever is no regular file stays what it is: root would else replace a device."""
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with open_output(pipe) as output:
        output.write(b"rows")
    reader.join()
    assert (read, pipe.is_fifo(), list(tmp_path.iterdir())) == ([b"rows"], True, [pipe])


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    with fresh_file(file) as first:
        first.write_bytes(b"first")
        with pytest.raises(IndexBusy, match=f"{file}"), fresh_file(file):
            pass
    assert file.read_bytes() == b"first"


def test_a_file_that_another_run_has_just_put_in_place_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between our opening and our lock it became the file itself: it is not ours to write into."""
    file, real = tmp_path / "rows.csv", fcntl.flock

    def flock(handle: int, how: int) -> None:
        [fresh] = set(tmp_path.iterdir()) - {file}
        fresh.write_bytes(b"of another run")
        fresh.rename(file)
        real(handle, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(IndexBusy), fresh_file(file):
        pass
    assert file.read_bytes() == b"of another run"


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    with suppress(KeyError), fresh_file(file) as left:
        name = left
        raise KeyError
    name.write_bytes(b"half of the rows of a run that was killed")
    with open_output(file) as output:
        output.write(b"new")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"new", [file])
