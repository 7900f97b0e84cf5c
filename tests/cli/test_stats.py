"""``imrsearch stats``."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_stats(ask: Run) -> None:
    value = json.loads(ask("stats", "--json").stdout)
    assert value["issues"] == value["upheld"] + value["overturned"]
    assert value["engine"] == "whoosh"
    assert "letters" in ask("stats").output


def test_a_build_that_lags_behind_the_collection_is_told(
    run: Run, ids: list[str], settings: Settings, tmp_path: Path
) -> None:
    """As after a run that was killed between reading and building."""
    assert json.loads(run("stats", "--json").stdout)["up_to_date"]
    with closing(Collection.open(settings.index)) as collection:
        collection.drop([str(tmp_path / "CM16-0000902.txt")])
    assert not json.loads(run("stats", "--json").stdout)["up_to_date"]
    assert "imrsearch reindex" in run("stats").output
