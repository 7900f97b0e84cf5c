"""A backup put back, damaged letters read anew, damage told."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from imrsearch.indexing import recovery
from imrsearch.indexing.maintenance import prove_collection, rollback
from imrsearch.storage.collection.backup import back_up
from imrsearch.storage.collection.reader import FILE
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import (
    DamagedCollection,
    NotFound,
    NotIndexed,
    NotWritten,
    SettingsError,
    UnusableBackup,
)
from imrsearch.system.settings import load_settings
from tests.reliability.folders import Folder

FIRST, SECOND, THIRD = (f"CM16-000000{number}" for number in (1, 2, 3))
SPOILT = "zeroblob(20)"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder.fresh(tmp_path, "whoosh")
    folder.write(3)
    folder.run()
    return folder


def change(folder: Folder, statement: str) -> None:
    with closing(sqlite3.connect(folder.index / FILE)) as connection, connection:
        connection.execute(f"UPDATE letters SET {statement}")


# -------------------------------------------------------------------------- backup and restore


def test_a_backup_put_back_is_the_collection_of_that_day(folder: Folder, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite3"
    back_up(folder.index, backup)
    assert backup.stat().st_mode & 0o777 == 0o600
    folder.write()
    folder.run()
    manifest = recovery.restore(folder.settings, backup)
    assert (manifest.letters, folder.total(), folder.cases()) == (3, 3, [FIRST, SECOND, THIRD])
    folder.run()  # what came since is read anew
    folder.require_complete()


def test_restored_it_is_known_by_no_former_state(folder: Folder, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite3"
    back_up(folder.index, backup)
    with closing(Collection.open(folder.index)) as collection:
        before = collection.state
    recovery.restore(folder.settings, backup)
    with closing(Collection.open(folder.index)) as collection:
        assert collection.state.revision == before.revision
        assert not collection.has_been(before)


def test_what_another_collection_left_beside_its_file_is_not_taken_over(
    folder: Folder, tmp_path: Path
) -> None:
    """A write-ahead log of a killed run would be played into whatever file lies there."""
    backup = tmp_path / "backup.sqlite3"
    back_up(folder.index, backup)
    with closing(sqlite3.connect(folder.index / FILE)) as killed:
        killed.execute("PRAGMA wal_autocheckpoint = 0")
        killed.execute("UPDATE letters SET name = 'of another collection'")
        killed.commit()
        recovery.restore(folder.settings, backup)
    assert prove_collection(folder.index).damaged == ()


def test_a_backup_never_replaces_a_file(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("precious")
    with pytest.raises(NotWritten, match="there already"):
        back_up(folder.index, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "precious"


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda backup: backup.unlink(), NotFound),
        (lambda backup: backup.write_text("no database at all"), UnusableBackup),
        (lambda backup: backup.write_bytes(b""), UnusableBackup),
        (lambda backup: backup.write_bytes(backup.read_bytes()[:20_000]), UnusableBackup),
    ],
    ids=["missing", "other file", "empty", "torn"],
)
def test_what_is_no_backup_leaves_everything_as_it_is(
    folder: Folder, tmp_path: Path, spoil: Callable[[Path], None], error: type[Exception]
) -> None:
    backup = tmp_path / "backup.sqlite3"
    back_up(folder.index, backup)
    spoil(backup)
    with pytest.raises(error, match=re.escape(str(backup))):
        recovery.restore(folder.settings, backup)
    folder.require_complete()


def test_a_backup_with_damaged_letters_is_put_back_only_if_that_is_wanted(
    folder: Folder, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.sqlite3"
    back_up(folder.index, tmp_path / "good.sqlite3")
    change(folder, f"determination = {SPOILT} WHERE case_id = '{SECOND}'")
    assert back_up(folder.index, backup) == (SECOND,)
    assert backup.stat().st_mode & 0o777 == 0o600
    recovery.restore(folder.settings, tmp_path / "good.sqlite3")
    with pytest.raises(UnusableBackup, match=rf"backup.sqlite3 has 1 damaged letter \({SECOND}\)"):
        recovery.restore(folder.settings, backup)
    folder.require_complete()
    with pytest.raises(DamagedCollection):
        recovery.restore(folder.settings, backup, force=True)
    assert recovery.repair(folder.settings, jobs=1).from_files == [SECOND]
    folder.require_complete()


def test_nothing_is_made_where_there_is_nothing_to_recover(tmp_path: Path) -> None:
    missing = Folder(tmp_path / "misspelt", tmp_path, "whoosh").settings
    with pytest.raises(NotFound):
        recovery.restore(missing, tmp_path / "no backup")
    with pytest.raises(NotIndexed):
        recovery.repair(missing)
    with pytest.raises(NotIndexed):
        rollback(missing)
    assert not missing.index.exists()


def test_a_database_has_backups_of_its_own(tmp_path: Path) -> None:
    """Told before anything is looked for or made."""
    settings = load_settings(
        {}, index=str(tmp_path / "index"), collection="postgresql://localhost/letters"
    )
    with pytest.raises(SettingsError, match="is in a database") as told:
        recovery.restore(settings, tmp_path / "no backup")
    assert "pg_dump" in str(told.value.hint)
    assert not settings.index.exists()


# -------------------------------------------------------------------------------------- repair


@pytest.mark.parametrize(
    ("damage", "file_gone", "kind"),
    [
        (f"text = {SPOILT}", False, "from_files"),
        (f"determination = {SPOILT}", False, "from_files"),
        ("name = 'flipped'", False, "from_files"),
        (f"determination = {SPOILT}", True, "from_texts"),
        ("issues = 7", True, "from_texts"),
        (f"text = {SPOILT}", True, "without_text"),
        (f"text = {SPOILT}, determination = {SPOILT}", True, "lost"),
    ],
)
def test_a_damaged_letter_is_read_anew_or_told(
    folder: Folder, damage: str, file_gone: bool, kind: str
) -> None:
    change(folder, f"{damage} WHERE case_id = '{SECOND}'")
    if file_gone:
        (folder.letters / f"{SECOND}.txt").unlink()
    assert prove_collection(folder.index).damaged == (SECOND,)
    found = recovery.repair(folder.settings, jobs=1)
    assert getattr(found, kind) == [SECOND]
    with closing(Collection.open(folder.index)) as collection:
        told = [(file.name, file.code) for file in collection.unread()]
    assert told == ([(f"{SECOND}.txt", "damaged")] if kind in ("without_text", "lost") else [])
    assert prove_collection(folder.index).damaged == ((SECOND,) if kind == "without_text" else ())
    assert folder.total() == (2 if kind == "lost" else 3)


def test_a_whole_collection_needs_no_repair(folder: Folder) -> None:
    assert recovery.repair(folder.settings, jobs=1) == recovery.Repaired()


def test_a_letter_kept_by_an_earlier_version_is_read_but_not_proved(folder: Folder) -> None:
    change(folder, f"checksum = NULL WHERE case_id = '{FIRST}'")
    proved = prove_collection(folder.index)
    assert (proved.letters, proved.damaged, proved.without_checksum) == (3, (), 1)


def test_a_damaged_file_is_written_anew_with_what_it_held(tmp_path: Path) -> None:
    """Every page in turn is lost: afterwards the next run completes the collection."""
    folder = Folder.fresh(tmp_path, "whoosh")
    folder.write(12)
    folder.run()
    path = folder.index / FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    told = 0
    for start in range(4096, len(whole), 7 * 4096):
        path.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        found = recovery.repair(folder.settings, jobs=1)
        told += found.salvaged
        assert found.lost == []
        folder.run()
        folder.require_complete()
    assert told
