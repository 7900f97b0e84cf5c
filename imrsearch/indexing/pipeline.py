"""The indexing run: collect → read → keep → build → publish.

Everything streams: files are read as they are found, letters are kept in batches, and earlier files
are looked up in the collection. So memory does not grow with the number of letters, an interruption
loses at most the last batch, and the next run continues from there. The current build stays current
until the new one is published.

With a collection on PostgreSQL several machines may run at the same time. They share the reading;
whoever is ready first waits for the others and builds.
"""

from __future__ import annotations

import math
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from itertools import islice
from pathlib import Path

from imrsearch.indexing.rebuild import Progress, build_if_needed
from imrsearch.letters import READER
from imrsearch.letters.files import Source, find_letters, is_under, resolved
from imrsearch.letters.letter import Letter
from imrsearch.letters.workers import ReadingLimits, ReadOutcome, Unchanged, is_unchanged, read_all
from imrsearch.model import Unread
from imrsearch.storage.builds.index_folder import own_folders
from imrsearch.storage.builds.manifest import Manifest
from imrsearch.storage.builds.place import place_of
from imrsearch.storage.builds.publishing import require_most
from imrsearch.storage.collection.claims import FilesToRead, files_to_read
from imrsearch.storage.collection.kept_files import KeptFile
from imrsearch.storage.collection.originals import Originals, keep_originals, originals_of
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import LetterError
from imrsearch.system.settings import Settings

MAX_FILES_NAMED = 50
"""At most this many files of a kind are named in a report; all are counted."""
FILES_PER_BATCH = 200
_BATCH_CHARACTERS = 16_000_000
_BATCH_SECONDS = 5.0
_NOT_PRUNED = (
    "No letter was removed. If the files are gone on purpose, run this again with --force; "
    "otherwise put them back."
)


@dataclass(slots=True)
class FileCounts:
    """Files that gave no new letter: all counted by code, the first ones named."""

    codes: Counter[str] = field(default_factory=Counter)
    named: list[Unread] = field(default_factory=list)

    def add(self, file: Unread) -> None:
        """Count a file."""
        self.codes[file.code] += 1
        if len(self.named) < MAX_FILES_NAMED:
            self.named.append(file)

    def __len__(self) -> int:
        return self.codes.total()

    def __iter__(self) -> Iterator[Unread]:
        return iter(self.named)


@dataclass(slots=True)
class Report:
    """What an indexing run did. ``found``: the files under the paths, as far as it came. ``build``
    is ``None`` if nothing had changed; ``stopped``: its time was over before all were read."""

    found: int = 0
    read: int = 0
    unchanged: int = 0
    replaced: int = 0
    pruned: int = 0
    duplicates: FileCounts = field(default_factory=FileCounts)
    failed: FileCounts = field(default_factory=FileCounts)
    issues: int = 0
    warnings: int = 0
    build: Manifest | None = None
    stopped: bool = False
    seconds: float = 0.0

    @property
    def files(self) -> int:
        """The number of files examined."""
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
    ocr: bool = False,
    minutes: float | None = None,
    progress: Progress | None = None,
) -> Report:
    """Read the letters under ``paths`` into the collection and publish a build if needed.

    ``prune`` removes letters whose file is gone from those paths that are there. ``ocr`` reads
    scans by text recognition; once read, they are known like other letters. After ``minutes`` no
    further file is read; what was read is published. ``progress`` is called along the way. Files
    that give no letter are in the report, never an error.

    Raises IndexBusy when another run is writing; NotWritten for what goes wrong with the disk;
    MissingProgram for ``ocr`` without Tesseract; unless forced, TooFewIssues when far fewer issues
    are left than before: then nothing is pruned.
    """
    started = time.monotonic()
    limits = ReadingLimits.of(settings, ocr=ocr)
    place, places = place_of(settings), resolved(paths)
    report = Report()
    with (
        place.lock(together=True),
        closing(Collection.create(settings.place)) as collection,
        closing(files_to_read(collection.database, places)) as files,
    ):
        if prune:
            collection.files.forget_unread(_there(places))
        copies = originals_of(settings.originals, collection.database)
        own = own_folders(settings.index)
        until = math.inf if minutes is None else started + 60 * minutes
        reading = _Reading(collection, files, copies, report, places, own, limits, until, jobs)
        reading.run(paths, progress)
        place.take_alone()
        reading.run_rest()
        if prune:
            report.pruned = _prune(settings, collection, places, force=force)
        copies.forget_unused()
        report.build = build_if_needed(
            settings, collection, engine, progress, jobs=jobs, force=force
        )
    report.seconds = time.monotonic() - started
    return report


@dataclass(slots=True)
class _Batch:
    """Outcomes that are not yet written to the collection; ``given`` of them of files to read."""

    letters: list[Letter] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    given: int = 0
    characters: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def is_full(self) -> bool:
        files = len(self.letters) + len(self.same) + len(self.unread)
        waited = time.monotonic() - self.begun
        return (
            files >= FILES_PER_BATCH
            or self.characters >= _BATCH_CHARACTERS
            or waited > _BATCH_SECONDS
        )


class _CaseClaim(Enum):
    """How firmly a case belongs to the file that it was read from before."""

    NONE = auto()
    FIRM = auto()
    DOUBTFUL = auto()  # that file has changed; its case is known only once it has been reread


@dataclass(slots=True)
class _Reading:
    """The reading half of a run: counts outcomes in the report and keeps letters in batches."""

    collection: Collection
    files: FilesToRead
    copies: Originals
    report: Report
    places: Set[Path]
    own: Set[Path]
    limits: ReadingLimits
    until: float
    jobs: int | None
    batch: _Batch = field(default_factory=_Batch)
    done: int = 0
    later: list[Source] = field(default_factory=list)
    is_last: bool = False

    def run(self, paths: list[Path], progress: Progress | None) -> None:
        """Read all files under the paths that no other machine reads."""
        total = sum(1 for _ in find_letters(paths, self.own)) if progress else None
        self._read(self.files.offered(self._found(paths)), progress, total)

    def _found(self, paths: list[Path]) -> Iterator[Source | Unread]:
        for one in find_letters(paths, self.own):
            self.report.found += 1
            yield one

    def run_rest(self) -> None:
        """Read the files that another run left unread, then the few that were deferred."""
        self._read(self.files.left())
        self.is_last = True
        try:
            for outcome in read_all(((one, None) for one in self.later), self.limits, self.jobs):
                self._take(outcome)
        finally:
            self._keep()

    def _read(
        self,
        found: Iterable[Source | Unread],
        progress: Progress | None = None,
        total: int | None = None,
    ) -> None:
        try:
            for outcome in read_all(self._with_hashes(iter(found)), self.limits, self.jobs):
                self.batch.given += 1
                self._take(outcome)
                if progress:
                    progress("reading", self.done, total)
        finally:
            self._keep()

    def _with_hashes(self, found: Iterator[Source | Unread]) -> Iterator[tuple[Source, str | None]]:
        """The sources in time, each with the hash of its bytes when it was last read."""
        while some := list(islice(found, FILES_PER_BATCH)):
            sources = [one for one in some if isinstance(one, Source)]
            hashes = self.collection.files.hashes([source.key for source in sources])
            for one in some:
                if time.monotonic() > self.until:
                    self.report.stopped = True
                    return
                if isinstance(one, Unread):
                    self._take(one)
                else:
                    yield one, hashes.get(one.key)

    def _take(self, outcome: ReadOutcome) -> None:
        self.done += 1
        if isinstance(outcome, Unchanged):
            self.report.unchanged += 1
            self.batch.same.append(outcome.source.key)
        elif isinstance(outcome, Unread):
            self.report.failed.add(outcome)
            self.batch.unread.append(outcome)
        else:
            self.batch.letters.append(outcome)
            self.batch.characters += len(outcome.text)
        if self.batch.is_full:
            self._keep()

    def _keep(self) -> None:
        batch, self.batch = self.batch, _Batch()
        with self.files.keeping():
            self.collection.keep(self._to_keep(batch.letters), READER)
            self.collection.files.note_unread(batch.unread)
            self.collection.files.note_read(batch.same)
        self._keep_copies(batch)
        self.files.done(batch.given)

    def _keep_copies(self, batch: _Batch) -> None:
        """Keep the files of a batch's letters, of those too that were known before."""
        keys = [*(letter.source.key for letter in batch.letters), *batch.same]
        files = self.collection.files.by_key(keys).values() if self.copies.are_kept else ()
        keep_originals(self.copies, files, self.limits.max_bytes)

    def _to_keep(self, letters: list[Letter]) -> list[Letter]:
        """The letters to keep: those whose case no other given file holds. All are counted."""
        files = self.collection.files
        holders = files.by_case([letter.determination.case_id for letter in letters])
        known = files.by_key([letter.source.key for letter in letters])
        kept: dict[str, Letter] = {}
        for letter in letters:
            before = known.get(letter.source.key)
            holder = holders.get(letter.determination.case_id)
            claim = self._claim(letter, holder)
            if claim is _CaseClaim.FIRM and holder:
                message = f"{holder.case_id} was read from {holder.source.key} already"
                self.report.duplicates.add(
                    Unread(letter.source.key, letter.source.name, "duplicate", message)
                )
            elif claim is _CaseClaim.DOUBTFUL and not self.is_last:
                self.later.append(letter.source)
            else:
                self._count(letter, replaces=bool(before or holder))
                _reassign(holders, before, letter)
                kept[letter.determination.case_id] = letter
        return list(kept.values())

    def _claim(self, letter: Letter, holder: KeptFile | None) -> _CaseClaim:
        """The claim of the file ``holder`` to its case, of which there is another letter: none if
        that was decided later, as a corrected determination; firm if it was decided earlier; else
        none if only the other letter's file is given."""
        if holder is None or holder.source == letter.source:
            return _CaseClaim.NONE
        decided = letter.determination.dates.decided or date.min
        held = holder.decided or date.min
        if decided > held or (decided == held and not is_under(holder.source.path, self.places)):
            return _CaseClaim.NONE
        try:
            same = is_unchanged(holder.source, holder.sha256, self.limits)
        except LetterError as error:
            return _CaseClaim.NONE if error.code == "missing" else _CaseClaim.DOUBTFUL
        return _CaseClaim.FIRM if same else _CaseClaim.DOUBTFUL

    def _count(self, letter: Letter, *, replaces: bool) -> None:
        self.report.replaced += replaces
        self.report.read += not replaces
        self.report.issues += len(letter.determination.issues)
        self.report.warnings += len(letter.determination.warnings)


def _reassign(holders: dict[str, KeptFile], before: KeptFile | None, letter: Letter) -> None:
    """Note that the letter's file now holds its case, and no longer the case it held before."""
    if before and (former := holders.get(before.case_id)) and former.source == letter.source:
        del holders[before.case_id]
    case_id = letter.determination.case_id
    decided = letter.determination.dates.decided
    holders[case_id] = KeptFile(letter.source, case_id, letter.sha256, decided)


def _there(places: Set[Path]) -> set[Path]:
    """The places that are there: a folder that is not (its disk is not mounted, its name is
    misspelt) says nothing of the letters that were read from it."""
    return {place for place in places if os.path.exists(place)}  # noqa: PTH110 - never raises


def _prune(settings: Settings, collection: Collection, places: Set[Path], *, force: bool) -> int:
    """Remove letters whose file is gone, under the places that are present; returns the number.

    Raises TooFewIssues, unless forced, if a build of the rest would not be published: then all
    letters stay.
    """
    gone: list[str] = []
    there = _there(places)
    left = collection.promised().documents
    for files in collection.files.every():
        keys = [
            file.source.key
            for file in files
            if is_under(file.source.path, there) and file.source.is_gone()
        ]
        if keys:
            left -= collection.files.documents(keys)
            gone += keys
    if gone and not force:
        require_most(settings, left, _NOT_PRUNED)
    if gone:
        collection.drop(gone)
    return len(gone)
