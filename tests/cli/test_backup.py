"""``imrsearch backup`` and ``restore``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from imrsearch.storage.collection.reader import FILE
from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_backup_and_restore(run: Run, ids: list[str], tmp_path: Path) -> None:
    told = run("backup", tmp_path / "copy")
    assert (told.exit_code, "holds the collection" in told.output) == (0, True)
    assert run("backup", tmp_path / "copy").exit_code == 6
    told = run("restore", tmp_path / "copy")
    assert "now holds the backup's 2 letters, 2 issues." in told.output
    assert run("verify").exit_code == 0


def test_damaged_letters_are_told(
    run: Run, ids: list[str], settings: Settings, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(settings.index / FILE)) as connection, connection:
        spoilt = "SET text = zeroblob(9) WHERE case_id = 'CM16-0000902'"
        connection.execute(f"UPDATE letters {spoilt}")
    told = run("backup", tmp_path / "copy")
    assert told.exit_code == 1
    assert "it has 1 damaged letter (CM16-0000902). Run 'imrsearch repair'" in told.output
    told = run("restore", tmp_path / "copy")
    assert told.exit_code == 2
    assert "1 damaged letter (CM16-0000902). The collection is unchanged." in told.output
    assert run("restore", "--force", tmp_path / "copy").exit_code == 0


def test_what_is_no_backup_is_told_by_its_name_and_the_collection_is_whole(
    run: Run, ids: list[str], tmp_path: Path
) -> None:
    (tmp_path / "denial.txt").write_text("The MRI is denied.")
    told = run("restore", tmp_path / "denial.txt")
    assert told.exit_code == 2
    assert f"{tmp_path / 'denial.txt'} is not a backup" in told.output
    assert "repair" not in told.output
    assert run("verify").exit_code == 0


@pytest.mark.parametrize(
    ("file", "told"),
    [("", "Name a file."), (".", "is a directory."), ("gone", "There is no file gone.")],
)
def test_a_backup_that_is_no_file_is_told(
    run: Run, file: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in run("restore", file).output


@pytest.mark.parametrize("words", [("backup",), ("export", "-o")], ids=["backup", "export"])
def test_a_folder_that_is_missing_is_told_with_the_file_that_was_typed(
    run: Run, ids: list[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "missing" / "copy"
    told = run(*words, file)
    assert told.exit_code == 6
    assert f"{file} cannot be written: there is no folder {file.parent}." in told.output


def test_what_a_killed_backup_left_harms_no_later_one(
    run: Run, ids: list[str], tmp_path: Path
) -> None:
    """SQLite would roll back a journal of another file's into the new one."""
    for suffix in ("", "-journal", "-wal"):
        (tmp_path / f".copy.imrsearch{suffix}").write_bytes(b"torn" * 1024)
    before = set(tmp_path.iterdir())
    assert run("backup", tmp_path / "copy").exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} - {p.name for p in before} == {"copy"}
    assert not list(tmp_path.glob(".copy*"))
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o600
    assert "2 letters" in run("restore", tmp_path / "copy").output
