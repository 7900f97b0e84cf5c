"""``imrsearch stats``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import INDEX, LETTER, Run


def test_stats(ask: Run) -> None:
    value = json.loads(ask("stats", "--json").stdout)
    assert value["issues"] == value["upheld"] + value["overturned"]
    assert value["engine"] == "whoosh"
    assert "letters" in ask("stats").output


def test_a_build_that_lags_behind_the_collection_is_told(run: Run, tmp_path: Path) -> None:
    """Ten letters fewer: the collection has forgotten them, the build is not replaced."""
    for number in range(12):
        case = f"CM16-00009{number:02}"
        (tmp_path / f"{case}.txt").write_text(LETTER.replace("CM16-0000901", case))
    run(*INDEX, tmp_path)
    assert json.loads(run("stats", "--json").stdout)["up_to_date"]
    for file in sorted(tmp_path.glob("*.txt"))[1:]:
        file.unlink()
    assert run(*INDEX, tmp_path, "--prune").exit_code == 7
    assert not json.loads(run("stats", "--json").stdout)["up_to_date"]
    assert "imrsearch reindex" in run("stats").output
