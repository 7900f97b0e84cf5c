"""Builds: all or nothing for writers, never less than the last good one for readers."""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Self

import msgspec
import pytest

from imrsearch import __version__, engines
from imrsearch.engines.base import Engine, IndexSearcher, SearchRequest
from imrsearch.query.tree import MatchAll
from imrsearch.schema import IssueDocument
from imrsearch.storage import CURRENT
from imrsearch.storage.builds import index_folder, manifest, publishing, reading
from imrsearch.storage.builds.index_folder import lock_folder
from imrsearch.storage.builds.manifest import (
    BUILD_SCHEMA,
    Manifest,
    Origin,
    read_manifest,
    write_manifest,
)
from imrsearch.storage.builds.publishing import publish
from imrsearch.storage.builds.reading import Build, Builds, current_manifest
from imrsearch.storage.collection.reader import FILE
from imrsearch.system import disk
from imrsearch.system.errors import (
    DamagedBuild,
    IndexBusy,
    NotIndexed,
    NotWritten,
    SettingsError,
    TooFewIssues,
)
from tests.engines.corpus import CORPUS
from tests.waiting import pause


@pytest.fixture(autouse=True)
def written(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was forced to disk: noted in place of the wait for it."""
    paths: list[Path] = []
    for module in (publishing, disk):
        monkeypatch.setattr(module, "to_disk", paths.append)
    return paths


def put(folder: Path, issues: int = len(CORPUS), revision: int = 0) -> Manifest:
    """Publish the first ``issues`` of the corpus."""
    documents = CORPUS[:issues]
    return publish(folder, "whoosh", documents, Origin(4, 1, revision), force=True)


@pytest.fixture(scope="module")
def three_builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with builds of one, two and three issues. For copying only."""
    folder = tmp_path_factory.mktemp("three")
    for count in (1, 2, 3):
        put(folder, issues=count)
    return folder


def copied(folder: Path, copy: Path) -> list[str]:
    """The ids of the builds in the copy of a folder."""
    shutil.copytree(folder, copy, symlinks=True, dirs_exist_ok=True)
    return names(copy)


def total(build: Build) -> int:
    return build.index.search(SearchRequest(MatchAll())).total


def names(folder: Path) -> list[str]:
    return sorted(path.name.removeprefix("build-") for path in (folder / "builds").iterdir())


def place(folder: Path, manifest: Manifest) -> Path:
    return folder / "builds" / f"build-{manifest.id}"


# --------------------------------------------------------------------------------- publishing


def test_manifest_says_what_the_build_holds(tmp_path: Path) -> None:
    made = put(tmp_path, revision=7)
    assert (made.engine, made.schema, made.version) == ("whoosh", BUILD_SCHEMA, __version__)
    assert (made.letters, made.unread, made.issues, made.revision) == (4, 1, 6, 7)
    assert made.decisions == {"overturned": 2, "upheld": 3}
    assert made.files.keys() == {
        path.relative_to(place(tmp_path, made)).as_posix()
        for path in place(tmp_path, made).rglob("engine/*")
    }
    assert current_manifest(tmp_path) == Builds(tmp_path).current().manifest == made


def test_builds_are_private(tmp_path: Path) -> None:
    made = place(tmp_path, put(tmp_path))
    assert made.stat().st_mode & 0o777 == 0o700
    assert made.parent.stat().st_mode & 0o777 == 0o700


def test_all_is_on_disk_before_the_build_is_current(
    tmp_path: Path, written: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[Path] = []
    real = index_folder.point_to

    def point_to(folder: Path, build: Path) -> None:
        before.extend(written)
        real(folder, build)

    monkeypatch.setattr(index_folder, "point_to", point_to)
    made = place(tmp_path, put(tmp_path))
    assert set(before) == {*made.rglob("*"), made, made.parent}
    assert written[len(before) :] == [tmp_path]


def test_folder_may_be_moved(tmp_path: Path) -> None:
    put(tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    assert total(Builds(tmp_path / "there").current()) == 6


def test_nothing_is_a_build_too(tmp_path: Path) -> None:
    put(tmp_path, issues=0)
    assert total(Builds(tmp_path).current()) == 0


def test_readers_see_the_new_build(tmp_path: Path) -> None:
    first = put(tmp_path, issues=3)
    reader = Builds(tmp_path)
    old = reader.current()
    assert reader.current() is old
    second = put(tmp_path)
    assert first.id < second.id
    assert (reader.current().id, total(reader.current())) == (second.id, 6)
    assert total(old) == 3


def test_an_index_that_nobody_searches_is_gone_at_once(tmp_path: Path) -> None:
    """Not only when Python looks for circles: a server had held ten builds in memory."""
    put(tmp_path)
    reader = Builds(tmp_path)
    old = weakref.ref(reader.current().index)
    gc.disable()
    try:
        put(tmp_path)
        assert reader.current().index is not old()
        assert old() is None
    finally:
        gc.enable()


def test_two_older_builds_stay(tmp_path: Path) -> None:
    first = put(tmp_path, issues=1)
    still_open = Builds(tmp_path).current()
    made = [put(tmp_path, issues=count).id for count in (2, 3, 4)]
    assert names(tmp_path) == made
    assert (still_open.id, total(still_open)) == (first.id, 1)


def test_clock_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds that seem to come from the future do not drive out the one made now."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(days=400)

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "datetime", Ahead)
        for count in (1, 2, 3):
            put(tmp_path, issues=count)
    assert put(tmp_path).id in names(tmp_path)
    assert total(Builds(tmp_path).current()) == 6


def test_unknown_engine(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="sphinx") as raised:
        publish(tmp_path, "sphinx", CORPUS, Origin(1, 0))
    assert "whoosh" in raised.value.hint
    assert names(tmp_path) == []


# ----------------------------------------------------------------------------------- failures

STEPS = ("hashes", "write_manifest", "check_decisions", "to_disk", "point_to")


def fail(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", STEPS)
def test_failure_leaves_nothing_and_current_untouched(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = put(tmp_path)
    with monkeypatch.context() as broken, pytest.raises(NotWritten, match="the disk is full"):
        broken.setattr(index_folder if step == "point_to" else publishing, step, fail)
        put(tmp_path, issues=2)
    assert names(tmp_path) == [good.id]
    assert Builds(tmp_path).current().id == good.id
    assert put(tmp_path).id in names(tmp_path)  # the lock was let go


def test_failing_documents(tmp_path: Path) -> None:
    def documents() -> Iterator[IssueDocument]:
        yield CORPUS[0]
        raise KeyboardInterrupt

    good = put(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, "whoosh", documents(), Origin(1, 0))
    assert names(tmp_path) == [good.id]


def test_an_interruption_after_the_swap_leaves_the_new_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``current`` leads to it already: removed, it would leave nothing to lead to."""
    put(tmp_path, issues=3)
    real = index_folder.point_to

    def point_to(folder: Path, build: Path) -> None:
        real(folder, build)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(index_folder, "point_to", point_to)
        put(tmp_path)
    build = Builds(tmp_path).current()
    assert (total(build), build.note) == (6, None)


def test_what_a_killed_restore_left_goes_with_the_next_run(tmp_path: Path) -> None:
    """It is as large as a collection, and holds as much of patients."""
    for end in ("", ".new", ".new-wal"):
        (tmp_path / f"{FILE}{end}").touch()
    put(tmp_path)
    assert [path.name for path in tmp_path.glob(f"{FILE}*")] == [FILE]


class Forgetful:
    """An engine that counts every document and loses the last one."""

    name = "forgetful"
    runs_code = True
    updates = False

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.update = engine.update
        self.remove = engine.remove
        self.verify = engine.verify

    def create(self, folder: Path, documents: Iterable[IssueDocument], label: str = "") -> int:
        given = list(documents)
        return self._engine.create(folder, given[:-1]) + 1

    def open(self, folder: Path) -> IndexSearcher:
        return self._engine.open(folder)


def test_lost_document_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engines.engine
    monkeypatch.setattr(publishing, "engine", lambda name, _: Forgetful(real(name)))
    with pytest.raises(DamagedBuild, match="5 of 6 issues"):
        put(tmp_path)
    assert names(tmp_path) == []
    with pytest.raises(NotIndexed):
        Builds(tmp_path).current()


KILLED = """
import os, signal, sys
from pathlib import Path
from typing import Self
from imrsearch.storage.builds import index_folder, publishing
from imrsearch.storage.builds.manifest import Origin
from tests.engines.corpus import CORPUS
from tests.waiting import pause

owner = index_folder if sys.argv[2] == "point_to" else publishing
real = getattr(owner, sys.argv[2])

def step(*given):
    if sys.argv[3] == "after":
        real(*given)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, sys.argv[2], step)
publishing.publish(Path(sys.argv[1]), "whoosh", CORPUS, Origin(1, 0))
"""


@pytest.mark.parametrize(
    ("step", "when", "published"),
    [
        ("hashes", "before", False),  # files without a manifest
        ("point_to", "before", False),  # all there, but not current
        ("point_to", "after", True),
        ("to_disk", "before", False),  # whole, but perhaps not on the disk
    ],
)
def test_killed(step: str, when: str, published: bool, tmp_path: Path) -> None:
    good = put(tmp_path, issues=3)
    run = [sys.executable, "-c", KILLED, str(tmp_path), step, when]
    assert subprocess.run(run, check=False).returncode == -9
    assert len(names(tmp_path)) == 2
    assert total(Builds(tmp_path).current()) == (6 if published else 3)
    after = put(tmp_path, issues=4)  # nobody holds the lock any more
    assert total(Builds(tmp_path).current()) == 4
    assert len(names(tmp_path)) == (3 if published else 2)
    assert {good.id, after.id} <= set(names(tmp_path))


# ----------------------------------------------------------------------------- fewer than before


MANY = [replace(CORPUS[0], id=f"{number}#1") for number in range(600)]


def test_far_fewer_issues_than_before_are_held_back(tmp_path: Path) -> None:
    good = publish(tmp_path, "whoosh", MANY[:20], Origin(20, 0))
    with pytest.raises(TooFewIssues, match="hold 5 issues, the previous one holds 20") as raised:
        publish(tmp_path, "whoosh", MANY[:5], Origin(4, 0))
    assert "--force" in raised.value.hint
    assert names(tmp_path) == [good.id]
    assert total(Builds(tmp_path).current()) == 20


@pytest.mark.parametrize(
    ("before", "issues", "held_back"),
    [
        pytest.param(600, 588, False, id="two percent"),
        pytest.param(600, 587, True, id="more than two percent"),
        pytest.param(30, 20, False, id="few"),
        pytest.param(30, 19, True, id="not few"),
    ],
)
def test_a_little_less_is_no_mishap(
    before: int, issues: int, held_back: bool, tmp_path: Path
) -> None:
    publish(tmp_path, "whoosh", MANY[:before], Origin(before, 0))
    with pytest.raises(TooFewIssues) if held_back else nullcontext():
        publish(tmp_path, "whoosh", MANY[:issues], Origin(issues, 0))


@pytest.mark.parametrize(
    "damage",
    [
        lambda build: (build / "manifest.json").unlink(),
        lambda build: (build.parent.parent / CURRENT).unlink(),
    ],
    ids=["manifest", "current"],
)
def test_damage_does_not_hide_what_was_there_before(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    for _ in range(2):
        made = publish(tmp_path, "whoosh", MANY[:20], Origin(20, 0))
    damage(place(tmp_path, made))
    with pytest.raises(TooFewIssues):
        publish(tmp_path, "whoosh", MANY[:5], Origin(4, 0))


def test_the_maker_s_own_check_comes_before_publishing(tmp_path: Path) -> None:
    def check(index: IndexSearcher) -> None:
        raise DamagedBuild(f"{index.count()} are not enough.")

    good = put(tmp_path)
    with pytest.raises(DamagedBuild, match="6 are not enough"):
        publish(tmp_path, "whoosh", CORPUS, Origin(4, 0), check=check)
    assert names(tmp_path) == [good.id]


# ------------------------------------------------------------------------------------ damages


def first_file(build: Path) -> Path:
    return max((build / "engine").iterdir(), key=lambda path: path.stat().st_size)


def cut(build: Path) -> None:
    os.truncate(first_file(build), first_file(build).stat().st_size // 2)


def change(build: Path) -> None:
    data = bytearray(first_file(build).read_bytes())
    data[len(data) // 2] ^= 1
    first_file(build).write_bytes(data)


def lose(build: Path) -> None:
    first_file(build).unlink()


def add(build: Path) -> None:
    (build / "engine" / "_MAIN_2.toc").write_bytes(b"a pickle from elsewhere")


def cut_manifest(build: Path) -> None:
    os.truncate(build / "manifest.json", 100)


def lose_manifest(build: Path) -> None:
    (build / "manifest.json").unlink()


def remove(build: Path) -> None:
    shutil.rmtree(build)


def change_manifest(build: Path) -> None:
    """Another number, which fits the files as well as the one before."""
    path = build / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"letters": 4', b'"letters": 5'))


def age(build: Path) -> None:
    write_manifest(build, replace(read_manifest(build), schema=BUILD_SCHEMA - 1))


def before_seals(build: Path) -> None:
    """A manifest as the first versions wrote it."""
    (build / "manifest.json").write_bytes(msgspec.json.encode(read_manifest(build)))


def other_engine(build: Path) -> None:
    write_manifest(build, replace(read_manifest(build), engine="no such engine"))


MANIFESTS = (cut_manifest, lose_manifest, change_manifest, age, before_seals)
DAMAGES = (cut, change, lose, add, remove, other_engine, *MANIFESTS)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_build_is_replaced_by_the_one_before(
    damage: Callable[[Path], None], three_builds: Path, tmp_path: Path
) -> None:
    older, good, bad = copied(three_builds, tmp_path)
    damage(tmp_path / "builds" / f"build-{bad}")
    reader = Builds(tmp_path)
    build = reader.current()
    assert (build.id, total(build)) == (good, 2)
    assert build.note is not None
    assert bad in build.note
    assert good in build.note
    assert reader.current() is build
    mended = put(tmp_path)
    assert (reader.current().id, reader.current().note) == (mended.id, None)
    assert older < good < mended.id


def test_a_lost_pointer_costs_no_build(tmp_path: Path) -> None:
    """Any whole build may have been the current one: it answers, and the next run keeps it."""
    made = [put(tmp_path, issues=count).id for count in (1, 2)]
    (tmp_path / CURRENT).unlink()
    (tmp_path / "builds" / "build-29990101-000000-000").mkdir()  # of a killed run
    build = Builds(tmp_path).current()
    assert (build.id, total(build)) == (made[1], 2)
    assert build.note is not None
    assert "which build is the current one" in build.note
    made.append(put(tmp_path).id)
    assert names(tmp_path) == made


def test_a_change_of_builds_is_in_the_log_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "imrsearch")
    good, bad = put(tmp_path), put(tmp_path)
    lose(place(tmp_path, bad))
    reader = Builds(tmp_path)
    for _ in range(3):
        reader.current()
    mended = put(tmp_path)
    for _ in range(3):
        reader.current()
    warned, told = caplog.records
    assert (warned.levelname, told.levelname) == ("WARNING", "INFO")
    assert bad.id in warned.getMessage()
    assert good.id in warned.getMessage()
    assert mended.id in told.getMessage()


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_good_build_at_all(damage: Callable[[Path], None], tmp_path: Path) -> None:
    damage(place(tmp_path, put(tmp_path)))
    with pytest.raises(DamagedBuild) as raised:
        Builds(tmp_path).current()
    assert "reindex" in raised.value.hint
    put(tmp_path)
    assert total(Builds(tmp_path).current()) == 6


def test_changed_files_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(place(tmp_path, put(tmp_path)))
    monkeypatch.setattr(reading, "engine", lambda name, _: pytest.fail("opened"))
    with pytest.raises(DamagedBuild, match="missing or changed"):
        Builds(tmp_path).current()


@pytest.mark.parametrize("damage", MANIFESTS)
def test_manifest_that_cannot_be_used(damage: Callable[[Path], None], tmp_path: Path) -> None:
    damage(place(tmp_path, put(tmp_path)))
    with pytest.raises(DamagedBuild):
        current_manifest(tmp_path)


def test_not_indexed(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NotIndexed):
            Builds(folder).current()
        with pytest.raises(NotIndexed):
            current_manifest(folder)


# ------------------------------------------------------------------------------------ updates


def of_cases(*names: str) -> list[IssueDocument]:
    """The corpus's documents of these cases, with the case as a value."""
    return [
        replace(one, values={**one.values, "case": (one.id[0],)})
        for one in CORPUS
        if one.id[0] in names
    ]


def put_tantivy(folder: Path, *cases: str) -> Manifest:
    documents = of_cases(*cases)
    return publish(folder, "tantivy", documents, Origin(len(cases), 0, 1), force=True)


def update(folder: Path, removed: str, added: str, issues: int) -> Manifest:
    base = publishing.updatable(folder)
    assert base is not None
    documents = of_cases(*added)
    made = publishing.Update(base, removed, issues)
    return publish(folder, "tantivy", documents, Origin(9, 0, 2), update=made)


def engine_files(folder: Path, manifest: Manifest) -> set[int]:
    return {path.stat().st_ino for path in place(folder, manifest).rglob("*") if path.is_file()}


def test_update_is_a_build_of_its_own(tmp_path: Path) -> None:
    before = put_tantivy(tmp_path, "a", "b", "c")
    old = Builds(tmp_path).current()
    after = update(tmp_path, "ab", "bde", issues=4)
    new = Builds(tmp_path).current()
    assert (total(old), total(new), new.id) == (4, 4, after.id)
    assert (after.issues, after.letters, after.revision, after.updated) == (4, 9, 2, 2)
    assert after.decisions == {"overturned": 1, "upheld": 2}
    assert engine_files(tmp_path, before) & engine_files(tmp_path, after)
    assert update(tmp_path, "x", "", issues=4).updated == 3


def test_update_that_loses_a_document_is_noticed(tmp_path: Path) -> None:
    good = put_tantivy(tmp_path, "a", "b")
    with pytest.raises(DamagedBuild, match="4 of 5 issues"):
        update(tmp_path, "", "c", issues=5)
    assert names(tmp_path) == [good.id]
    assert total(Builds(tmp_path).current()) == 3


def test_only_whole_builds_of_some_engines_are_updated(tmp_path: Path) -> None:
    assert publishing.updatable(tmp_path) is None
    put(tmp_path)
    assert publishing.updatable(tmp_path) is None  # Whoosh writes anew
    damaged = put_tantivy(tmp_path, "a")
    largest_word_file(tmp_path, damaged).unlink()
    assert publishing.updatable(tmp_path) is None


def largest_word_file(folder: Path, manifest: Manifest) -> Path:
    files = (place(folder, manifest) / "engine" / "words").iterdir()
    return max(files, key=lambda path: path.stat().st_size)


def test_large_files_are_hashed_when_they_seem_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening takes untouched files on trust; a thorough look does not. All are large here."""
    monkeypatch.setattr(manifest, "SMALL", 0)
    made = put_tantivy(tmp_path, "a", "b")
    path = largest_word_file(tmp_path, made)
    stat, data = path.stat(), path.read_bytes()
    hashed: list[Path] = []
    real = hashlib.file_digest

    def noted(file: BufferedReader, digest: str) -> object:
        hashed.append(Path(file.name))
        return real(file, digest)

    monkeypatch.setattr(hashlib, "file_digest", noted)
    assert total(Builds(tmp_path).current()) == 3
    assert hashed == []
    manifest.check_files(place(tmp_path, made), made, thoroughly=True)
    assert len(hashed) == len(made.files)
    hashed.clear()
    path.touch()
    assert total(Builds(tmp_path).current()) == 3
    assert hashed == [path]
    with path.open("r+b") as file:  # a bit turns over on the disk: nothing tells of it
        file.seek(len(data) // 2)
        file.write(bytes([data[len(data) // 2] ^ 1]))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(DamagedBuild):
        manifest.check_files(place(tmp_path, made), made, thoroughly=True)


# -------------------------------------------------------------------------------------- private


def rights(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_others_could_read_is_closed_by_the_next_run(tmp_path: Path) -> None:
    """A folder that was there before, or a backup put back without its rights."""
    folder = tmp_path / "index"
    (folder / "builds").mkdir(parents=True)
    for name in ("README.md", "collection.sqlite3", "collection.sqlite3-wal"):
        (folder / name).touch(0o644)
    for path in (folder, folder / "builds"):
        path.chmod(0o755)
    put(folder)
    assert rights(folder) == 0o700
    for path in folder.iterdir():
        assert path.is_symlink() or not rights(path) & 0o077


def test_a_folder_with_other_things_stays_open_to_others(tmp_path: Path) -> None:
    """``--index .``: only what is the index's own is closed."""
    tmp_path.chmod(0o755)
    (tmp_path / "letters").mkdir(0o755)
    put(tmp_path)
    assert (rights(tmp_path), rights(tmp_path / "letters")) == (0o755, 0o755)
    assert rights(tmp_path / "builds") == 0o700
    assert rights(tmp_path / "lock") == 0o600


# --------------------------------------------------------------------------------- two at once


def test_second_writer_is_told(tmp_path: Path) -> None:
    with lock_folder(tmp_path), ThreadPoolExecutor(1) as other, pytest.raises(IndexBusy):
        other.submit(put, tmp_path).result()
    put(tmp_path)


def test_holder_may_lock_again_and_publish(tmp_path: Path) -> None:
    with lock_folder(tmp_path):
        with lock_folder(tmp_path):
            put(tmp_path)
        with ThreadPoolExecutor(1) as other, pytest.raises(IndexBusy):
            other.submit(put, tmp_path).result()  # still held after the inner block


def test_readers_during_swaps(tmp_path: Path) -> None:
    """Readers of every kind see whole builds only, while builds come and go beneath them."""
    put(tmp_path, issues=1)
    shared = Builds(tmp_path)
    done = threading.Event()

    def read(reader: Callable[[], Build]) -> Sequence[tuple[int, int]]:
        seen = []
        while not done.is_set():
            build = reader()
            seen.append((total(build), build.manifest.issues))
            pause(0.01)  # else the writer waits for its readers
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read, shared.current) for _ in range(2)]
        readers += [pool.submit(read, lambda: Builds(tmp_path).current()) for _ in range(2)]
        try:
            for count in islice((2, 3, 4, 5, 6), 5):
                put(tmp_path, issues=count)
        finally:
            done.set()
    assert total(shared.current()) == 6
    for reader in readers:
        assert all(found == promised for found, promised in reader.result())
