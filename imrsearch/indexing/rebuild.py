"""Builds an index from the collection: from all letters, or by an update with what has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from itertools import islice
from typing import Protocol

from imrsearch.indexing.agreement import check_against_collection
from imrsearch.letters import READER
from imrsearch.letters.letter import KeptText, Reread
from imrsearch.letters.workers import reread_all
from imrsearch.schema import IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.builds import publishing
from imrsearch.storage.builds.index_folder import path_of
from imrsearch.storage.builds.manifest import Manifest, Origin
from imrsearch.storage.builds.place import lock, place_of
from imrsearch.storage.builds.publishing import Update
from imrsearch.storage.builds.reading import current_manifest, open_build
from imrsearch.storage.builds.rollback import effective_state, made_from
from imrsearch.storage.collection.proof import LettersDone
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import (
    DamagedBuild,
    DamagedCollection,
    ImrsearchError,
    NotIndexed,
)
from imrsearch.system.settings import Settings

_logger = logging.getLogger("imrsearch")

LARGE = 10_000
"""Above this many documents ``auto`` chooses Tantivy instead of Whoosh."""

AUTO = "auto"
_REREAD_AT_ONCE = 100
"""Letters reread in one transaction: a killed run loses no more than half a second's work."""
_FEW_LETTERS = 1_000
"""Fewer letters than this are reread in this process: others take a second to start."""
_UPDATED_SHARE = 4
"""An index is rewritten once updates have changed more than a quarter (1/4) of its letters."""


class Progress(Protocol):
    """A callback for progress; ``total`` is ``None`` if unknown."""

    def __call__(self, step: str, done: int, total: int | None) -> None:
        """Called along the way in each step: ``reading``, ``rereading``, ``building``,
        ``verifying``, ``copying``."""


def verifying(progress: Progress | None) -> LettersDone | None:
    """What is told while every letter is compared with its checksum."""
    return partial(progress, "verifying") if progress else None


def reindex(
    settings: Settings,
    *,
    engine: str | None = None,
    force: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """A new build from the collection alone; letters read by an older parser are reread first, by
    ``jobs`` processes (all cores by default).

    Raises NotIndexed, IndexBusy, NotWritten and, unless forced, TooFewIssues.
    """
    Collection.open(settings.place).close()
    with lock(settings), closing(Collection.open(settings.place)) as collection:
        _read_anew(collection, jobs, progress)
        wanted = _wanted(settings, engine, _current(settings))
        return _build(settings, collection, wanted, progress, force=force)


def _read_anew(collection: Collection, jobs: int | None, progress: Progress | None) -> None:
    """Reread letters of an older parser; one that cannot be read is logged and keeps its facts."""
    outdated = collection.outdated(READER)
    if jobs is None and len(outdated) < _FEW_LETTERS:
        jobs = 1
    done = 0
    parts = (
        outdated[start : start + _REREAD_AT_ONCE]
        for start in range(0, len(outdated), _REREAD_AT_ONCE)
    )
    texts = (text for case_ids in parts for text in _undamaged(collection, case_ids))
    rereading = reread_all(texts, jobs)
    while some := list(islice(rereading, _REREAD_AT_ONCE)):
        _keep_reread(collection, some)
        done += len(some)
        if progress:
            progress("rereading", done, len(outdated))


def _undamaged(collection: Collection, case_ids: Sequence[str]) -> list[KeptText]:
    """The letters of some cases; each by itself if one of them is damaged."""
    try:
        return collection.to_reread(case_ids)
    except DamagedCollection as error:
        if len(case_ids) > 1:
            return [text for case_id in case_ids for text in _undamaged(collection, [case_id])]
        _keeps_its_facts(case_ids[0], error)
        return []


def _keep_reread(collection: Collection, letters: Sequence[Reread]) -> None:
    """Keep what was found, in one transaction."""
    for letter in letters:
        if letter.fault:
            _keeps_its_facts(letter.case_id, letter.fault)
    if found := [letter.determination for letter in letters if letter.determination]:
        collection.keep_facts(found, READER)


def _keeps_its_facts(case_id: str, why: object) -> None:
    _logger.warning("%s cannot be read anew: %s. Its facts stay as they are.", case_id, why)


def engine_of(settings: Settings) -> str | None:
    """The engine of the current build; ``None`` before the first build."""
    with suppress(ImrsearchError):
        return current_manifest(settings).engine
    return None


def build_if_needed(
    settings: Settings,
    collection: Collection,
    engine: str | None,
    progress: Progress | None,
    *,
    jobs: int | None = None,
    force: bool = False,
) -> Manifest | None:
    """Publish a new build unless the current one is up to date; returns its manifest or ``None``.

    The caller holds the lock of the index folder. Raises TooFewIssues unless forced.
    """
    _read_anew(collection, jobs, progress)
    current = _current(settings)
    if current and _is_up_to_date(settings, collection, current, engine):
        publishing.prune_builds(place_of(settings))  # one may have been killed after publishing
        return None
    wanted = _wanted(settings, engine, current)
    base = _base(settings, collection, wanted)
    return _build(settings, collection, wanted, progress, base=base, force=force)


def _is_up_to_date(
    settings: Settings, collection: Collection, current: Manifest, asked: str | None
) -> bool:
    """Whether the current build is up to date: made from exactly this state, and intact.

    After a rollback, only an engine requested in this run makes a new build necessary.
    """
    state = effective_state(place_of(settings).folder, current)
    if state != collection.state:
        return False
    rolled_back = state != made_from(current)
    engine = asked if rolled_back else _wanted(settings, asked, current)
    if engine and current.engine != _engine_for(engine, collection):
        return False
    return rolled_back or _holds_collection(settings, current, collection)


def _holds_collection(settings: Settings, current: Manifest, collection: Collection) -> bool:
    """Whether the current build is intact and represents the collection."""
    with suppress(DamagedBuild):
        opened = open_build(path_of(place_of(settings).folder, current.id), settings)
        with closing(opened.index):
            check_against_collection(opened.index, collection)
            return True
    return False


def _current(settings: Settings) -> Manifest | None:
    with suppress(NotIndexed, DamagedBuild):
        return current_manifest(settings)
    return None


def _wanted(settings: Settings, engine: str | None, current: Manifest | None) -> str:
    """The engine requested: in this run, else in the settings, else for the current build."""
    by_setting = None if settings.engine == AUTO else settings.engine
    return engine or by_setting or (current.wanted if current else AUTO)


def _engine_for(wanted: str, collection: Collection) -> str:
    if wanted != AUTO:
        return wanted
    return "tantivy" if collection.promised().documents > LARGE else "whoosh"


def _base(settings: Settings, collection: Collection, wanted: str) -> Manifest | None:
    """The current build, if an update of it is possible and cheaper than a new index."""
    base = publishing.updatable(settings)
    if (
        base is None
        or base.engine != _engine_for(wanted, collection)
        or not collection.has_been(made_from(base))
    ):
        return None
    changed = base.updated + len(collection.changes(base.revision).cases)
    return base if changed * _UPDATED_SHARE <= collection.promised().letters else None


def _build(
    settings: Settings,
    collection: Collection,
    wanted: str,
    progress: Progress | None,
    *,
    base: Manifest | None = None,
    force: bool,
) -> Manifest:
    """Publish an index of the collection, written anew or, with ``base``, as an update of it."""
    promised, state = collection.promised(), collection.state
    update, since, total = None, None, promised.documents
    if base:
        changes, since = collection.changes(base.revision), base.revision
        update, total = Update(base, changes.cases, promised.documents), len(changes.kept)
    rows = documents(collection.to_index(IndexedDetermination, since))
    return publishing.publish(
        settings,
        _engine_for(wanted, collection),
        _with_progress(rows, total, progress),
        Origin(promised.letters, collection.unread_files(), state.revision, state.token, wanted),
        update=update,
        check=lambda index: check_against_collection(index, collection),
        force=force,
    )


def _with_progress(
    rows: Iterable[IssueDocument], total: int, progress: Progress | None
) -> Iterator[IssueDocument]:
    for done, row in enumerate(rows, start=1):
        yield row
        if progress:
            progress("building", done, total)
