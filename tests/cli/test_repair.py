"""``imrsearch repair``."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

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
