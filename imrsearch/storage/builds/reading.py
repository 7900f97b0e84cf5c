"""Reading published builds: the current one, or the newest whole one in its place."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from imrsearch.engines import engine
from imrsearch.engines.base import IndexSearcher
from imrsearch.storage.builds.guard import FileCheck, GuardedIndex
from imrsearch.storage.builds.index_folder import (
    IndexFolder,
    all_builds,
    current_name,
    current_path,
    id_of,
    path_of,
)
from imrsearch.storage.builds.manifest import Manifest, check_files, read_manifest
from imrsearch.storage.builds.place import Where, place_of
from imrsearch.system.errors import DamagedBuild, NotIndexed, ServerUnavailable
from imrsearch.system.memory import trim_heap, tune_malloc
from imrsearch.system.settings import Settings

_log = logging.getLogger("imrsearch")

_ASKED_EVERY = 1.0
"""Seconds between two questions to a database which build is current."""


@dataclass(frozen=True, slots=True)
class Build:
    """A published build, open for searching. ``note``: why it replaces a damaged one, if so."""

    id: str
    manifest: Manifest
    index: IndexSearcher
    note: str | None = None


class Builds:
    """The current build of an index folder, for readers. Safe to share between threads.

    A build that turns out to be damaged while it answers is left for the newest whole older one;
    ``watched``: its large files are compared with the manifest while it answers.
    """

    def __init__(self, where: Where, *, watched: bool = False) -> None:
        self._place = place_of(where)
        self._watched = watched
        self._lock = threading.Lock()
        self._open: tuple[str | None, Build] | None = None
        self._damages: dict[str, str] = {}
        self._check: FileCheck | None = None
        self._asked = 0.0

    def current(self) -> Build:
        """The current build, opened when it has changed.

        If it is damaged, the newest intact older one replaces it (see ``Build.note`` and the log).
        Raises NotIndexed if there is no build, DamagedBuild if none is intact, ServerUnavailable.
        """
        known = self._open
        if known is None:
            with self._lock:
                return self._newest()
        name, build = known
        if name == self._current_name() or not self._lock.acquire(blocking=False):
            return build  # up to date, or another thread is opening the new one
        try:
            return self._newest()
        finally:
            self._lock.release()

    @property
    def checked(self) -> tuple[int, int] | None:
        """How many bytes of the build that answers were compared so far, and its size."""
        return (self._check.checked, self._check.total) if self._check else None

    def condemn(self, name: str, damage: str) -> None:
        """Let another build answer in the place of this damaged one, from the next request on."""
        self._damages[name] = damage
        self._open = None

    def close(self) -> None:
        """Let go of the open build; the next one who asks opens it again."""
        with self._lock:
            opened, self._open = self._open, None
            if self._check:
                self._check.stop()
        if opened:
            opened[1].index.close()

    def _current_name(self) -> str | None:
        """The name of the current build. A database is asked for it once a second."""
        if self._place.settings.collection and time.monotonic() - self._asked >= _ASKED_EVERY:
            self._place.refresh()
            self._asked = time.monotonic()
        return current_name(self._place.folder)

    def _newest(self) -> Build:
        current = self._current_name()
        if self._open is None or self._open[0] != current:
            name, build = _open_current(self._place, self._damages)
            self._watch(build)
            self._open = name, build
            if build.note:
                _log.warning(build.note)
            else:
                _log.info("Build %s answers.", build.id)
        return self._open[1]

    def _watch(self, build: Build) -> None:
        # Of the name: an index that led to itself would stay until Python looks for circles.
        condemn = partial(self.condemn, build.id)
        if isinstance(build.index, GuardedIndex):
            build.index.condemn = condemn
            build.index.freed = trim_heap  # when the last request that uses it has ended
        if self._check:
            self._check.stop()
        self._check = FileCheck(path_of(self._place.folder, build.id), build.manifest, condemn)
        if self._watched:
            self._check.start()


def current_manifest(where: Where) -> Manifest:
    """The manifest of the current build. Raises NotIndexed or DamagedBuild."""
    place = place_of(where)
    place.refresh()
    return read_manifest(current_path(place.folder))


def _open_current(place: IndexFolder, damages: Mapping[str, str]) -> tuple[str | None, Build]:
    """The name of the current build, and that build or the newest intact older one."""
    folder = place.folder
    name = current_name(folder)
    try:
        return name, open_build(current_path(folder), place.settings, damages)
    except (NotIndexed, DamagedBuild) as trouble:
        if current_name(folder) != name:
            return _open_current(place, damages)  # it was replaced and removed in the meantime
        earlier = (build for build in all_builds(folder) if not name or build.name < name)
        older = _first_good(earlier, place.settings, damages)
        if older is None:
            raise
        cause = trouble.message if name else "Nothing says which build is the current one."
        return name, replace(older, note=f"{cause} Build {older.id} answers in its place.")


def _first_good(
    builds: Iterable[Path], settings: Settings, damages: Mapping[str, str]
) -> Build | None:
    for build in builds:
        with suppress(DamagedBuild):
            return open_build(build, settings, damages)
    return None


def open_build(
    build: Path,
    settings: Settings | None = None,
    damages: Mapping[str, str] = MappingProxyType({}),
) -> Build:
    """Open a build; ``settings`` say where the cluster of an engine is.

    Raises DamagedBuild if its files are not those of its manifest, or if it is one of those whose
    ``damages`` are known; ServerUnavailable.
    """
    if id_of(build) in damages:
        raise DamagedBuild(damages[id_of(build)])
    manifest = read_manifest(build)
    check_files(build, manifest)
    tune_malloc()
    try:
        index = engine(manifest.engine, settings).open(build / "engine")
    except (ServerUnavailable, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # each engine has its own errors, and panics
        raise DamagedBuild(f"Build {manifest.id} cannot be opened: {error!r}.") from error
    return Build(manifest.id, manifest, GuardedIndex(index, build, manifest))
