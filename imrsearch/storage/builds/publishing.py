"""Publishing index builds: every change of the index is a new build beside the old ones.

::

    index/
      lock                       held by the one run that may write
      current -> builds/build-20161209-101500-123
      rolled-back.json           after a rollback: the state it stands for (rollback.py)
      builds/
        build-20161209-101500-123/
          manifest.json          what the build holds, and the hash of each of its files
          engine/                the engine's own files, some shared with other builds

A build becomes the current one by an atomic replacement of ``current``: no reader sees it before.
Two older builds are kept, for readers that still have them open and in case the current one is
damaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from imrsearch import __version__
from imrsearch.engines import engine
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.query.tree import MatchAll
from imrsearch.schema import FIELDS, IssueDocument
from imrsearch.storage.builds.index_folder import (
    IndexFolder,
    all_builds,
    current_name,
    id_of,
    path_of,
)
from imrsearch.storage.builds.manifest import (
    BUILD_SCHEMA,
    Manifest,
    Origin,
    check_files,
    hashes,
    issues_in,
    read_manifest,
    write_manifest,
)
from imrsearch.storage.builds.place import Where, place_of
from imrsearch.storage.builds.reading import Build, current_manifest, open_build
from imrsearch.storage.builds.rollback import rolled_back_to
from imrsearch.system.disk import all_to_disk, to_disk, translate_disk_errors
from imrsearch.system.errors import DamagedBuild, NotIndexed, TooFewIssues
from imrsearch.system.settings import Settings
from imrsearch.text.quantities import count

_OLDER_KEPT = 2
_LEAST_PERCENT = 98
"""A new build with a smaller share of the previous build's issues is refused …"""
_SMALL_LOSS = 10
"""… unless no more than this many are gone: a letter or two removed from a small folder."""

Check = Callable[[IndexSearcher], None]
"""A caller's check of a new build, given its open index; raises DamagedBuild."""


@dataclass(frozen=True, slots=True)
class Update:
    """The current build ``base`` without the documents of the cases ``removed``, with which a new
    build begins; it then holds ``issues`` documents in total."""

    base: Manifest
    removed: Collection[str]
    issues: int


def publish(
    where: Where,
    engine_name: str,
    documents: Iterable[IssueDocument],
    origin: Origin,
    *,
    update: Update | None = None,
    check: Check | None = None,
    force: bool = False,
) -> Manifest:
    """Build an index of ``documents``, behind those of an ``update``, check it, and make it the
    current one.

    Takes ``lock(where)`` unless the caller holds it. On any error the current build stays current
    and the new one is removed. Raises IndexBusy; NotWritten; DamagedBuild if the new build does
    not hold what was given to it or ``check`` raises it; TooFewIssues, unless forced, if it holds
    less than 98 % of the previous build's issues; and any error of ``documents``.
    """
    place = place_of(where)
    with place.lock(), _publishing(place, engine_name) as (build, label):
        own, files, tally = engine(engine_name, place.settings), build / "engine", _Tally(documents)
        if update is None:
            own.create(files, tally, label)
        else:
            older = path_of(place.folder, update.base.id) / "engine"
            own.update(files, older, update.removed, tally, label)
            tally.issues = update.issues
            with closing(own.open(files)) as index:
                tally.decisions = _count_decisions(index)
        manifest = Manifest(
            **asdict(origin),
            id=id_of(build),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            engine=engine_name,
            schema=BUILD_SCHEMA,
            version=__version__,
            issues=tally.issues,
            decisions=dict(tally.decisions),
            updated=update.base.updated + len(update.removed) if update else 0,
            files=hashes(build, update.base.files if update else {}),
            fields=FIELDS,
        )
        if not force:
            require_most(place.settings, manifest.issues)
        write_manifest(build, manifest)
        _check_build(build, place.settings, check)
        all_to_disk(build)
        to_disk(build.parent)
        return manifest


def updatable(where: Where) -> Manifest | None:
    """The current build, if it is intact and its engine can update it."""
    place = place_of(where)
    with suppress(NotIndexed, DamagedBuild):
        manifest = current_manifest(where)
        own = engine(manifest.engine, place.settings)
        if own.updates:
            build = path_of(place.folder, manifest.id)
            check_files(build, manifest)
            own.verify(build / "engine")
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
def _publishing(place: IndexFolder, engine_name: str) -> Iterator[tuple[Path, str]]:
    """A new build folder and its label; it becomes the current build if the block succeeds."""
    prune_builds(place)
    with _new_build(place, engine_name) as (build, label):
        yield build, label
        place.publish(build)
    place.refresh()
    to_disk(place.folder)
    prune_builds(place)


def require_most(where: Where, issues: int, hint: str = "") -> None:
    """Raises TooFewIssues, with the hint, if the previous build, damaged or not, held many more
    issues than a new one of so many."""
    folder = place_of(where).folder
    current = current_name(folder)
    earlier = (build for build in all_builds(folder) if not current or build.name <= current)
    before = next((held for build in earlier if (held := issues_in(build)) is not None), 0)
    if issues * 100 < before * _LEAST_PERCENT and before - issues > _SMALL_LOSS:
        raise TooFewIssues(
            f"The new build would hold {count(issues, 'issue')}, the previous one holds "
            f"{before:,}: less than {_LEAST_PERCENT} %.",
            hint,
        )


@contextmanager
def _new_build(place: IndexFolder, engine_name: str) -> Iterator[tuple[Path, str]]:
    """A new private build folder and its label; it is removed if the block fails, unless it has
    become the current build."""
    now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[: -len("456")]
    build = path_of(place.folder, now)
    build.parent.mkdir(mode=0o700, exist_ok=True)
    build.mkdir(mode=0o700)
    try:
        with translate_disk_errors(place.folder):  # before the removal below frees a full disk
            (build / "engine").mkdir()
            yield build, place.announce(build, engine_name)
    except BaseException:
        if current_name(place.folder) != build.name:
            place.discard(build)
        raise


def _check_build(build: Path, settings: Settings, check: Check | None) -> None:
    """Open the new build as a reader does, compare it with its manifest and run ``check``."""
    opened = open_build(build, settings)
    with closing(opened.index):
        check_decisions(opened)
        if check:
            check(opened.index)


def check_decisions(build: Build) -> None:
    """Raises DamagedBuild unless the index holds the issues and decisions of the manifest."""
    held, promised = build.index.count(), build.manifest
    if (held, _count_decisions(build.index)) != (promised.issues, promised.decisions):
        raise DamagedBuild(f"Build {build.id} holds {held:,} of {count(promised.issues, 'issue')}.")


def _count_decisions(index: IndexSearcher) -> Counter[str]:
    """Issues by decision, counted by an index."""
    answer = index.search(SearchRequest(MatchAll(), facets=("decision",), limit=1))
    rows = answer.facets["decision"]
    return Counter({row.value: row.count for row in rows if row.value is not None})


def prune_builds(place: IndexFolder) -> None:
    """Remove all builds but the current one and two older ones; the caller holds the lock."""
    folder = place.folder
    place.remove_leftovers()
    # By name, not by age: a clock that was set back must not remove the current build.
    others = [build for build in all_builds(folder) if build.name != current_name(folder)]
    kept = [build for build in others if _was_published(folder, build)][:_OLDER_KEPT]
    for build in others:
        if build not in kept:
            place.remove(build)


def _was_published(folder: Path, build: Path) -> bool:
    """Whether a build was ever current: one newer than ``current`` was left by a killed run.

    After a rollback, or if ``current`` is lost, any intact build counts.
    """
    current = current_name(folder)
    if current is None or current == path_of(folder, rolled_back_to(folder) or "").name:
        return _is_intact(build)
    return build.name < current


def _is_intact(build: Path) -> bool:
    with suppress(DamagedBuild):
        check_files(build, read_manifest(build))
        return True
    return False
