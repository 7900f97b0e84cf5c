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
    assert value["up_to_date"]


def test_for_people_a_number_stands_on_each_line(run: Run, ids: list[str]) -> None:
    """The letters of each form and each year stand on one line, too."""
    lines = run("stats").output.splitlines()
    told = {line[:14].rstrip(): line[15:] for line in lines}
    assert told["letters"] == told["issues"] == told["overturned"] == "2"
    assert (told["upheld"], told["eras"], told["years"]) == ("0", "credentials 2", "2017 2")
    assert (told["first decided"], told["build"], told["engine"]) == (
        "2017-01-11",
        ids[0],
        "whoosh",
    )
    assert list(told)[-1] == "engine"


def test_a_build_that_lags_behind_the_collection_is_told(
    run: Run, ids: list[str], settings: Settings, tmp_path: Path
) -> None:
    """As after a run that was killed between reading and building."""
    assert json.loads(run("stats", "--json").stdout)["up_to_date"]
    with closing(Collection.open(settings.index)) as collection:
        collection.drop([str(tmp_path / "CM16-0000902.txt")])
    assert not json.loads(run("stats", "--json").stdout)["up_to_date"]
    assert "imrsearch reindex" in run("stats").output
