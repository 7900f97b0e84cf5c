"""``imrsearch copy-collection``."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_a_copy_has_every_letter_and_its_own_index_after_reindex(
    run: Run, ids: list[str], settings: Settings, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    for _ in ("first", "again"):
        told = run("copy-collection", settings.index, copy)
        assert (told.exit_code, told.output) == (
            0,
            f"{copy} holds 2 letters, the same as {settings.index}.\n",
        )
    assert run("search", "--index", copy, "cane").exit_code == 3
    assert "2 issues of 2 letters." in run("reindex", "--index", copy).output


def test_where_nothing_is_nothing_is_made(run: Run, tmp_path: Path) -> None:
    """A mistyped FROM leaves no empty collection, at either end."""
    told = run("copy-collection", tmp_path / "indx", tmp_path / "copy")
    assert told.exit_code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("", "copy"), ("index", "")], ids=["from", "to"])
def test_an_empty_name_is_not_the_current_folder(
    run: Run,
    tmp_path: Path,
    words: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """``imrsearch copy-collection index "$DATABASE"`` in a script that has no such variable."""
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    told = run("copy-collection", *words)
    assert (told.exit_code, "Name a folder" in told.output) == (2, True)
    assert set(tmp_path.iterdir()) == before
