"""Which files hold letters: files, folders (all the way down), and zip archives of them.

Input folders are untrusted. Links inside a folder are not followed: they could lead outside, in
circles, or to the same letter twice. A link, a device, a pipe or a nested archive with a letter's
name, and a name that cannot be printed safely, is reported, never opened.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
from collections.abc import Iterator, Set
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from pathlib import Path
from typing import IO

from imrsearch.letters import archives
from imrsearch.model import Unread
from imrsearch.system.errors import LetterError

SUFFIXES = frozenset({".txt", ".pdf"})
ARCHIVE = ".zip"
NO_TEXT = "no-text"
"""The code of a file that has only images: a scan."""
_READ_SUFFIXES = frozenset({*SUFFIXES, ARCHIVE})
_LONGEST_FILE_NAME = 1_000
# Names of one folder that are sorted in memory; more go to temporary files.
NAMES_SORTED_AT_ONCE = 20_000
# Controls, which a terminal would obey; marks that change the direction of writing; other line
# ends; bytes that are no UTF-8 (lone surrogates): "a\x1b[2J.txt", "a\u202etxt.pdf", "a\udcff.txt".
_NOT_IN_A_NAME = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Source:
    """A letter's file: ``path`` and, inside an archive, the ``member``'s name."""

    path: Path
    member: str | None = None

    @property
    def key(self) -> str:
        """The file's key in the collection: its absolute path, ``archive.zip!member``."""
        return f"{self.path}!{self.member}" if self.member else str(self.path)

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        return (self.member or str(self.path)).replace("\\", "/").rsplit("/", 1)[-1]

    def read(self, max_bytes: int) -> bytes:
        """The file's bytes. Raises LetterError: ``missing``, ``too-large``, ``changed`` …"""
        try:
            if self.member is None:
                return self._read_file(max_bytes)
            data = archives.read_member(self.path, self.member, max_bytes + 1)
            return _within(data, max_bytes)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise LetterError("missing", "the file does not exist") from error
        except OSError as error:
            raise _unreadable(error) from error

    def is_gone(self) -> bool:
        """Whether the file is certainly gone; one that cannot be accessed is not."""
        try:
            if not stat.S_ISREG(self.path.lstat().st_mode):
                return True
            return self.member is not None and not archives.holds(self.path, self.member)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except (LetterError, OSError):
            return False

    def _read_file(self, max_bytes: int) -> bytes:
        """The whole file, as a consistent snapshot."""
        with open(self.path, "rb", opener=archives.open_regular) as file:
            before = os.fstat(file.fileno())
            data = _within(file.read(max_bytes + 1), max_bytes)
            after = os.fstat(file.fileno())
        if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, len(data)):
            raise LetterError(
                "changed", "the file changed while it was being read", "Run this again."
            )
        return data


def find_letters(paths: list[Path], apart: Set[Path] = frozenset()) -> Iterator[Source | Unread]:
    """The letters' files under the paths, in a stable order, each once; none in those ``apart``.

    Inside folders and archives other kinds of files and hidden ones are passed over; what should
    be a letter but cannot be read as one is an ``Unread``. Memory does not grow with the number
    of files, but for those of one archive.
    """
    done = set(apart)
    for path in paths:
        place = _real_path(path)
        if isinstance(place, Unread):
            yield place
        elif place not in done:
            yield from _walk(place, done)
            done.add(place)


def resolved(paths: list[Path]) -> set[Path]:
    """The files and folders that the paths lead to."""
    return {place for path in paths if isinstance(place := _real_path(path), Path)}


def is_under(path: Path, places: Set[Path]) -> bool:
    """Whether a path is one of the places or lies below one."""
    return path in places or any(parent in places for parent in path.parents)


def printable(text: str) -> str:
    """A name as one harmless line: ``a\\x1b[2J.txt`` with its control characters spelt out."""
    short = text if len(text) <= _LONGEST_FILE_NAME else f"{text[:200]} … {text[-50:]}"
    return _NOT_IN_A_NAME.sub(lambda match: match[0].encode("unicode_escape").decode(), short)


def _real_path(path: Path) -> Path | Unread:
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a link in a circle, a NUL, ~nobody
        problem = LetterError("missing", f"the path leads nowhere ({error})")
        return unread_file(Source(path), problem)


def _walk(top: Path, done: set[Path]) -> Iterator[Source | Unread]:
    """What a path leads to, of a folder all that lies below, in the order of the names, however
    deep."""
    levels: list[Iterator[Path]] = [iter((top,))]
    while levels:
        path = next(levels[-1], None)
        if path is None:
            levels.pop()
        elif path not in done:
            try:
                mode = path.lstat().st_mode
                if path is top and _was_met(path, mode, done):
                    return
                if stat.S_ISDIR(mode):
                    with os.scandir(path) as entries:
                        seen = (one.name for one in entries if not one.name.startswith("."))
                        levels.append(map(path.joinpath, _sorted_names(seen)))
                else:
                    yield from _in_file(path, mode, is_named=path is top)
            except (FileNotFoundError, NotADirectoryError):
                if path is top:  # any other went away since its folder was listed
                    problem = LetterError("missing", "there is no such file or folder")
                    yield unread_file(Source(path), problem)
            except LetterError as error:
                yield unread_file(Source(path), error)
            except OSError as error:
                yield unread_file(Source(path), _unreadable(error))


def _was_met(path: Path, mode: int, done: set[Path]) -> bool:
    """Whether one of the folders that were gone through led to the path."""
    above = next((parent for parent in path.parents if parent in done), None)
    if above is None or not (stat.S_ISDIR(mode) or _is_letter(path, mode)):
        return False
    return not any(part.startswith(".") for part in path.relative_to(above).parts)


def _is_letter(path: Path, mode: int) -> bool:
    return stat.S_ISREG(mode) and path.suffix.lower() in _READ_SUFFIXES


def _in_file(path: Path, mode: int, *, is_named: bool) -> Iterator[Source | Unread]:
    """The letters of a file; where its folder led to it, it is passed over unless it has a letter's
    name. Raises OSError, LetterError."""
    if _is_letter(path, mode):
        if path.suffix.lower() == ARCHIVE:
            for name, problem in archives.members(path):
                yield from _member(Source(path, name), problem)
        else:
            yield _with_safe_name(Source(path))
        return
    is_link = stat.S_ISLNK(mode)
    if is_named or path.suffix.lower() in _READ_SUFFIXES or (is_link and path.is_dir()):
        is_file = stat.S_ISREG(mode)
        problem = "not a .txt, .pdf or .zip file" if is_file else "not a regular file"
        problem = "a link; name what it points to instead" if is_link else problem
        raise LetterError("unsupported", problem)


def _member(source: Source, problem: str | None) -> Iterator[Source | Unread]:
    name = Path((source.member or "").replace("\\", "/"))
    # Members are read in place, never unpacked, so "../x.txt" is a name like any other.
    if any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.parts):
        return
    if name.suffix.lower() == ARCHIVE:
        yield _with_safe_name(source, "an archive inside an archive; unpack it first")
    elif name.suffix.lower() in SUFFIXES:
        yield _with_safe_name(source, problem)


def _with_safe_name(source: Source, problem: str | None = None) -> Source | Unread:
    """The source, unless there is a problem with it or its name cannot be kept and shown."""
    if problem is None and _NOT_IN_A_NAME.search(source.key):
        problem = "its name holds control characters, or is no valid UTF-8; rename it"
    elif problem is None and len(source.member or "") > _LONGEST_FILE_NAME:
        problem = f"its name is longer than {_LONGEST_FILE_NAME:,} characters"
    return unread_file(source, LetterError("unsupported", problem)) if problem else source


def _sorted_names(names: Iterator[str]) -> Iterator[str]:
    """The names sorted, however many."""
    first = sorted(islice(names, NAMES_SORTED_AT_ONCE))
    runs: list[Iterator[str]] = []
    while more := sorted(islice(names, NAMES_SORTED_AT_ONCE)):
        runs.append(_put_by(more))
    return merge(first, *runs)


def _put_by(names: list[str]) -> Iterator[str]:
    """The names again, meanwhile in a temporary file; a name may hold a line end."""
    file = tempfile.TemporaryFile("w+", encoding="ascii")  # noqa: SIM115 - closed when read
    file.writelines(json.dumps(name) + "\n" for name in names)
    file.seek(0)
    return _taken_from(file)


def _taken_from(file: IO[str]) -> Iterator[str]:
    with file:
        yield from map(json.loads, file)


def unread_file(source: Source, error: LetterError) -> Unread:
    """The report of a file that gave no letter, with its key, name and reason made printable."""
    message = printable(error.message)
    return Unread(printable(source.key), printable(source.name), error.code, message)


def _unreadable(error: OSError) -> LetterError:
    return LetterError("unreadable", f"the file cannot be opened ({error.strerror or error})")


def _within(data: bytes, max_bytes: int) -> bytes:
    if len(data) > max_bytes:
        raise LetterError(
            "too-large",
            f"the file is larger than {max_bytes // (1 << 20)} MB",
            "If it is a letter, raise IMRSEARCH_MAX_FILE_MB.",
        )
    return data
