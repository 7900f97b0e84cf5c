"""``imrsearch reasons``."""

from __future__ import annotations

import csv
import io
import json

from tests.cli.conftest import Run


def test_every_number_is_that_of_its_search(ask: Run) -> None:
    table = json.loads(ask("reasons", "--json").stdout)
    assert table["rows"]
    row = table["rows"][0]
    found = json.loads(ask("search", "--reason", f"unmet {row['criterion']}", "--json").stdout)
    assert found["total"] == row["unmet"]["count"]
    for sentence in row["unmet"]["sentences"]:
        assert sentence["text"]
        assert sentence["url"].startswith("/case/")


def test_the_table_and_its_csv_tell_the_same(ask: Run) -> None:
    rows = json.loads(ask("reasons", "chiropractic", "--json").stdout)["rows"]
    lines = list(csv.DictReader(io.StringIO(ask("reasons", "chiropractic", "--csv").stdout)))
    assert [line["criterion"] for line in lines] == [row["criterion"] for row in rows]
    shown = ask("reasons", "chiropractic").stdout
    table = json.loads(ask("reasons", "chiropractic", "--json").stdout)
    first, *_, last = shown.splitlines()
    assert first == f"{table['total']} issues, {table['overturned']} overturned"
    assert last.split(maxsplit=1) == [str(table["without"]), "without a recognised reason"]
    assert rows[0]["unmet"]["label"] in shown
    for side in ("met", "unmet"):
        told = rows[0][side]
        if told["sentences"]:
            assert f"{told['label']}\n{'':>8}“{told['sentences'][0]['text']}”" in shown
