"""``imrsearch check``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import LETTER, Run


def test_check_lists_warnings(run: Run, tmp_path: Path) -> None:
    text = LETTER.replace("It helps.", "The request is not medically necessary.")
    letter = tmp_path / "a.txt"
    letter.write_text(text)
    result = run("check", letter)
    assert result.exit_code == 0
    assert "closing" in result.output
    assert "1 warnings in 1 letters." in result.output


def test_check_as_json(run: Run, tmp_path: Path) -> None:
    text = LETTER.replace("Case Number", "Number").replace("41 year", "7 year")
    letter = tmp_path / "a.txt"
    letter.write_text(text)
    rows = [json.loads(line) for line in run("check", "--json", letter).stdout.splitlines()]
    assert [row["code"] for row in rows] == ["age"]
    assert rows[0]["case_id"] == "a"
