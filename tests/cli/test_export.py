"""``imrsearch export``: every row, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from imrsearch.search.columns import COLUMNS
from tests.cli.conftest import Run


def test_a_full_export_has_no_limit(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMRSEARCH_MAX_EXPORT", "3")
    monkeypatch.setenv("IMRSEARCH_SITE_URL", "https://imr.example/")
    assert ask("search", "--csv").stdout.count("https://imr.example/search") == 3
    rows = [json.loads(line) for line in ask("export", "--format", "jsonl").stdout.splitlines()]
    assert len(rows) == json.loads(ask("search", "--json").stdout)["total"]
    assert list(rows[0]) == list(COLUMNS)
    assert all(row["url"].startswith("https://imr.example/case/") for row in rows)


def test_every_format_has_the_same_rows(ask: Run, tmp_path: Path) -> None:
    asked = ("export", "chiropractic", "--decision", "upheld", "--format")
    lines = [json.loads(line) for line in ask(*asked, "jsonl").stdout.splitlines()]
    assert lines
    table = list(csv.DictReader(io.StringIO(ask(*asked, "csv").stdout)))
    assert [row["rationale"] for row in table] == [row["rationale"] for row in lines]
    file = tmp_path / "some.parquet"
    assert ask(*asked, "parquet", "-o", str(file)).exit_code == 0
    assert parquet.read_table(file).to_pylist() == lines


def test_an_export_of_nothing_has_its_heading(ask: Run, tmp_path: Path) -> None:
    assert ask("export", "xylophone").stdout == ",".join(COLUMNS) + "\n"
    file = tmp_path / "none.parquet"
    ask("export", "xylophone", "--format", "parquet", "-o", str(file))
    assert parquet.read_table(file).column_names == list(COLUMNS)
