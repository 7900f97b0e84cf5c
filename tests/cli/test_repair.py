"""``imrsearch repair``."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from imrsearch.storage.collection.reader import FILE
from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_repair(run: Run, ids: list[str], settings: Settings) -> None:
    assert "Every letter of the collection is intact." in run("repair").output
    with closing(sqlite3.connect(settings.index / FILE)) as connection, connection:
        spoilt = "SET text = zeroblob(9) WHERE case_id = 'CM16-0000902'"
        connection.execute(f"UPDATE letters {spoilt}")
    told = run("verify")
    assert told.exit_code == 1
    assert "The collection has 1 damaged letter (CM16-0000902)." in told.output
    assert json.loads(run("verify", "--json").output)["damaged_letters"] == ["CM16-0000902"]
    told = run("repair", "--jobs", "1")
    assert "Read again from their files: 1 (CM16-0000902)" in told.output
    assert (told.exit_code, run("verify").exit_code) == (0, 0)


def test_what_is_lost_with_the_files_is_told_and_the_exit_code_says_so(
    run: Run, ids: list[str], settings: Settings, tmp_path: Path
) -> None:
    """Facts are read again from the kept text; a text is only in its file."""
    for file in tmp_path.glob("*.txt"):
        file.unlink()
    with closing(sqlite3.connect(settings.index / FILE)) as connection, connection:
        for part, case in (("determination", "CM16-0000901"), ("text", "CM16-0000902")):
            spoilt = f"SET {part} = zeroblob(9) WHERE case_id = '{case}'"
            connection.execute(f"UPDATE letters {spoilt}")
    told = run("repair", "--jobs", "1")
    assert told.exit_code == 1
    assert told.stdout.splitlines()[:2] == [
        "Read again from their kept texts: 1 (CM16-0000901)",
        "Text lost, facts intact: 1 (CM16-0000902)",
    ]


def test_repair_as_json(run: Run, ids: list[str], settings: Settings) -> None:
    intact = json.loads(run("repair", "--json").stdout)
    assert intact["build"] is None
    with closing(sqlite3.connect(settings.index / FILE)) as connection, connection:
        spoilt = (
            "SET determination = zeroblob(9), text = zeroblob(9) WHERE case_id = 'CM16-0000902'"
        )
        connection.execute(f"UPDATE letters {spoilt}")
    told = run("repair", "--json", "--jobs", "1")
    found = json.loads(told.stdout)
    assert found == intact | {"from_files": ["CM16-0000902"], "build": found["build"]}
    current = next(row for row in json.loads(run("builds", "--json").output) if row["current"])
    assert found["build"] == current["id"]
