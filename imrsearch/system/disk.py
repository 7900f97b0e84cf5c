"""Translates disk errors, Python's, SQLite's and Tantivy's, into ImrsearchErrors."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from imrsearch.system.errors import (
    DamagedBuild,
    DamagedCollection,
    ImrsearchError,
    IndexBusy,
    NotWritten,
)

_FULL = "the disk is full"
_RIGHTS = "permission denied"
_READ_ONLY = "its file system is read-only"

_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "the quota of the disk is used up",
    errno.EFBIG: "a file would be larger than this process may write",
    errno.EROFS: _READ_ONLY,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EEXIST: "there is a file where a folder should be",
    errno.ENOTDIR: "there is a file where a folder should be",
    errno.EIO: "the disk reports an error",
}
_NAMES_OF_NOTHING = {errno.ENOENT, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP}
"""What is wrong with the name of a file."""
_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: "it is read-only",
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_CANTOPEN: "the collection's file cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk reports an error",
}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

_FOREIGN = "io error"
"""Part of the message of Tantivy's disk errors."""

_LEAST_FREE = 1 << 20
"""Bytes; with less free space an error counts as a full disk, whatever it says: an engine may
report only that a thread died."""


@contextmanager
def translate_disk_errors(folder: Path) -> Iterator[None]:
    """Raises NotWritten, naming the cause, for disk errors inside the block.

    Other errors pass. On a full disk any defect or damaged build counts as a disk error.
    """
    try:
        yield
    except Exception as error:
        reason = _cause(folder, error)
        if reason is None:
            raise
        named = f" ({error.filename})" if isinstance(error, OSError) and error.filename else ""
        raise _not_written(folder, reason + named) from error


@contextmanager
def writing_file(file: Path) -> Iterator[None]:
    """Raises NotWritten, naming ``file`` as it was typed, for disk errors inside the block, which
    writes it."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise NotWritten(
            f"{file} cannot be written: there is no folder {file.parent}.",
            "Create the folder, or choose another file.",
        )
    try:
        yield
    except Exception as error:
        reason = _cause(folder, error)
        if reason is None:
            raise
        raise NotWritten(f"{file} cannot be written: {reason}.") from error


@contextmanager
def open_output(file: Path) -> Iterator[IO[bytes]]:
    """``file``, open for writing; it is as it was if the block fails or is interrupted.

    What is no regular file, such as a pipe or a device, is written into directly. Raises
    NotWritten; IndexBusy while another run writes the file.
    """
    place = Path(os.path.realpath(file))
    with writing_file(file):
        if place.exists() and not place.is_file():
            with place.open("wb") as pipe:
                yield pipe
            return
        with fresh_file(place) as fresh, fresh.open("wb") as output:
            if place.exists():
                shutil.copymode(place, fresh)
            yield output


@contextmanager
def fresh_file(file: Path) -> Iterator[Path]:
    """A new, empty file beside ``file``, which takes its place when the block ends; removed if the
    block fails. What a killed run left of it is written over.

    Raises OSError; IndexBusy while another run writes the same file.
    """
    fresh = file.with_name(f".{file.name}.imrsearch")
    handle = os.open(fresh, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _own(handle, fresh, file)
        os.ftruncate(handle, 0)
        try:
            yield fresh
            to_disk(fresh)
            fresh.replace(file)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        to_disk(file.absolute().parent)
    finally:
        os.close(handle)


def _own(handle: int, fresh: Path, file: Path) -> None:
    """Lock the open file. Raises IndexBusy if another run has, or if ``fresh`` no longer names it:
    another run has put it in the place of ``file``, and it must not be written over."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        same = os.path.samestat(os.fstat(handle), fresh.stat())
    except (BlockingIOError, FileNotFoundError):
        same = False
    if not same:
        raise IndexBusy(f"Another run is writing {file}.")


def sqlite_failure(folder: Path, error: BaseException) -> ImrsearchError | None:
    """An error of SQLite as an ImrsearchError; ``None`` for a defect of ours.

    A message that quotes a damaged name is no UTF-8: Python's library raises UnicodeDecodeError.
    """
    if isinstance(error, UnicodeDecodeError):
        return _damaged_collection(folder, "a name in it is not valid text")
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in _BUSY:
        return IndexBusy(f"Another run is writing the collection in {folder}.")
    if code in _SQLITE:
        return _not_written(folder, _FULL if _is_full(folder) else _SQLITE[code])
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged_collection(folder, str(error))
    return None


def is_of_disk(error: BaseException) -> bool:
    """Whether the disk, its rights or the name of a file is the cause, not a defect of ours."""
    return isinstance(error, OSError) and error.errno in _SYSTEM.keys() | _NAMES_OF_NOTHING


def _damaged_collection(folder: Path, cause: str) -> DamagedCollection:
    return DamagedCollection(f"The collection in {folder} is damaged ({cause}).")


def _cause(folder: Path, error: Exception) -> str | None:
    """What is wrong with the disk; ``None`` for an error that names its cause itself, or cannot
    come from the disk (a closed pipe)."""
    if isinstance(error, ImrsearchError) and not isinstance(error, DamagedBuild):
        return None
    if isinstance(error, ConnectionError):
        return None
    if _is_full(folder):
        return _FULL
    if not isinstance(error, OSError):
        return _SYSTEM[errno.EIO] if _FOREIGN in str(error).lower() else None
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LEAST_FREE
    except OSError:
        return False


def _not_written(folder: Path, reason: str) -> NotWritten:
    return NotWritten(f"The index in {folder} cannot be written: {reason}.")


def all_to_disk(folder: Path) -> None:
    """Bring a folder to the disk, with all that is in it."""
    for path in (*folder.rglob("*"), folder):
        to_disk(path)


def to_disk(path: Path) -> None:
    """Flush a file, or the entries of a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
