"""``imrsearch verify``."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest

from imrsearch.storage.collection.reader import FILE
from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_verify(run: Run, ids: list[str]) -> None:
    told = run("verify")
    assert told.exit_code == 0
    assert f"Build {ids[0]} is intact" in told.output
    assert "2 issues of 2 letters; the collection matches" in told.output
    assert "has changed since" in run("verify", ids[1]).output
    assert json.loads(run("verify", "--json").output) == {
        "build": ids[0],
        "whole": True,
        "damage": None,
        "compared_with_collection": True,
        "letters": 2,
        "damaged_letters": [],
    }


@pytest.mark.parametrize("command", ["verify", "repair", "backup", "restore"])
def test_who_reads_every_letter_tells_how_far_it_is(
    run: Run, ids: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """For the letters of the State it takes minutes."""
    if command == "restore":
        run("backup", tmp_path / "copy")
    clock = itertools.count(0.0, 10.0)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))  # long steps, one after the other
    file = [tmp_path / "copy"] if command in ("backup", "restore") else []
    assert "verifying 2 of 2" in run(command, *file).stderr


def test_verify_says_what_is_damaged(run: Run, ids: list[str], settings: Settings) -> None:
    (settings.index / "builds" / f"build-{ids[0]}" / "engine" / "stems.json").write_text("{}")
    told = run("verify")
    assert told.exit_code == 1
    assert f"Damaged: Files of build {ids[0]} are missing or changed." in told.output
    told = run("verify", "--json")
    assert (told.exit_code, json.loads(told.output)["whole"]) == (1, False)
    assert run("verify", ids[1]).exit_code == 0
    assert run("search", "cane").exit_code == 0  # the build before answers


def test_a_lost_collection_is_damage(run: Run, ids: list[str], settings: Settings) -> None:
    (settings.index / FILE).unlink()
    told = run("verify")
    assert told.exit_code == 1
    assert "is missing or empty, but an index of it is there. Run 'imrsearch restore" in told.output
    for command in ("stats", "repair", "reindex"):
        told = run(command)
        assert (told.exit_code, "imrsearch restore FILE" in told.output) == (5, True)
    assert list(settings.index.glob(f"{FILE}*")) == []
