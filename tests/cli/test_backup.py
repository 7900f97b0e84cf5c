"""``imrsearch backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_backup_and_restore(run: Run, ids: list[str], tmp_path: Path) -> None:
    told = run("backup", tmp_path / "copy")
    assert (told.exit_code, "holds the collection" in told.output) == (0, True)
    assert run("backup", tmp_path / "copy").exit_code == 6
    told = run("restore", tmp_path / "copy")
    assert "answers with the backup's 2 letters, 2 issues." in told.output
    assert run("verify").exit_code == 0
