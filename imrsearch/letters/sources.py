"""Which files hold letters: files, folders (all the way down), and zip archives of them."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from imrsearch.errors import LetterError

SUFFIXES = frozenset({".txt", ".pdf"})
ARCHIVE = ".zip"
# A member that unpacks to more than this many times its packed size is no letter (a zip bomb).
_MAX_RATIO = 200


@dataclass(frozen=True, slots=True)
class Source:
    """A letter's file: ``path`` and, inside an archive, the ``member``'s name."""

    path: Path
    member: str | None = None

    @property
    def key(self) -> str:
        """What the collection knows the file by: its absolute path, ``archive.zip!member``."""
        return f"{self.path}!{self.member}" if self.member else str(self.path)

    @property
    def name(self) -> str:
        """The file's own name, without folders."""
        return (self.member or str(self.path)).replace("\\", "/").rsplit("/", 1)[-1]

    def read(self, max_bytes: int) -> bytes:
        """The file's bytes. Raises LetterError: ``missing``, ``too-large``, ``password`` …"""
        try:
            return self._read_member(max_bytes) if self.member else self._read_file(max_bytes)
        except OSError as error:
            reason = error.strerror or str(error)
            raise LetterError("missing", f"the file cannot be opened ({reason})") from error
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, KeyError) as error:
            raise LetterError("damaged", f"the archive cannot be read ({error})") from error
        except (NotImplementedError, RuntimeError) as error:
            raise LetterError(
                "password", f"the archive's file cannot be unpacked ({error})"
            ) from error

    def _read_file(self, max_bytes: int) -> bytes:
        with self.path.open("rb") as file:
            return _within(file.read(max_bytes + 1), max_bytes)

    def _read_member(self, max_bytes: int) -> bytes:
        assert self.member
        with zipfile.ZipFile(self.path) as archive:
            info = archive.getinfo(self.member)
            if info.file_size > max(1 << 20, _MAX_RATIO * info.compress_size):
                raise LetterError(
                    "too-large", "the archive's file unpacks to far more than it holds"
                )
            with archive.open(info) as file:
                return _within(file.read(max_bytes + 1), max_bytes)


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that gave no letter: its key, its name, a short ``code`` and the reason in words."""

    key: str
    name: str
    code: str
    message: str


def find(paths: list[Path]) -> Iterator[Source | Unread]:
    """The letters' files under the paths, in a stable order, each once.

    Inside folders and archives other kinds of files, hidden ones, links and devices are passed
    over; a path named outright that cannot serve is an ``Unread``.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _under(path):
            if found.key not in seen:
                seen.add(found.key)
                yield found


def _under(path: Path) -> Iterator[Source | Unread]:
    resolved = path.expanduser().resolve()
    if resolved.is_dir():
        for file in _files(resolved):
            yield from _file(file)
    elif not resolved.exists():
        yield _unread(resolved, "missing", "there is no such file or folder")
    elif not resolved.is_file():
        yield _unread(resolved, "unsupported", "not a regular file")
    elif resolved.suffix.lower() in {*SUFFIXES, ARCHIVE}:
        yield from _file(resolved)
    else:
        yield _unread(resolved, "unsupported", "not a .txt, .pdf or .zip file")


def _files(folder: Path) -> Iterator[Path]:
    """Regular files below a folder in order of their names, not following links."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        mode = entry.lstat().st_mode
        if entry.name.startswith("."):
            continue
        if stat.S_ISDIR(mode):
            yield from _files(entry)
        elif stat.S_ISREG(mode) and entry.suffix.lower() in {*SUFFIXES, ARCHIVE}:
            yield entry


def _file(path: Path) -> Iterator[Source | Unread]:
    if path.suffix.lower() != ARCHIVE:
        yield Source(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(archive.infolist(), key=lambda info: info.filename)
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        yield _unread(path, "damaged", f"the archive cannot be opened ({error})")
        return
    yield from (Source(path, info.filename) for info in members if _is_letter_member(info))


def _is_letter_member(info: zipfile.ZipInfo) -> bool:
    name = Path(info.filename.replace("\\", "/"))
    # Members are read in place, never unpacked, so "../x.txt" is a name like any other.
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.parts)
    return not info.is_dir() and not hidden and name.suffix.lower() in SUFFIXES


def _unread(path: Path, code: str, message: str) -> Unread:
    return Unread(str(path), path.name, code, message)


def _within(data: bytes, max_bytes: int) -> bytes:
    if len(data) > max_bytes:
        raise LetterError(
            "too-large",
            f"the file is larger than {max_bytes // (1 << 20)} MB",
            "Raise IMRSEARCH_MAX_FILE_MB if this is a letter all the same.",
        )
    return data
