"""``imrsearch export``: every row, in every format."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from imrsearch.search.columns import COLUMNS
from imrsearch.storage.collection.reader import FILE
from imrsearch.system.settings import Settings
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


NOTES = {
    "neck pain foobarbaz": "No issue has all of these words",
    "acupunture": "“acupuncture” was searched for",
    "acupuncture": "(--mentions)",
}


@pytest.mark.parametrize(
    "words", [("export",), ("search", "--csv"), ("search", "--columns", "case_id")], ids=" ".join
)
@pytest.mark.parametrize("query", NOTES)
def test_rows_alone_are_told_how_the_search_was_read(
    ask: Run, words: tuple[str, ...], query: str
) -> None:
    """Rows of two words of three, or of another word, look like rows of all."""
    told = ask(*words, query)
    assert NOTES[query] in told.stderr
    assert "Note:" not in told.stdout


def test_what_the_limit_cuts_is_told(ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMRSEARCH_MAX_EXPORT", "3")
    assert "Note: 3 of " in ask("search", "--csv").stderr
    assert "1–3 of " in ask("search", "--columns", "case_id", "--limit", "3").stderr
    monkeypatch.delenv("IMRSEARCH_MAX_EXPORT")
    assert not ask("search", "--csv").stderr
    assert not ask("export").stderr


def test_a_file_needs_a_name_and_a_dash_is_standard_output(
    ask: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = ask("export", "-o", "")
    assert (told.exit_code, "Name a file" in told.stderr) == (2, True)
    assert ask("export", "-o", "-").stdout == ask("export").stdout
    assert not list(tmp_path.iterdir())


def test_an_unknown_value_leaves_the_file_alone(ask: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")  # opened, it would wait for a reader
    assert ask("export", "--treatment", "acupunctur", "-o", tmp_path / "pipe").exit_code == 2


def test_a_row_of_a_damaged_letter_makes_a_difference(
    run: Run, ids: list[str], settings: Settings, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(settings.index / FILE)) as connection, connection:
        spoilt = "SET determination = zeroblob(9) WHERE case_id = 'CM16-0000902'"
        connection.execute(f"UPDATE letters {spoilt}")
    told = run("export", "-o", tmp_path / "all.csv")
    assert told.exit_code == 1
    assert (
        "1 damaged letter (CM16-0000902): the rows say so. Run 'imrsearch repair'." in told.output
    )
    assert len((tmp_path / "all.csv").read_text().splitlines()) == 3
    assert run("export", "CM16-0000901").exit_code == 0
