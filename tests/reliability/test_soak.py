"""Visitors and indexing at once, as ``make soak`` has them for four hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from benchmarks.clients import Reply
from benchmarks.growth import Sample, Stock, growth, slope
from benchmarks.processes import Vitals
from benchmarks.soak import Plan, Soaked, soak, tables, told


def test_soak(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    seconds = rounds(4, 600)
    plan = Plan(letters=rounds(20, 1000), visitors=4, idle=rounds(1, 60), seconds=seconds)
    soaked = soak(plan, tmp_path)
    assert not soaked.failures()
    assert soaked.runs["index"] >= 2
    assert {"search", "facet", "case", "letter"} <= {reply.kind for reply in soaked.busy}
    assert len({one.vitals.processes for one in soaked.samples}) == 1
    assert growth(soaked.samples, "issues")[0] > 0


def replies(count: int, milliseconds: float, status: int | None = 200) -> tuple[Reply, ...]:
    return tuple(Reply("search", "/search", milliseconds, status, 1) for _ in range(count))


def samples(growing: str | None = None) -> tuple[Sample, ...]:
    level = {"memory": 400 << 20, "own": 200 << 20, "files": 100, "threads": 12}

    def at(second: int) -> Sample:
        grown = {
            name: int(value * (1 + second / 100 * (name == growing)))
            for name, value in level.items()
        }
        stock = Stock(issues=100 + second * (growing == "stock"), build=9 << 20, collection=5 << 20)
        return Sample(float(second), Vitals(processes=3, cpu=0.0, **grown), stock)

    return tuple(map(at, range(100)))


@pytest.mark.parametrize(
    ("soaked", "missed"),
    [
        (Soaked(replies(9, 10), replies(9, 19), Counter(), samples(), ()), ""),
        (Soaked(replies(9, 10), replies(9, 21), Counter(), samples(), ()), "2.1 times"),
        (Soaked(replies(9, 10), replies(9, 10), Counter(), samples("own"), ()), "own grew"),
        (Soaked(replies(9, 10), replies(9, 10), Counter(), samples("files"), ()), "files grew"),
        # Mapped files are the system's to take back.
        (Soaked(replies(9, 10), replies(9, 10), Counter(), samples("memory"), ()), ""),
        (Soaked(replies(9, 10), replies(9, 10, 500), Counter(), samples(), ()), "/search: 500"),
        (Soaked(replies(9, 10, None), replies(9, 10), Counter(), samples(), ()), "/search: None"),
        (Soaked(replies(9, 10), replies(9, 10), Counter(), samples(), ("disk full",)), "disk full"),
    ],
)
def test_missed_bars(soaked: Soaked, missed: str) -> None:
    told = soaked.missed()
    assert len(told) == bool(missed)
    assert missed in "".join(told)


def test_report() -> None:
    soaked = Soaked(replies(9, 10.0), replies(9, 20.0), Counter(index=2), samples(), ())
    report = "\n".join(tables(told(soaked, Plan(10, 4, 5, 60))))
    assert "2 runs of index, 0 of reindex). 0 errors; p99 2.0 times that of idle." in report
    assert "| search | 10.0 | 10.0 | 10.0 | 20.0 | 20.0 | 20.0 | 20.0 |" in report
    assert "| memory of their own, MiB | 200 | 0.00 | 0.00 |" in report
    assert "| memory of mapped files, MiB | 200 | 0.00 | 0.00 |" in report
    assert report.endswith("Missed: nothing.")


def test_growth_of_the_stock_is_told_and_excuses_nothing() -> None:
    grown = Soaked(replies(9, 10), replies(9, 10), Counter(), samples("stock"), ())
    assert not grown.missed()
    facts = told(grown, Plan(10, 4, 5, 60))
    level, more = facts["growth"]["issues"]
    assert (level, more) == (pytest.approx(159.5), pytest.approx(79))
    issues = [part[5] for part in facts["course"]]
    assert issues == sorted(issues)
    assert len(issues) == 6


def test_single_peaks_are_no_growth() -> None:
    times = np.arange(100.0)
    values = np.where(times % 10 == 9, 1000.0, 5.0)
    assert slope(times, values) == 0
    assert slope(times, times * 2 + values) == pytest.approx(2)
