"""``imrsearch stats``."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_stats(ask: Run) -> None:
    value = json.loads(ask("stats", "--json").stdout)
    assert value["issues"] == value["upheld"] + value["overturned"]
    assert value["engine"] == "whoosh"
    assert "letters" in ask("stats").output
