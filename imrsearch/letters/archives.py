"""Zip archives of letters: read in place, never unpacked onto the disk.

An archive is a stranger's data: what it says of itself is bounded before it is believed. Only
stored and deflated files are read, because the others cannot be unpacked bit by bit.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from imrsearch.system.errors import LetterError

MAX_LIST = 32 << 20
"""An archive whose list of contents takes more bytes is not opened: some 300,000 letters."""
# A file that unpacks to more than this many times its packed size is no letter (a zip bomb).
_MAX_RATIO = 200
_SMALL_FILE = 1 << 20
_FILE_MARK = b"PK\x03\x04"
_ENCRYPTED = 0x1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_regular(path: str, flags: int) -> int:
    """An ``opener`` for files that strangers put there: never a link, never waits for a pipe.

    Raises OSError, and LetterError ``unsupported`` for devices, pipes and sockets.
    """
    handle = os.open(path, flags | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise LetterError("unsupported", "not a regular file")
    return handle


def members(path: Path) -> Iterator[tuple[str, str | None]]:
    """The names of an archive's files in order, each with the reason why it cannot be read.

    Raises LetterError when the archive cannot be opened, or its files lie one over another.
    """
    archive = _archive(path)
    # ZipInfo.is_dir raises IndexError for a file without a name.
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        raise LetterError("damaged", "the files in the archive overlap")
    names = Counter(info.filename for info in infos)
    for name in sorted(names):
        twice = "the archive holds several files with this name" if names[name] > 1 else None
        yield name, twice


def holds(path: Path, member: str) -> bool:
    """Whether an archive has such a file. Raises OSError or LetterError where it cannot be told."""
    return member in _archive(path).NameToInfo


def read_member(path: Path, member: str, most: int) -> bytes:
    """Up to ``most`` bytes of an archive's file. Raises OSError, LetterError."""
    archive = _archive(path)
    info = archive.NameToInfo.get(member)
    if info is None:
        raise LetterError("missing", "the file is no longer in the archive")
    _require_readable(info)
    try:
        with archive.open(info) as file:
            return file.read(most)
    except Exception as error:  # zipfile raises whatever a damaged file leads it to.
        raise LetterError(
            "damaged", f"the file in the archive cannot be unpacked ({_describe(error)})"
        ) from error


def _require_readable(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise LetterError("password", "the file in the archive is password-protected")
    if info.compress_type not in _PACKINGS:
        raise LetterError(
            "unsupported",
            "the file in the archive is compressed in an unsupported way; use deflate",
        )
    if info.file_size > max(_SMALL_FILE, _MAX_RATIO * info.compress_size):
        raise LetterError(
            "too-large", "the file in the archive unpacks to far more than its compressed size"
        )


def _archive(path: Path) -> _Archive:
    """The archive, kept open: reading its list anew for each letter would cost its square."""
    status = path.stat()
    try:
        return _opened(str(path), status.st_ino, status.st_size, status.st_mtime_ns)
    except (LetterError, OSError):
        raise
    except Exception as error:
        raise LetterError(
            "damaged", f"the archive cannot be opened ({_describe(error)})"
        ) from error


def _describe(error: Exception) -> str:
    return str(error) or type(error).__name__


class _File(io.FileIO):
    """An archive's file, from which no boundless list of contents is read."""

    listing = True

    def read(self, size: int | None = -1, /) -> bytes:
        if self.listing and size is not None and size > MAX_LIST:
            raise LetterError("too-large", "the archive lists too many files; split it")
        return super().read(-1 if size is None else size) or b""


class _Archive(zipfile.ZipFile):
    _file: _File | None = None

    def __init__(self, path: str) -> None:
        self._file = _File(path, opener=open_regular)
        super().__init__(self._file)
        self._file.listing = False
        self._require_own_list()

    def _require_own_list(self) -> None:
        """Raises BadZipFile where the list found is that of an archive inside this one: of a file
        that was cut off, all before that one's first entry would vanish without a word."""
        assert self._file
        self._file.seek(0)
        first = min((info.header_offset for info in self.infolist()), default=-1)
        if self._file.read(len(_FILE_MARK)) == _FILE_MARK and first != 0:
            raise zipfile.BadZipFile("its list of contents is cut off")

    def close(self) -> None:
        super().close()
        if self._file:
            self._file.close()


@lru_cache(maxsize=1)
def _opened(path: str, *_identity: int) -> _Archive:
    return _Archive(path)
