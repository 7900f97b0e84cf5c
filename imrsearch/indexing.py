"""The main job: collect → read → keep → build → publish.

Reading streams: letters are kept in batches, so that an interruption loses at most the last
batch and the next run goes on from there. The index that was there answers until the new build
takes its place.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from imrsearch import builds
from imrsearch.building import Progress, build_if_needed
from imrsearch.collection import Collection, Known
from imrsearch.letters import READER
from imrsearch.letters.reading import Letter, Limits, Outcome, Unchanged, read_all
from imrsearch.letters.sources import Source, Unread, find
from imrsearch.manifests import Manifest
from imrsearch.settings import Settings

_BATCH = 200
_BATCH_SECONDS = 5.0


@dataclass(slots=True)
class Report:
    """What an index run did. ``build`` is ``None`` where nothing had changed."""

    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    pruned: int = 0
    duplicates: list[Unread] = field(default_factory=list)
    failed: list[Unread] = field(default_factory=list)
    issues: int = 0
    warnings: int = 0
    build: Manifest | None = None
    seconds: float = 0.0

    @property
    def files(self) -> int:
        """All files that were looked at."""
        done = self.read + self.unchanged + self.replaced
        return done + len(self.duplicates) + len(self.failed)


def index_paths(
    settings: Settings,
    paths: list[Path],
    *,
    prune: bool = False,
    force: bool = False,
    engine: str | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read the letters under ``paths`` into the collection and publish a build if needed.

    ``prune`` forgets letters whose file is gone from the given paths. ``progress`` is called
    along the way. Files that give no letter are in the report, never an error. Raises IndexBusy
    when another run is writing; NotWritten for what goes wrong with the disk; unless forced,
    TooFewIssues when far fewer issues are left than before.
    """
    started = time.monotonic()
    report = Report()
    with builds.lock(settings.index):
        collection = Collection.create(settings.index)
        try:
            found = list(find(paths))
            _Reading(collection, report, progress).run(found, Limits.of(settings), jobs)
            if prune:
                report.pruned = _prune(collection, paths, found)
            report.build = build_if_needed(settings, collection, engine, progress, force=force)
        finally:
            collection.close()
    report.seconds = time.monotonic() - started
    return report


class _Reading:
    """The reading half of a run: outcomes sorted into the report, letters kept in batches."""

    def __init__(self, collection: Collection, report: Report, progress: Progress | None) -> None:
        self._collection = collection
        self._report = report
        self._progress = progress
        self._known = collection.known()
        self._of_case = {known.case_id: key for key, known in self._known.items()}
        self._batch: list[Letter] = []
        self._kept_at = time.monotonic()

    def run(self, found: list[Source | Unread], limits: Limits, jobs: int | None) -> None:
        sources = [one for one in found if isinstance(one, Source)]
        self._given = {source.key for source in sources}
        self._report.failed += [one for one in found if isinstance(one, Unread)]
        outcomes = read_all(((source, self._sha256(source)) for source in sources), limits, jobs)
        try:
            self._take_all(outcomes, len(sources))
        finally:
            self._keep()
            self._collection.note_unread(self._report.failed)

    def _sha256(self, source: Source) -> str | None:
        known = self._known.get(source.key)
        return known.sha256 if known else None

    def _take_all(self, outcomes: Iterator[Outcome], total: int) -> None:
        for done, outcome in enumerate(outcomes, start=1):
            self._take(outcome)
            if len(self._batch) >= _BATCH or time.monotonic() - self._kept_at > _BATCH_SECONDS:
                self._keep()
            if self._progress:
                self._progress("reading", done, total)

    def _take(self, outcome: Outcome) -> None:
        if isinstance(outcome, Unchanged):
            self._report.unchanged += 1
        elif isinstance(outcome, Unread):
            self._report.failed.append(outcome)
        else:
            self._take_letter(outcome)

    def _take_letter(self, letter: Letter) -> None:
        """A case that another of the given files already holds stays with that file."""
        determination, key = letter.determination, letter.source.key
        other = self._of_case.get(determination.case_id)
        if other is not None and other != key and other in self._given:
            message = f"{determination.case_id} was read from {Path(other).name} already"
            self._report.duplicates.append(Unread(key, letter.source.name, "duplicate", message))
            return
        replaced = other is not None or key in self._known
        self._report.replaced += replaced
        self._report.read += not replaced
        self._report.issues += len(determination.issues)
        self._report.warnings += len(determination.warnings)
        self._of_case[determination.case_id] = key
        self._batch.append(letter)

    def _keep(self) -> None:
        self._collection.keep(self._batch, READER)
        self._batch = []
        self._kept_at = time.monotonic()


def _prune(collection: Collection, paths: list[Path], found: Iterable[Source | Unread]) -> int:
    """Forget letters under the paths whose file was not found there; returns how many."""
    present = {one.key for one in found}
    places = [path.expanduser().resolve() for path in paths]
    gone = [
        key
        for key, known in collection.known().items()
        if key not in present and _is_under(known, places)
    ]
    if gone:
        collection.drop(gone)
    return len(gone)


def _is_under(known: Known, places: list[Path]) -> bool:
    path = Path(known.path)
    return any(path == place or place in path.parents for place in places)
