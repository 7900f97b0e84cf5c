"""``imrsearch builds``, ``verify`` and ``rollback``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from imrsearch.settings import Settings
from tests.cli.conftest import Run
from tests.letters.forms import credentials_letter, issue

LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))


@pytest.fixture
def ids(run: Run, tmp_path: Path) -> list[str]:
    """The ids of two builds, the newest first."""
    for case in ("CM16-0000901", "CM16-0000902"):
        (tmp_path / f"{case}.txt").write_text(LETTER.replace("CM16-0000901", case))
        run("index", tmp_path / f"{case}.txt", "--jobs", "1")
    return [row["id"] for row in json.loads(run("builds", "--json").output)]


def test_builds(run: Run, ids: list[str]) -> None:
    head, newest, older = run("builds").output.splitlines()
    assert head.split() == ["build", "made", "engine", "issues", "letters", "MB"]
    star, name, _, engine, issues, letters, _ = newest.split()
    assert (star, name, engine, issues, letters) == ("*", ids[0], "whoosh", "2", "2")
    assert older.split()[0] == ids[1]


def test_builds_as_json(run: Run, ids: list[str], settings: Settings) -> None:
    (settings.index / "builds" / f"build-{ids[1]}" / "manifest.json").unlink()
    newest, older = json.loads(run("builds", "--json").output)
    assert (newest["current"], newest["issues"], newest["damage"]) == (True, 2, None)
    assert newest["bytes"] > 1000
    assert (older["current"], older["issues"], older["engine"]) == (False, None, None)
    assert "cannot be read" in older["damage"]
    assert "damaged: The manifest" in run("builds").output


def test_verify(run: Run, ids: list[str]) -> None:
    told = run("verify")
    assert told.exit_code == 0
    assert f"Build {ids[0]} is whole" in told.output
    assert "2 issues of 2 letters; the collection agrees" in told.output
    assert "has changed since" in run("verify", ids[1]).output
    assert json.loads(run("verify", "--json").output) == {
        "build": ids[0],
        "whole": True,
        "damage": None,
        "compared_with_collection": True,
    }


def test_verify_says_what_is_damaged(run: Run, ids: list[str], settings: Settings) -> None:
    (settings.index / "builds" / f"build-{ids[0]}" / "engine" / "stems.json").write_text("{}")
    told = run("verify")
    assert told.exit_code == 1
    assert f"Damaged: Files of build {ids[0]} are missing or changed." in told.output
    told = run("verify", "--json")
    assert (told.exit_code, json.loads(told.output)["whole"]) == (1, False)
    assert run("verify", ids[1]).exit_code == 0
    assert run("search", "cane").exit_code == 0  # the build before answers


def test_rollback(run: Run, ids: list[str], tmp_path: Path) -> None:
    told = run("rollback")
    assert (told.exit_code, told.output) == (0, f"Build {ids[1]} answers: 1 issues of 1 letters.\n")
    again = run("index", tmp_path / "CM16-0000902.txt", "--jobs", "1")
    assert "Nothing has changed" in again.output
    assert json.loads(run("builds", "--json").output)[1]["current"]
    assert run("rollback", ids[0]).exit_code == 0
    assert run("rollback", "yesterday").exit_code == 1
    assert "'imrsearch builds' lists them" in run("rollback", "yesterday").output
