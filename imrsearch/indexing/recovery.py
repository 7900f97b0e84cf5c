"""Recovery of a collection: restore a backup, or read damaged letters again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from imrsearch.indexing.rebuild import Progress, build_if_needed, reindex, verifying
from imrsearch.letters import READER
from imrsearch.letters.letter import KeptText, Letter
from imrsearch.letters.workers import ReadingLimits, read_all, reread_all
from imrsearch.model import Unread
from imrsearch.storage.builds.manifest import Manifest
from imrsearch.storage.builds.place import lock, require_folder
from imrsearch.storage.collection.backup import put_back, require_file, salvage
from imrsearch.storage.collection.proof import DamagedLetter
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import DamagedCollection, SettingsError
from imrsearch.system.settings import Settings


@dataclass(slots=True)
class Repaired:
    """The outcome for damaged letters, by case number. ``from_files``: read again from their files;
    ``from_texts``: from their kept texts, as their files are gone or have changed;
    ``without_text``: their facts are intact, their texts are lost; ``lost``: neither is left.
    ``salvaged``: the collection's file was damaged and has been rewritten. ``build``: the new
    index."""

    salvaged: bool = False
    from_files: list[str] = field(default_factory=list)
    from_texts: list[str] = field(default_factory=list)
    without_text: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    build: Manifest | None = None


def require_own_file(settings: Settings) -> None:
    """Raises SettingsError if the collection is in a database, which has its own backups."""
    if settings.collection:
        raise SettingsError(
            "The collection is in a database.", "Use its own backup: pg_dump and pg_restore."
        )


def restore(
    settings: Settings, backup: Path, progress: Progress | None = None, *, force: bool = False
) -> Manifest:
    """Replace the collection with a backup, if forced one with damaged letters too, and publish an
    index of it.

    Raises what ``put_back`` and ``reindex`` raise; IndexBusy; SettingsError for a database.
    """
    require_own_file(settings)
    require_file(backup)  # before a folder is made for it
    with lock(settings):
        put_back(settings.index, backup, verifying(progress), force=force)
        return reindex(settings, force=True, progress=progress)


def repair(
    settings: Settings, jobs: int | None = None, progress: Progress | None = None
) -> Repaired:
    """Repair the collection, then publish an index if anything has changed.

    A damaged letter is read again from its file if that is unchanged, else from its kept text.
    Raises NotIndexed; DamagedCollection if nothing can be read; IndexBusy; NotWritten.
    """
    report = Repaired()
    require_folder(settings)
    with lock(settings):
        lost = [] if settings.collection else _salvaged(settings.index, report)
        with closing(Collection.open(settings.place)) as collection:
            damaged = [*lost, *collection.proof.damaged_letters(verifying(progress))]
            _mend(collection, damaged, ReadingLimits.of(settings), jobs, report)
            report.build = build_if_needed(
                settings, collection, None, progress, jobs=jobs, force=True
            )
    return report


def _salvaged(folder: Path, report: Repaired) -> list[DamagedLetter]:
    """Salvage the collection's file if it is damaged; returns the letters that are lost."""
    try:
        with closing(Collection.open(folder)) as collection:
            collection.proof.require_whole_file()
    except DamagedCollection:
        report.salvaged = True
        return salvage(folder)
    return []


def _mend(
    collection: Collection,
    damaged: Sequence[DamagedLetter],
    limits: ReadingLimits,
    jobs: int | None,
    report: Repaired,
) -> None:
    outcomes = read_all(((one.source, None) for one in damaged), limits, jobs)
    for one, outcome in zip(damaged, outcomes, strict=True):
        if isinstance(outcome, Letter) and outcome.sha256 == one.sha256:
            collection.keep([outcome], READER)
            report.from_files.append(one.case_id)
        elif letter := _from_text(one):
            collection.keep([letter], READER)
            report.from_texts.append(one.case_id)
        else:
            _tell_lost(collection, one, report)


def _from_text(damaged: DamagedLetter) -> Letter | None:
    if damaged.text is None:
        return None
    kept = KeptText(damaged.case_id, damaged.source.name, damaged.text)
    (read,) = reread_all([kept], jobs=1)
    if read.determination is None:
        return None
    return Letter(damaged.source, damaged.sha256, damaged.text, read.determination)


def _tell_lost(collection: Collection, damaged: DamagedLetter, report: Repaired) -> None:
    """Record in the collection that a letter is lost, as if its file could not be read."""
    source = damaged.source
    left = "its facts are left" if damaged.has_facts else "nothing of it is left"
    message = f"the letter {damaged.case_id} kept of this file was damaged: {left}"
    if damaged.has_facts:
        report.without_text.append(damaged.case_id)
    else:
        collection.drop([source.key])
        report.lost.append(damaged.case_id)
    collection.files.note_unread([Unread(source.key, source.name, "damaged", message)])
