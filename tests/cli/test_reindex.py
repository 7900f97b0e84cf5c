"""``imrsearch reindex``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import INDEX, LETTER, Run


def test_reindex(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    run(*INDEX, tmp_path / "a.txt")
    (tmp_path / "a.txt").unlink()
    result = run("reindex", "--jobs", "1")
    assert result.exit_code == 0
    assert "1 issue of 1 letter." in result.output


def test_a_change_of_engine_is_told_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER)
    assert "answers in the place" not in run(*INDEX, tmp_path / "a.txt").output
    told = run("reindex", "--engine", "tantivy").output
    assert "Tantivy now replaces whoosh." in told
    assert "answers in the place" not in run("reindex").output
    told = run(*INDEX, tmp_path / "a.txt", "--engine", "auto").output
    assert "Whoosh now replaces tantivy, as it does up to 10,000 issues." in told
