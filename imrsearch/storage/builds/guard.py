"""An open index that distinguishes damage from defects, and a background check of its files."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, overload

from imrsearch.engines.base import IndexSearcher, LazyFacetRows, SearchRequest, SearchResponse
from imrsearch.schema import FacetCount
from imrsearch.storage.builds.manifest import SMALL, Manifest, check_files
from imrsearch.system.errors import DamagedBuild, EngineFailed, ServerUnavailable

_CHUNK = 4 << 20
_PAUSE = 0.02
"""Seconds between two chunks: searches have priority on the disk."""
_LOWEST_PRIORITY = 19

Condemn = Callable[[str], None]
"""Called with a description of a build's damage."""
Freed = Callable[[], None]
"""Called when a build's index has been freed."""

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def _guarded(
    method: Callable[Concatenate[IndexSearcher, _Given], _Answer],
) -> Callable[Concatenate[GuardedIndex, _Given], _Answer]:
    """The method of a guarded index that asks this of its index."""

    def ask(guarded: GuardedIndex, /, *given: _Given.args, **named: _Given.kwargs) -> _Answer:
        with guarded.guard():
            answer: _Answer = getattr(guarded.index, method.__name__)(*given, **named)
            return answer

    return ask


class GuardedIndex:
    """An index that checks its files after a failure: are they still those written?

    If not, the failure is a DamagedBuild, and ``condemn`` is called. If they are, an engine's panic
    (not an ``Exception``) becomes an EngineFailed, and any other error passes through: a defect.
    """

    def __init__(self, index: IndexSearcher, build: Path, manifest: Manifest) -> None:
        self.index = index
        self._build = build
        self._manifest = manifest
        self._looking = threading.Lock()
        self._looked: str | None = None
        self.condemn: Condemn = lambda damage: None
        self.freed: Freed = lambda: None

    def __del__(self) -> None:
        """Free the index, then call ``freed``: a finalizer of this object would run while the index
        still holds its memory."""
        del self.index
        self.freed()

    def search(self, request: SearchRequest) -> SearchResponse:
        """As the index."""
        with self.guard():
            found = self.index.search(request)
        facets = {name: _GuardedRows(rows, self.guard) for name, rows in found.facets.items()}
        return replace(found, facets=facets)

    suggest = _guarded(IndexSearcher.suggest)
    frequency = _guarded(IndexSearcher.frequency)
    count = _guarded(IndexSearcher.count)
    counts = _guarded(IndexSearcher.counts)
    cases = _guarded(IndexSearcher.cases)
    health = _guarded(IndexSearcher.health)
    sample = _guarded(IndexSearcher.sample)

    def close(self) -> None:
        """Release the files."""
        self.index.close()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Tell damage from a defect where the block fails."""
        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, ServerUnavailable):
            raise
        except BaseException as error:
            damage = self._damage()
            if damage:
                self.condemn(damage)
                raise DamagedBuild(damage) from error
            if isinstance(error, Exception):
                raise
            raise EngineFailed(f"The engine failed during a search ({error}).") from error

    def _damage(self) -> str | None:
        """What is wrong with the files; checked only once, as all of them must be read."""
        with self._looking:
            if self._looked is None:
                self._looked = ""
                try:
                    check_files(self._build, self._manifest, thoroughly=True)
                except DamagedBuild as damage:
                    self._looked = damage.message
            return self._looked or None


class _GuardedRows(LazyFacetRows):
    """A facet's rows, which an engine may read lazily."""

    def __init__(
        self, rows: Sequence[FacetCount], guard: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._rows = rows
        self._guard = guard

    def __len__(self) -> int:
        """The number of values that occur."""
        with self._guard():
            return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[FacetCount]: ...

    def __getitem__(self, place: int | slice) -> FacetCount | Sequence[FacetCount]:
        """One row or several."""
        with self._guard():
            return self._rows[place]

    def __iter__(self) -> Iterator[FacetCount]:
        """All rows."""
        with self._guard():
            yield from self._rows


class FileCheck:
    """Compares a build's large files with the manifest, slowly, while the build is in use.

    The small ones were compared when it was opened.
    """

    def __init__(self, build: Path, manifest: Manifest, condemn: Condemn) -> None:
        self._build = build
        self._manifest = manifest
        self._condemn = condemn
        self._stopped = threading.Event()
        self._files = {name: file for name, file in manifest.files.items() if file.size > SMALL}
        self.total = sum(file.size for file in manifest.files.values())
        """The build's size in bytes."""
        self.checked = self.total - sum(file.size for file in self._files.values())
        """Bytes that were compared so far."""

    def start(self) -> None:
        """Start in a separate thread, if there is anything to compare."""
        if self._files:
            threading.Thread(
                target=self.run, args=(_PAUSE,), name="file-check", daemon=True
            ).start()

    def stop(self) -> None:
        """Stop soon: another build has become current."""
        self._stopped.set()

    def run(self, pause: float = 0) -> None:
        """Compare, pausing for so many seconds between two reads; calls ``condemn`` at the first
        file that is not the one written. With a pause, this thread yields to all others."""
        with suppress(OSError):  # on Linux, the priority of this thread alone
            if pause:
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOWEST_PRIORITY)
        for name, file in self._files.items():
            found = self._hash(self._build / name, pause)
            if self._stopped.is_set():
                return
            if found != file.sha256:
                self._condemn(f"{name} of build {self._manifest.id} is not as it was written.")
                return

    def _hash(self, path: Path, pause: float) -> str | None:
        """The file's SHA-256; ``None`` if it cannot be read."""
        digest = hashlib.sha256()
        with suppress(OSError), path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                self.checked += len(chunk)
                if self._stopped.wait(pause):
                    return None
            return digest.hexdigest()
        return None
