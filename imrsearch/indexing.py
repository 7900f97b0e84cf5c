"""The main job: collect → read → keep → build → publish.

Reading streams: letters are kept in batches, so that an interruption loses at most the last
batch and the next run goes on from there. The index that was there answers until the new build
takes its place.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from imrsearch import builds
from imrsearch.collection import Collection, Known
from imrsearch.documents import documents
from imrsearch.engines.contract import IssueDocument
from imrsearch.errors import DamagedBuild, NotIndexed
from imrsearch.letters import READER
from imrsearch.letters.reading import Letter, Limits, Outcome, Unchanged, read_all
from imrsearch.letters.sources import Source, Unread, find
from imrsearch.manifests import Manifest, Origin
from imrsearch.settings import Settings

LARGE = 10_000
"""Above so many documents, Tantivy takes over where the engine is chosen automatically."""

AUTO = "auto"
_BATCH = 200
_BATCH_SECONDS = 5.0
_UPDATED_SHARE = 4
"""An index is written anew once more than a quarter of its letters has been updated."""


class Progress(Protocol):
    """Told how far a step is; ``total`` is ``None`` where it is not known."""

    def __call__(self, step: str, done: int, total: int | None) -> None:
        """Called after each unit of the step ``reading`` or ``building``."""


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
    engine: str | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read the letters under ``paths`` into the collection and publish a build if needed.

    ``prune`` forgets letters whose file is gone from the given paths. ``progress`` is called
    along the way. Files that give no letter are in the report, never an error. Raises IndexBusy
    when another run is writing.
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
            report.build = _build_if_needed(settings, collection, engine, progress)
        finally:
            collection.close()
    report.seconds = time.monotonic() - started
    return report


def reindex(
    settings: Settings, *, engine: str | None = None, progress: Progress | None = None
) -> Manifest:
    """A new build from the collection alone; letters of an older reader are read anew from it.

    Raises NotIndexed, IndexBusy.
    """
    Collection.open(settings.index).close()
    with builds.lock(settings.index):
        collection = Collection.open(settings.index)
        try:
            _read_anew(collection)
            wanted = _wanted(settings, engine, _current(settings))
            return _build(settings, collection, wanted, progress)
        finally:
            collection.close()


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


def _read_anew(collection: Collection) -> None:
    from imrsearch.letters.parse import parse  # rarely needed, and slow to load

    for case_id in collection.outdated(READER):
        kept = collection.letter(case_id)
        collection.keep_facts(parse(kept.text, kept.name), READER)


def _build_if_needed(
    settings: Settings, collection: Collection, engine: str | None, progress: Progress | None
) -> Manifest | None:
    """A new build unless the current one was made from the collection as it is."""
    _read_anew(collection)
    current = _current(settings)
    wanted = _wanted(settings, engine, current)
    if (
        current
        and current.collection == collection.identity
        and current.revision == collection.revision
        and current.engine == _engine_for(wanted, collection)
    ):
        return None
    return _update(settings, collection, wanted, progress) or _build(
        settings, collection, wanted, progress
    )


def _current(settings: Settings) -> Manifest | None:
    with suppress(NotIndexed, DamagedBuild):
        return builds.current_manifest(settings.index)
    return None


def _wanted(settings: Settings, engine: str | None, current: Manifest | None) -> str:
    """What was asked for: now, by the settings, or when the current build was made."""
    by_setting = None if settings.engine == AUTO else settings.engine
    return engine or by_setting or (current.wanted if current else AUTO)


def _engine_for(wanted: str, collection: Collection) -> str:
    if wanted != AUTO:
        return wanted
    return "tantivy" if collection.documents() > LARGE else "whoosh"


def _update(
    settings: Settings, collection: Collection, wanted: str, progress: Progress | None
) -> Manifest | None:
    """The current build brought up to date, where that is possible and cheaper than a new one."""
    base = builds.updatable(settings.index)
    if (
        base is None
        or base.engine != _engine_for(wanted, collection)
        or base.collection != collection.identity
        or base.revision > collection.revision
    ):
        return None
    changes = collection.changes(base.revision)
    changed = {*changes.kept, *changes.removed}
    origin = _origin(collection, wanted)
    if (base.updated + len(changed)) * _UPDATED_SHARE > origin.letters:
        return None
    rows = documents(collection.to_index(base.revision))
    counted = _counted(rows, len(changes.kept), progress)
    total = collection.documents()
    return builds.publish_update(settings.index, base, changed, counted, origin, total)


def _build(
    settings: Settings, collection: Collection, wanted: str, progress: Progress | None
) -> Manifest:
    rows = documents(collection.to_index())
    counted = _counted(rows, collection.documents(), progress)
    origin = asdict(_origin(collection, wanted))
    return builds.publish(settings.index, _engine_for(wanted, collection), counted, **origin)


def _origin(collection: Collection, wanted: str) -> Origin:
    summary = collection.summary()
    return Origin(summary.letters, summary.unread, collection.revision, collection.identity, wanted)


def _counted(
    rows: Iterable[IssueDocument], total: int, progress: Progress | None
) -> Iterator[IssueDocument]:
    for done, row in enumerate(rows, start=1):
        yield row
        if progress:
            progress("building", done, total)
