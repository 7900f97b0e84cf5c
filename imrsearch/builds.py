"""Index builds: every change of the index is a new build beside the old ones.

::

    index/
      lock                       held by the one run that may write
      current -> builds/build-20161209-101500-123
      builds/
        build-20161209-101500-123/
          manifest.json          what the build holds, and the hash of each of its files
          engine/                the engine's own files, some shared with other builds

A build becomes the current one by one atomic replacement of ``current``; until then nobody sees
it, afterwards everybody does. Two older builds stay, for readers that still have them open and
for the day that the current one is damaged.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from imrsearch import __version__
from imrsearch.engines import engine
from imrsearch.engines.contract import Everything, Index, IssueDocument, Request
from imrsearch.errors import DamagedBuild, IndexBusy, NotIndexed
from imrsearch.manifests import (
    SCHEMA,
    File,
    Manifest,
    Origin,
    hashes,
    read_manifest,
    require_whole,
    write_manifest,
)

__all__ = [
    "Build",
    "Builds",
    "Manifest",
    "current_manifest",
    "lock",
    "publish",
    "publish_update",
    "updatable",
    "verify",
]

_KEPT = 2


@dataclass(frozen=True, slots=True)
class Build:
    """A published build, open for searching. ``note`` says so when it stands in for another."""

    id: str
    manifest: Manifest
    index: Index
    note: str | None = None


# ---------------------------------------------------------------------------------- writing

_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold the index folder for writing, once more where it is held already.

    Makes the folder if need be. Raises IndexBusy while another run, or thread, holds it.
    """
    path = folder.absolute()
    if path in _held.get():
        yield
        return
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (path / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IndexBusy(f"Another run is writing the index in {folder}.") from None
        token = _held.set(_held.get() | {path})
        try:
            yield
        finally:
            _held.reset(token)


def publish(
    folder: Path,
    engine_name: str,
    documents: Iterable[IssueDocument],
    *,
    letters: int,
    unread: int,
    revision: int = 0,
    collection: int = 0,
    wanted: str = "auto",
) -> Manifest:
    """Make a build of ``documents``, check it, and let it become the current one.

    Takes ``lock(folder)`` unless the caller holds it. Whatever goes wrong on the way, the build
    that was current stays so and nothing of the new one is left. Raises IndexBusy, DamagedBuild
    when the new build does not hold what was given to it, and what ``documents`` raises. What the
    documents come from is told as in ``Origin``.
    """
    origin = Origin(letters, unread, revision, collection, wanted)
    with lock(folder), _publishing(folder) as build:
        tally = _Tally(documents)
        engine(engine_name).create(build / "engine", tally)
        return _finish(build, _manifest_of(build, engine_name, origin, tally))


def publish_update(
    folder: Path,
    base: Manifest,
    removed: Collection[str],
    documents: Iterable[IssueDocument],
    origin: Origin,
    issues: int,
) -> Manifest:
    """As ``publish``, but of what the current build ``base`` holds without the documents of the
    cases ``removed``, followed by ``documents``; that makes ``issues`` documents."""
    with lock(folder), _publishing(folder) as build:
        tally = _Tally(documents)
        older = _path(folder, f"build-{base.id}")
        engine(base.engine).update(build / "engine", older / "engine", removed, tally)
        tally.issues = issues
        tally.decisions = _decisions(engine(base.engine).open(build / "engine"))
        manifest = _manifest_of(build, base.engine, origin, tally, base.files)
        return _finish(build, replace(manifest, updated=base.updated + len(removed)))


def updatable(folder: Path) -> Manifest | None:
    """The current build, if it is whole and its engine can update it."""
    with suppress(NotIndexed, DamagedBuild):
        manifest = current_manifest(folder)
        if engine(manifest.engine).updates:
            require_whole(_path(folder, f"build-{manifest.id}"), manifest)
            return manifest
    return None


class _Tally:
    """Passes documents on and counts them."""

    def __init__(self, documents: Iterable[IssueDocument]) -> None:
        self._documents = documents
        self.issues = 0
        self.decisions: Counter[str] = Counter()

    def __iter__(self) -> Iterator[IssueDocument]:
        for document in self._documents:
            self.issues += 1
            self.decisions.update(document.values.get("decision", ()))
            yield document


@contextmanager
def _publishing(folder: Path) -> Iterator[Path]:
    """A new build folder, which becomes the current build if the block succeeds."""
    _remove_unpublished(folder)
    with _new_build(folder) as build:
        yield build
        _point_to(folder, build)
    _remove_old(folder)


def _finish(build: Path, manifest: Manifest) -> Manifest:
    write_manifest(build, manifest)
    _check(build)
    _sync(build)
    return manifest


def _manifest_of(
    build: Path,
    engine_name: str,
    origin: Origin,
    tally: _Tally,
    known: Mapping[str, File] = MappingProxyType({}),
) -> Manifest:
    return Manifest(
        id=build.name.removeprefix("build-"),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        engine=engine_name,
        wanted=origin.wanted,
        schema=SCHEMA,
        version=__version__,
        collection=origin.collection,
        revision=origin.revision,
        letters=origin.letters,
        unread=origin.unread,
        issues=tally.issues,
        decisions=dict(tally.decisions),
        updated=0,
        files=hashes(build, known),
    )


@contextmanager
def _new_build(folder: Path) -> Iterator[Path]:
    """A new, private build folder, which goes away again if anything goes wrong in the block."""
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[: -len("456")]
    build = folder / "builds" / f"build-{now}"
    build.parent.mkdir(mode=0o700, exist_ok=True)
    build.mkdir(mode=0o700)
    try:
        (build / "engine").mkdir()
        yield build
    except BaseException:
        shutil.rmtree(build, ignore_errors=True)
        raise


def _check(build: Path) -> None:
    """Open the new build as a reader would and compare it with its manifest."""
    opened = _open(build)
    held = opened.index.count()
    if (held, _decisions(opened.index)) != (opened.manifest.issues, opened.manifest.decisions):
        raise DamagedBuild(f"The new build holds {held} issues of {opened.manifest.issues}.")


def _decisions(index: Index) -> Counter[str]:
    """Issues by decision, as an index tells; closes it."""
    answer = index.search(Request(Everything(), facets=("decision",), limit=1))
    index.close()
    rows = answer.facets["decision"]
    return Counter({row.value: row.count for row in rows if row.value is not None})


def _sync(build: Path) -> None:
    for path in [*build.rglob("*"), build, build.parent]:
        _to_disk(path)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point_to(folder: Path, build: Path) -> None:
    """Let ``current`` name the build; the replacement is the last thing that can fail."""
    fresh = folder / "current.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(build.relative_to(folder))
    fresh.replace(folder / "current")


def _remove_unpublished(folder: Path) -> None:
    """Remove what a killed run left: builds made after the current one."""
    current = _current_name(folder) or ""
    for build in _builds(folder):
        if build.name > current:
            shutil.rmtree(build, ignore_errors=True)


def _remove_old(folder: Path) -> None:
    _to_disk(folder)
    # By name, not by age: a clock that was set back must not cost the current build.
    others = [build for build in _builds(folder) if build.name != _current_name(folder)]
    for build in others[_KEPT:]:
        shutil.rmtree(build, ignore_errors=True)


# ---------------------------------------------------------------------------------- reading


class Builds:
    """The builds of an index folder, for readers. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: tuple[str, Build] | None = None

    def current(self) -> Build:
        """The current build, opened anew when another one has become current.

        A damaged one is replaced by the newest good one before it (see ``Build.note``). Raises
        NotIndexed where there is none, DamagedBuild where none is good.
        """
        known = self._open
        if known is None:
            with self._lock:
                return self._newest()
        name, build = known
        if name == _current_name(self._folder) or not self._lock.acquire(blocking=False):
            return build  # Up to date, or another thread is opening the new one.
        try:
            return self._newest()
        finally:
            self._lock.release()

    def _newest(self) -> Build:
        if self._open is None or self._open[0] != _current_name(self._folder):
            self._open = _open_current(self._folder)
        return self._open[1]


def current_manifest(folder: Path) -> Manifest:
    """What the current build says of itself. Raises NotIndexed or DamagedBuild."""
    return read_manifest(_path(folder, _required_name(folder)))


def _current_name(folder: Path) -> str | None:
    try:
        return (folder / "current").readlink().name
    except OSError:
        return None


def _required_name(folder: Path) -> str:
    name = _current_name(folder)
    if name is None:
        raise NotIndexed(f"There is no index in {folder}.")
    return name


def _path(folder: Path, name: str) -> Path:
    return folder / "builds" / name


def _builds(folder: Path) -> list[Path]:
    """The folders of all builds, newest first."""
    return sorted((folder / "builds").glob("build-*"), reverse=True)


def _open_current(folder: Path) -> tuple[str, Build]:
    """The name of the current build, and it or the newest good one before it."""
    name = _required_name(folder)
    try:
        return name, _open(_path(folder, name))
    except DamagedBuild as damage:
        if _current_name(folder) != name:
            return _open_current(folder)  # It was replaced, and removed, meanwhile.
        older = _first_good(build for build in _builds(folder) if build.name < name)
        if older is None:
            raise
        note = f"{damage.message} Build {older.id} answers in its place."
        return name, replace(older, note=note)


def _first_good(builds: Iterable[Path]) -> Build | None:
    for build in builds:
        with suppress(DamagedBuild):
            return _open(build)
    return None


def verify(folder: Path) -> Manifest:
    """Compare every byte of the current build with its manifest, and return that.

    Raises NotIndexed or DamagedBuild.
    """
    manifest = current_manifest(folder)
    require_whole(_path(folder, f"build-{manifest.id}"), manifest, thoroughly=True)
    return manifest


def _open(build: Path) -> Build:
    """Open a build whose files are what its manifest says; raises DamagedBuild for another."""
    manifest = read_manifest(build)
    require_whole(build, manifest)
    try:
        index = engine(manifest.engine).open(build / "engine")
    except Exception as error:  # Each engine fails in its own ways.
        raise DamagedBuild(f"Build {manifest.id} cannot be opened: {error!r}.") from error
    return Build(manifest.id, manifest, index)
