"""From kept results to tables, bars and charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import adding, bars, report, searching, serving, shell
from benchmarks.bars import Bar
from benchmarks.charts import Pair, chart
from benchmarks.clients import Driven, Reply
from benchmarks.queries import KINDS


def test_tables_go_into_their_places() -> None:
    text = "a\n<!-- results: bars -->\nold\n<!-- end -->\nb\n<!-- results: soak -->\n<!-- end -->\n"
    filled = report.filled(text, {})
    assert "old" not in filled
    assert "Not measured yet." in filled
    assert filled.startswith("a\n<!-- results: bars -->\n\n| what | bar |")
    assert report.filled(filled, {}) == filled


@pytest.mark.parametrize(
    ("bar", "row"),
    [
        (Bar("ms", lambda kept: float(kept["x"]), most=5), ("ms", "≤ 5", 5.0, "yes")),
        (Bar("ms", lambda kept: float(kept["x"]), most=4.9), ("ms", "≤ 4.9", 5.0, "no")),
        (Bar("a second", lambda kept: float(kept["x"]), least=6), ("a second", "≥ 6", 5.0, "no")),
        (Bar("ms", lambda kept: float(kept["y"]), most=5), ("ms", "≤ 5", None, "–")),
    ],
)
def test_bars(bar: Bar, row: tuple[Any, ...]) -> None:
    assert bar.row({"x": 5}) == row


def test_every_bar_finds_its_figure() -> None:
    spread = {"p50": 2.0, "p95": 4.0}
    every = {"page": {"every": spread}, "answer": {"every": spread}}
    times = {"cold": every, "warm": every}
    built = {"seconds": 10.0, "peak": 1 << 30}
    ours = (bars.OURS + kind for kind in bars.KINDS)
    names = (*ours, bars.ALONE, bars.ON_WHOOSH, bars.BARE, bars.BY_SQL, bars.STOCK)
    ways = [{"name": name, "times": times, "built": built} for name in names]
    commands = ("imrsearch --help", "imrsearch search", "opening")
    shell = {"milliseconds": {name: {"clock": 100.0} for name in commands}}
    kept = {
        **{
            f"searching-{size}": {"issues": size, "ways": ways}
            for size in (*bars.SIZES, bars.STATE)
        },
        **{f"shell-{size}": shell for size in bars.SIZES},
        "serving-100000": {
            "every": spread,
            "pages_per_second": 120.0,
            "rendering": {"templates": spread},
        },
        "adding-1000000": {"commands": {name: {"seconds": 5.0} for name in ("index", "show")}},
    }
    met = {what: (value, met) for what, _, value, met in bars.rows(kept)}
    assert {met for _, met in met.values()} == {"yes", "no"}
    assert met["HTTP, 100,000 issues: p95 ms"] == (4.0, "yes")
    assert met["10,000 issues, Whoosh: page, times stock Whoosh, p95"] == (1.0, "no")
    assert met["1,000,000 issues: indexing, peak GiB"] == (1.0, "yes")
    assert met["1,000,000 issues: adding 1,000 letters until one is shown, seconds"][0] == 10
    assert {met for _, _, _, met in bars.rows({})} == {"–"}


SPREAD = {"p50": 2.0, "p95": 4.0, "p99": 6.0, "max": 8.0}
BUILT = {"seconds": 10.0, "cpu": 15.0, "peak": 1 << 30}
WAY: dict[str, Any] = {
    "name": "peer",
    "built": BUILT,
    "opening": 1.0,
    "first": 3.0,
    "same_totals": 60,
    "times": {
        "cold": {what: dict.fromkeys(("every", *KINDS), SPREAD) for what in ("answer", "page")},
        "warm": {"answer": {}, "page": {}},  # too slow to be asked again
    },
}


@pytest.mark.parametrize(
    ("tables", "told", "line"),
    [
        (
            searching.tables,
            {"issues": 50_000, "searches": 60, "ways": [WAY], "left_out": []},
            "| peer | 10.0 | 5,000 | 15.0 | 1,024 | 1.0 | 3.0 |",
        ),
        (
            searching.tables,
            {"issues": 50_000, "searches": 60, "ways": [WAY], "left_out": ["xapian: no module"]},
            "50,000 issues, 60 searches. Left out: xapian: no module.",
        ),
        (
            searching.tables,
            {"issues": 50_000, "searches": 60, "ways": [WAY], "left_out": []},
            "| peer | 2.0 | 4.0 | 8.0 | – | – | – | 60 |",
        ),
        (
            shell.tables,
            {"issues": 9, "engine": "whoosh", "milliseconds": {"x": {"clock": 9.0, "cpu": None}}},
            "| x | 9.0 | – |",
        ),
        (
            adding.tables,
            {"issues": 9, "engine": "tantivy", "commands": {"index": BUILT}},
            "| index | 10.0 | 15.0 | 1,024 |",
        ),
    ],
)
def test_tables_tell_figures(
    tables: Callable[[dict[str, Any]], Iterator[str]], told: dict[str, Any], line: str
) -> None:
    assert line in "\n".join(tables(told)).splitlines()


def test_tables_of_pages_over_http() -> None:
    replies = [Reply("and", "/search", taken, 200, 2048) for taken in (10.0, 20.0)]
    replies += [Reply("all", "/search", 40.0, None, 2048)]
    told = serving.summary(Driven(tuple(replies), cpu=0.5), seconds=2, used=3)
    told |= {"issues": 9, "engine": "tantivy", "seconds": 2.0}
    told["rendering"] = {"page": SPREAD, "templates": SPREAD}
    text, rows = serving.tables(told)
    assert "3 pages of 2 KiB packed, 2 a second, 1 errors" in text
    assert "The server took 1.50 cores, 1000.0 ms of it for a page" in text
    assert "| every page | 20.0 | 40.0 | 40.0 | 40.0 |" in rows
    assert "| and | 10.0 | 20.0 | 20.0 | 20.0 |" in rows


def test_a_chart_is_well_formed_and_to_scale() -> None:
    pairs = [Pair("ours <fast>", 10, 100, ours=True), Pair("peer", 1000, 10_000, ours=False)]
    root = ElementTree.fromstring(chart("Pages & more", pairs))
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == "Pages & more"
    widths = [float(bar.attrib["width"]) for bar in root.iter(f"{space}rect")]
    steps = [after - before for before, after in pairwise(widths)]
    assert steps == pytest.approx([widths[1]] * 3)  # each bar is ten times the one before
