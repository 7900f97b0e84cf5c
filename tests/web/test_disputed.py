"""The table of ``docs/features.md``: every way to count a search counts the same issues."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from imrsearch.system.settings import Settings
from imrsearch.web.app import create_app
from tests.cli.conftest import Run, ask
from tests.conftest import ROOT

__all__ = ["ask"]

TABLE = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
ROWS = TABLE.findall((ROOT / "docs" / "features.md").read_text())


@pytest.fixture(scope="module")
def client(sample_index: Settings) -> FlaskClient:
    """A browser of a site over the samples and nothing else."""
    return create_app(sample_index).test_client()


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 30


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_way_counts_the_same_issues(
    row: tuple[str, str, str, str], client: FlaskClient, ask: Run
) -> None:
    search, *numbers = row
    disputed, overturned, mentioned = map(int, numbers)
    address = f"?q={search.replace(' ', '+')}"

    found = client.get(f"/search.json{address}").json
    assert found is not None
    assert (found["total"], found["only_mentioned"]) == (disputed, mentioned)
    assert (found["outcome"]["issues"], found["outcome"]["overturned"]) == (disputed, overturned)

    (decisions,) = [facet for facet in found["facets"] if facet["name"] == "decision"]
    assert sum(value["count"] for value in decisions["values"]) == disputed
    assert sum(value["overturned"] for value in decisions["values"]) == overturned

    page = client.get(f"/search{address}").text
    issues = "1 issue" if disputed == 1 else f"{disputed} issues"
    assert f"Overturned {overturned} of {issues}" in page
    assert (f"{mentioned} more issue" in page) == bool(mentioned)

    rows = list(csv.DictReader(io.StringIO(client.get(f"/search.csv{address}").text)))
    assert len(rows) == disputed
    assert sum(one["decision"] == "overturned" for one in rows) == overturned
    assert client.get(f"/search.atom{address}").text.count("<entry>") == disputed

    told = json.loads(ask("search", search, "--json").stdout)
    assert (told["total"], told["outcome"]["overturned"]) == (disputed, overturned)
    assert told["only_mentioned"] == mentioned
