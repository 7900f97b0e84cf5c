"""The index folder: the paths of its parts, the write lock, the current build."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from fnmatch import fnmatch
from pathlib import Path

from imrsearch.storage import CURRENT
from imrsearch.system.disk import to_disk, translate_disk_errors
from imrsearch.system.errors import IndexBusy, NotIndexed

_OF_BUILDS = "builds"
COPY = "copy"
"""The folder of an index whose collection is in a database."""
ROLLED_BACK = "rolled-back.json"
_OWN_FILES = (
    _OF_BUILDS,
    COPY,
    "collection.sqlite3*",
    "current*",
    "lock*",
    f"{ROLLED_BACK}*",
    "README.md",
)
_BUILD_PREFIX = "build-"
_FRESH = f"{CURRENT}.new"
_GONE = "gone-"

_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Lock the index folder for writing; the same thread may lock it again.

    Creates the folder if it is missing and restricts it to its owner. Raises IndexBusy while
    another run or thread holds the lock; NotWritten for disk errors, inside the block too.
    """
    path = folder.absolute()
    if path in _held.get():
        yield
        return
    with translate_disk_errors(folder):
        _make_lasting(path)
        _make_private(path)
        with os.fdopen(os.open(path / "lock", os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexBusy(f"Another run is writing the index in {folder}.") from None
            token = _held.set(_held.get() | {path})
            try:
                yield
            finally:
                _held.reset(token)


def _make_lasting(folder: Path) -> None:
    """Make the folder and those above it that are missing, their names on the disk."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in missing:
        to_disk(path.parent)


def _make_private(folder: Path) -> None:
    """Restrict the index's files to their owner, and the folder too unless it holds other files
    (``--index .`` must not close a shared folder)."""
    found = list(folder.iterdir())
    ours = [path for path in found if any(fnmatch(path.name, pattern) for pattern in _OWN_FILES)]
    private = [path for path in ours if not path.is_symlink()]
    for path in [folder, *private] if ours == found else private:
        mode = path.stat().st_mode
        if mode & 0o077:
            with suppress(PermissionError):  # it belongs to another owner
                path.chmod(mode & 0o700)


def current_name(folder: Path) -> str | None:
    """The name of the current build; ``None`` if there is none."""
    try:
        return (folder / CURRENT).readlink().name
    except OSError:
        return None


def current_path(folder: Path) -> Path:
    """The folder of the current build. Raises NotIndexed if there is none."""
    name = current_name(folder)
    if name is None:
        raise NotIndexed(f"There is no index in {folder}.")
    return path_of(folder, name.removeprefix(_BUILD_PREFIX))


def path_of(folder: Path, build_id: str) -> Path:
    """The folder of the build of that id, whether it exists or not."""
    return folder / _OF_BUILDS / f"{_BUILD_PREFIX}{build_id}"


def id_of(build: Path) -> str:
    """The id of the build in this folder."""
    return build.name.removeprefix(_BUILD_PREFIX)


def own_folders(folder: Path) -> set[Path]:
    """The folders of an index, in which no letters are looked for: the index may lie in the folder
    of letters (``imrsearch index .``)."""
    return {folder.resolve() / name for name in (_OF_BUILDS, COPY, CURRENT)}


def all_builds(folder: Path) -> list[Path]:
    """The folders of all builds, intact or not, newest first."""
    return sorted((folder / _OF_BUILDS).glob(f"{_BUILD_PREFIX}*"), reverse=True)


def set_aside(build: Path) -> Path:
    """Rename a build that is going to be removed, so that no reader finds it half removed."""
    gone = build.with_name(f"{_GONE}{build.name}")
    with suppress(OSError):
        build.rename(gone)
    return gone


def remove_leftovers(folder: Path) -> list[Path]:
    """Remove what an interrupted rollback or change of ``current`` left behind; returns the builds
    that were set aside and are still there."""
    for name in (_FRESH, f"{ROLLED_BACK}.new"):
        (folder / name).unlink(missing_ok=True)
    return list((folder / _OF_BUILDS).glob(f"{_GONE}*"))


def write_note(folder: Path, note: bytes) -> None:
    """Replace the note of the last rollback."""
    fresh = folder / f"{ROLLED_BACK}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / ROLLED_BACK)


def point_to(folder: Path, build: Path) -> None:
    """Make the build the current one by an atomic replacement of ``current``."""
    fresh = folder / _FRESH
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(build.relative_to(folder))
    fresh.replace(folder / CURRENT)
