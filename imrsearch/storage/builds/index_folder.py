"""The index folder: the paths of its parts, the write lock, and its builds as they come and go."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from fnmatch import fnmatch
from pathlib import Path

from imrsearch.engines import EMBEDDED, NAMES, engine
from imrsearch.storage import CURRENT
from imrsearch.storage.collection.reader import (
    INCOMING,
    SIDE_FILES,
    CollectionReader,
    StoredLetters,
)
from imrsearch.system.disk import to_disk, translate_disk_errors
from imrsearch.system.errors import IndexBusy, NotIndexed, ServerUnavailable
from imrsearch.system.settings import Settings

_log = logging.getLogger("imrsearch")

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
_MADE_BY = "engine.name"
"""The file in a build that names an engine whose documents are elsewhere, before it writes any."""

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


class IndexFolder:
    """The builds of one index, in a folder of this machine."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder

    def letters(self) -> StoredLetters:
        """The letters as read, by what loads soonest. Raises NotIndexed, CollectionTooNew,
        DamagedCollection; ServerUnavailable."""
        return CollectionReader(self.folder)

    def refresh(self, *, older: bool = False) -> None:
        """If the folder is a copy, bring it up to date: the current build and, with ``older``, the
        others that are kept. Raises NotWritten, ServerUnavailable."""

    # ---------------------------------------------------------------------------------- writing

    def lock(self, *, together: bool = False) -> AbstractContextManager[None]:
        """See ``place.lock``."""
        return lock_folder(self.folder)

    def take_alone(self) -> None:
        """Hold alone a lock held together: wait for the other machines, then fetch what they
        published."""

    def announce(self, build: Path, engine_name: str) -> str:
        """Record that an engine is about to make a build; returns the build's label."""
        if engine_name not in EMBEDDED:
            (build / _MADE_BY).write_text(engine_name)
            to_disk(build / _MADE_BY)
            to_disk(build)
        return f"{id_of(build)}-{os.urandom(4).hex()}"

    def publish(self, build: Path) -> None:
        """Make a whole build the current one; no reader sees it before."""
        point_to(self.folder, build)

    def point_back(self, build: Path, note: bytes | None) -> None:
        """Make an earlier build current, with the note of this rollback."""
        if note is not None:
            write_note(self.folder, note)
        point_to(self.folder, build)
        to_disk(self.folder)

    def discard(self, build: Path) -> None:
        """Remove a build that was not published; what cannot be removed now is left to a later
        run."""
        with suppress(ServerUnavailable):
            self.remove(build, published=False)

    def remove(self, build: Path, *, published: bool = True) -> None:
        """Remove a build that is no longer needed, set aside first so that no reader finds it half
        removed."""
        gone = build.with_name(f"{_GONE}{build.name}")
        with suppress(OSError):
            build.rename(gone)
        self._drop(gone)

    def remove_leftovers(self) -> None:
        """Remove what an interrupted run left behind; the caller holds the lock."""
        of_restore = (f"{INCOMING}{suffix}" for suffix in ("", *SIDE_FILES))  # or of a repair
        for name in (*of_restore, _FRESH, f"{ROLLED_BACK}.new"):
            (self.folder / name).unlink(missing_ok=True)
        for build in list((self.folder / _OF_BUILDS).glob(f"{_GONE}*")):
            self._drop(build)

    def _drop(self, build: Path) -> None:
        """Remove a build that was set aside, first what its engine keeps elsewhere."""
        with suppress(OSError):
            name = (build / _MADE_BY).read_text()
            if not self._forget(name, build, ""):
                return
        shutil.rmtree(build, ignore_errors=True)

    def _forget(self, engine_name: str, build: Path, label: str) -> bool:
        """Let the engine remove what is outside of the build; whether nothing is left."""
        try:
            if engine_name in NAMES:
                engine(engine_name, self.settings).remove(build / "engine", label)
        except ServerUnavailable as error:
            _log.warning("%s A later run removes %s.", error.message, id_of(build))
            return False
        return True
