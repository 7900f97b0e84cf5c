"""What the benchmarks say of times, processes and servers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.clients import drive
from benchmarks.measuring import Spread, table
from benchmarks.processes import family, run, vitals
from benchmarks.queries import KINDS, NAMED, searches
from benchmarks.searching import measure
from benchmarks.server import served
from benchmarks.ways import Asked
from imrsearch.system.settings import Settings


def test_spread_is_by_nearest_rank() -> None:
    assert Spread.of(range(1, 101)) == Spread(50, 95, 99, 100)
    assert Spread.of([3, 1]) == Spread(1, 3, 3, 3)
    with pytest.raises(ValueError, match="Nothing"):
        Spread.of([])


def test_table() -> None:
    assert table(("a", "b"), [["x", 1234], [0.125, None], [12.34, 123.4]]).splitlines() == [
        "| a | b |",
        "| --- | --- |",
        "| x | 1,234 |",
        "| 0.12 | – |",
        "| 12.3 | 123 |",
    ]


def test_what_a_command_took() -> None:
    took = run([sys.executable, "-c", "import time; x = bytearray(80 << 20); time.sleep(0.4)"])
    assert took.peak > 80 << 20
    assert took.cpu > 0
    assert took.seconds > 0
    with pytest.raises(subprocess.CalledProcessError):
        run([sys.executable, "-c", "raise SystemExit(3)"])


def test_vitals_of_a_family(tmp_path: Path) -> None:
    waiting = [sys.executable, "-c", "input()"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as child:
        assert child.pid in family(os.getpid())
        child.communicate()
    assert child.pid not in family(os.getpid())
    before = vitals([os.getpid()])
    with (tmp_path / "file").open("w"):
        assert vitals([os.getpid()]).files == before.files + 1
    assert vitals([child.pid]).processes == 0
    assert 0 < before.own < before.memory


def test_visitors_of_a_real_server(sample_index: Settings, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.symlink_to(sample_index.index)
    pages = [[("search", "/search?q=chiropractic")], [("nothing", "/case/CM00-0000000")]]
    with served(index, workers=1) as server:
        driven = drive(server.port, pages, seconds=1)
        assert server.vitals().processes == 2
    assert {(one.kind, one.status) for one in driven.replies} == {("search", 200), ("nothing", 404)}
    assert all(one.is_error == (one.kind == "nothing") for one in driven.replies)
    assert driven.cpu > 0


class Clock:
    """A way to search that takes as long as it says: cold 4 ms, warm 2 ms, the page 1 ms more."""

    name = "clock"
    built = None

    def open(self) -> object:
        seen: set[object] = set()

        def ask(search: object) -> Asked:
            taken = 2.0 if search in seen else 4.0
            seen.add(search)
            return Asked(7, taken, taken + 1)

        return ask


def test_cold_and_warm_are_told_apart() -> None:
    wanted = searches([f"word{number}" for number in range(6000)])
    measured = measure(Clock(), wanted)  # type: ignore[arg-type]
    assert set(measured.totals.values()) == {7}
    for when, taken in (("cold", 4), ("warm", 2)):
        spreads = measured.times[when]
        assert set(spreads["answer"]) == {"every", *KINDS}
        assert spreads["answer"]["every"] == Spread(taken, taken, taken, taken)
        assert spreads["page"]["phrase"].p95 == taken + 1
    assert measured.first == 5


def test_searches_of_the_field_are_others() -> None:
    assert all(search.kind not in KINDS for search in NAMED)
