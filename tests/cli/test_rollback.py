"""``imrsearch rollback``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_rollback(run: Run, ids: list[str], tmp_path: Path) -> None:
    told = run("rollback")
    assert (told.exit_code, told.output) == (
        0,
        f"Build {ids[1]} is now current: 1 issue of 1 letter.\n",
    )
    again = run("index", tmp_path / "CM16-0000902.txt", "--jobs", "1")
    assert "Nothing has changed" in again.output
    assert json.loads(run("builds", "--json").output)[1]["current"]
    assert run("rollback", ids[0]).exit_code == 0
    assert run("rollback", "yesterday").exit_code == 1
    assert "'imrsearch builds' lists them" in run("rollback", "yesterday").output
