"""``imrsearch builds``."""

from __future__ import annotations

import json

from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_builds(run: Run, ids: list[str]) -> None:
    head, newest, older = run("builds").output.splitlines()
    assert head.split() == ["build", "made", "engine", "issues", "letters", "MB"]
    star, name, made, engine, issues, letters, size = newest.split()
    assert (star, name, engine, issues, letters) == ("*", ids[0], "whoosh", "2", "2")
    assert older.split()[0] == ids[1]
    row = json.loads(run("builds", "--json").output)[0]
    assert (made, size) == (row["created"], f"{row['bytes'] / 1_000_000:.1f}")


def test_builds_as_json(run: Run, ids: list[str], settings: Settings) -> None:
    (settings.index / "builds" / f"build-{ids[1]}" / "manifest.json").unlink()
    newest, older = json.loads(run("builds", "--json").output)
    assert (newest["current"], newest["issues"], newest["damage"]) == (True, 2, None)
    assert newest["bytes"] > 1000
    assert (older["current"], older["issues"], older["engine"]) == (False, None, None)
    assert "cannot be read" in older["damage"]
    *_, line, damage = run("builds").output.splitlines()
    assert line.split()[:-1] == [ids[1], "-", "-", "-", "-"]
    assert damage.startswith("  damaged: The manifest")
