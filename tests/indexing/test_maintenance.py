"""Listing, proving and going back to earlier builds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imrsearch.indexing import maintenance, pipeline, rebuild
from imrsearch.storage.builds import publishing
from imrsearch.storage.builds.manifest import Manifest, Origin
from imrsearch.storage.builds.reading import Builds, current_manifest
from imrsearch.storage.builds.rollback import effective_state, made_from
from imrsearch.storage.collection.reader import FILE
from imrsearch.system.errors import DamagedBuild, DamagedCollection, NotFound, NotIndexed
from tests.reliability.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Two builds: of one letter, and of two."""
    folder = Folder.fresh(tmp_path, "whoosh")
    for _ in range(2):
        folder.write()
        folder.run()
    return folder


def ids(folder: Folder) -> list[str]:
    return [one.id for one in maintenance.listing(folder.index)]


def answering(folder: Folder) -> str:
    return Builds(folder.index).current().id


def spoil(folder: Folder, build_id: str) -> None:
    (folder.index / "builds" / f"build-{build_id}" / "engine" / "stems.json").unlink()


# ------------------------------------------------------------------------------------- listing


def test_builds_newest_first(folder: Folder) -> None:
    newest, older = maintenance.listing(folder.index)
    assert newest.id > older.id
    assert (newest.current, older.current) == (True, False)
    assert isinstance(newest.manifest, Manifest)
    assert (newest.manifest.letters, newest.damage) == (2, None)
    files = (folder.index / "builds" / f"build-{newest.id}").rglob("*")
    assert newest.size == sum(path.stat().st_size for path in files if path.is_file())


def test_a_damaged_build_is_listed_with_what_is_wrong(folder: Folder) -> None:
    newest, older = ids(folder)
    spoil(folder, newest)
    (folder.index / "builds" / f"build-{older}" / "manifest.json").unlink()
    first, second = maintenance.listing(folder.index)
    assert first.manifest is not None
    assert "missing or changed" in str(first.damage)
    assert second.manifest is None
    assert "cannot be read" in str(second.damage)


def test_nothing_to_list(tmp_path: Path) -> None:
    with pytest.raises(NotIndexed):
        maintenance.listing(tmp_path)


# ------------------------------------------------------------------------------------- proving


def test_a_whole_build_is_compared_with_the_collection_it_was_made_from(folder: Folder) -> None:
    newest, older = ids(folder)
    assert maintenance.verify(folder.index).manifest.id == newest
    assert maintenance.verify(folder.index).compared
    assert not maintenance.verify(folder.index, older).compared  # a letter has come since


def test_another_build_may_be_named(folder: Folder) -> None:
    newest, older = ids(folder)
    spoil(folder, older)
    assert maintenance.verify(folder.index).manifest.id == newest
    with pytest.raises(DamagedBuild, match=older):
        maintenance.verify(folder.index, older)


def test_damage_that_leaves_no_trace_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a disk that turns a bit over in a large file: size, time, inode stay as they were."""
    monkeypatch.setattr("imrsearch.storage.builds.manifest.SMALL", 0)
    folder = Folder.fresh(tmp_path, "tantivy")
    folder.write()
    folder.run()
    path = max((folder.index / "builds").rglob("*.npy"), key=lambda path: path.stat().st_size)
    data, stat = bytearray(path.read_bytes()), path.stat()
    data[-1] ^= 1
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert Builds(folder.index).current().note is None
    with pytest.raises(DamagedBuild, match="missing or changed"):
        maintenance.verify(folder.index)


def test_a_build_that_does_not_hold_what_the_collection_does(folder: Folder) -> None:
    """Whole as it is, and made from the collection as it is, but without its letters."""
    manifest = current_manifest(folder.index)
    publishing.publish(
        folder.index,
        "whoosh",
        [],
        Origin(0, 0, manifest.revision, manifest.token),
        force=True,
    )
    with pytest.raises(DamagedBuild, match="it holds 0 issues, the collection 2"):
        maintenance.verify(folder.index)
    assert pipeline.index_paths(folder.settings, []).build is not None
    assert maintenance.verify(folder.index).compared


def test_a_damaged_collection_is_found_too(folder: Folder) -> None:
    (folder.index / FILE).write_bytes(b"no database at all, but long enough to be read as one")
    with pytest.raises(DamagedCollection):
        maintenance.verify(folder.index)


@pytest.mark.parametrize("build_id", ["20000101-000000-000", "../current", ".", "*"])
def test_only_builds_that_are_there_are_looked_at(build_id: str, folder: Folder) -> None:
    for look in (maintenance.verify, maintenance.rollback):
        with pytest.raises(NotFound, match="There is no build"):
            look(folder.index, build_id)


# ---------------------------------------------------------------------------------- going back


def test_the_build_before_answers_until_something_changes(folder: Folder) -> None:
    newest, older = ids(folder)
    assert maintenance.rollback(folder.index).id == older
    assert (answering(folder), folder.total()) == (older, 1)
    assert folder.run().build is None  # nothing has changed: the rollback holds
    assert answering(folder) == older
    assert ids(folder) == [newest, older]  # the one turned away may be wanted back
    folder.write()
    assert folder.run().build is not None
    folder.require_complete()


def test_back_and_forth(folder: Folder) -> None:
    newest = ids(folder)[0]
    maintenance.rollback(folder.index)
    maintenance.rollback(folder.index, newest)
    assert answering(folder) == newest
    assert folder.run().build is None
    assert maintenance.verify(folder.index).compared


def test_back_twice(folder: Folder) -> None:
    """The second rollback stands for the same state of the collection as the first."""
    folder.write()
    folder.run()
    state = made_from(current_manifest(folder.index))
    maintenance.rollback(folder.index)
    maintenance.rollback(folder.index)
    assert effective_state(folder.index, current_manifest(folder.index)) == state
    assert folder.total() == 1
    assert folder.run().build is None


def test_reindex_ends_a_rollback(folder: Folder) -> None:
    maintenance.rollback(folder.index)
    rebuild.reindex(folder.settings)
    assert folder.total() == 2
    folder.require_complete()


def test_an_engine_asked_for_ends_a_rollback(folder: Folder) -> None:
    maintenance.rollback(folder.index)
    folder.engine = "tantivy"
    assert folder.run().build is not None
    assert folder.total() == 2


def test_after_a_rollback_from_a_damaged_build_the_next_run_makes_a_new_one(
    folder: Folder,
) -> None:
    newest, older = ids(folder)
    (folder.index / "builds" / f"build-{newest}" / "manifest.json").unlink()
    assert maintenance.rollback(folder.index).id == older
    assert folder.run().build is not None
    folder.require_complete()


def test_a_damaged_build_is_passed_over(folder: Folder) -> None:
    oldest = ids(folder)[1]
    folder.write()
    folder.run()
    spoil(folder, ids(folder)[1])
    assert maintenance.rollback(folder.index).id == oldest


def test_nothing_to_go_back_to(folder: Folder) -> None:
    older = ids(folder)[1]
    spoil(folder, older)
    with pytest.raises(NotFound, match=f"no intact build before.*{older}"):
        maintenance.rollback(folder.index)
    with pytest.raises(DamagedBuild):
        maintenance.rollback(folder.index, older)
    with pytest.raises(NotFound, match="already the current"):
        maintenance.rollback(folder.index, ids(folder)[0])
    assert folder.total() == 2
