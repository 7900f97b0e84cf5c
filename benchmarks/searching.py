"""One page of results, measured on the same corpus, searches and machine as its peers.

``python -m benchmarks.searching COUNT [ENGINE …] [--folder FOLDER]`` builds each index of about
COUNT issues, asks it sixty searches, and prints what that took as tables in Markdown. Every index
is opened up to three times; each time, four other searches come first, then each search for the
first time (cold: nothing of it is remembered, but the files are in the system's memory), then each
again (warm). A figure is the median of the openings. ``--folder`` keeps the indexes;
``--peers tantivy`` leaves the others out.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.corpus import Corpus
from benchmarks.measuring import Spread, save, table
from benchmarks.peers import registry
from benchmarks.queries import KINDS, NAMED, WIDENED, Search, searches, warming
from benchmarks.stock import Stock
from benchmarks.ways import Asked, EngineAlone, PeerWay, Service, Way

_OPENINGS = 3
_ENOUGH = 120.0
"""Seconds after which an index is not opened once more, nor searches asked again."""

Times = dict[Search, list[Asked]]


@dataclass(frozen=True, slots=True)
class Measured:
    """One way: milliseconds to open, until the first page after that, and of the searches, by
    ``cold`` and ``warm``, ``answer`` and ``page``, and kind or ``every``."""

    name: str
    opening: float
    first: float
    times: dict[str, dict[str, dict[str, Spread]]]
    totals: dict[Search, int]


def measure(way: Way, wanted: Sequence[Search]) -> Measured:
    """Open and ask as the module says."""
    opening, first = [], []
    cold: Times = defaultdict(list)
    warm: Times = defaultdict(list)
    ending = time.perf_counter() + _ENOUGH
    for _ in range(_OPENINGS):
        gc.collect()
        started = time.perf_counter()
        ask = way.open()
        opening.append(1000 * (time.perf_counter() - started))
        asked = [ask(search) for search in warming(Corpus().words)]
        first.append(asked[0].page or asked[0].answer or 0)
        for times in (cold, warm):
            if time.perf_counter() < ending or times is cold:
                for search in wanted:
                    times[search].append(ask(search))
        if time.perf_counter() > ending:
            break
    spreads = {"cold": _spreads(cold), "warm": _spreads(warm)}
    totals = {search: some[0].total for search, some in cold.items()}
    return Measured(way.name, statistics.median(opening), statistics.median(first), spreads, totals)


def _spreads(times: Times) -> dict[str, dict[str, Spread]]:
    return {
        what: {
            kind: Spread.of(some.values())
            for kind in ("every", *dict.fromkeys(search.kind for search in times))
            if (some := _medians(times, what, kind))
        }
        for what in ("answer", "page")
    }


def _medians(times: Times, what: str, kind: str) -> dict[Search, float]:
    return {
        search: statistics.median(taken)
        for search, asked in times.items()
        if kind in ("every", search.kind)
        and (taken := [one for each in asked if (one := getattr(each, what)) is not None])
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure our service and our engine alone, then the peers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("engines", nargs="*", default=["whoosh", "tantivy"])
    parser.add_argument("--folder", type=Path, help="keep collection and indexes here")
    parser.add_argument("--peers", nargs="*", default=registry.NAMES, choices=registry.NAMES)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        stock = Stock(given.folder or Path(place), given.count)
        told = _measured(stock, given.count, given.engines, given.peers)
    print(*tables(told), sep="\n\n")
    print(f"\nKept in {save(f'searching-{given.count}', **told)}")


def _measured(
    stock: Stock, count: int, engines: Sequence[str], peers: Sequence[str]
) -> dict[str, Any]:
    """All rows as JSON, and which peers were left out, and why."""
    rows: list[Row] = []
    left_out = [f"{key}: not asked for" for key in registry.NAMES if key not in peers]
    for engine in engines:
        rows += _of_ours(stock, engine)
    for key in peers:
        try:
            rows.append(_of_peer(stock, key, count))
        except ImportError as missing:
            left_out.append(f"{key}: {missing}")
    return {
        "issues": stock.issues,
        "searches": len(rows[0].measured.totals),
        "ways": [_told(row, rows[0].measured.totals) for row in rows],
        "left_out": left_out,
    }


@dataclass(frozen=True, slots=True)
class Row:
    """A way and what was measured of it."""

    way: Way
    measured: Measured


def _of_ours(stock: Stock, engine: str) -> Iterator[Row]:
    """The service, its engine alone, and the service on searches of the field and widened ones."""
    wanted = searches(Corpus().words)
    print(f"imrsearch, {engine} …", file=sys.stderr)
    service, alone = Service(stock, engine), EngineAlone(stock, engine)
    yield Row(service, measure(service, wanted))
    yield Row(alone, measure(alone, wanted))
    named = replace(measure(service, NAMED), name=f"{service.name}, with other names")
    yield Row(service, named)
    widened = replace(measure(service, WIDENED), name=f"{service.name}, close issues too")
    yield Row(service, widened)


def _of_peer(stock: Stock, key: str, count: int) -> Row:
    """A peer; raises ImportError where it is left out."""
    if count > registry.MOST.get(key, count):
        raise ImportError(f"only up to {registry.MOST[key]:,} issues")
    print(f"{key} …", file=sys.stderr)
    way = PeerWay(stock, key, registry.peer(key))
    return Row(way, measure(way, searches(Corpus().words)))


def _told(row: Row, right: Mapping[Search, int]) -> dict[str, Any]:
    """A row as JSON; ``right`` are the totals to compare with."""
    totals = row.measured.totals
    same = sum(right[search] == total for search, total in totals.items() if search in right)
    return {
        "name": row.measured.name,
        "built": asdict(row.way.built) if row.way.built else None,
        "opening": row.measured.opening,
        "first": row.measured.first,
        "same_totals": same if totals.keys() <= right.keys() else None,
        "times": msgspec.to_builtins(row.measured.times),
    }


def tables(told: Mapping[str, Any]) -> Iterator[str]:
    """What was measured, as tables in Markdown with their captions."""
    ways = told["ways"]
    left_out = "".join(f" Left out: {why}." for why in told["left_out"])
    yield f"{told['issues']:,} issues, {told['searches']} searches.{left_out}"
    yield "Building and opening:"
    yield table(
        ("way", "seconds", "issues/s", "CPU s", "peak MiB", "ms to open", "first page, ms"),
        (_building(way, told["issues"]) for way in ways if way["built"] and _is_compared(way)),
    )
    for what, caption in (
        ("answer", "Ten hits, exact total, all facets with outcome (ms):"),
        ("page", "The same with the texts of ten rows and excerpts (ms):"),
    ):
        yield caption
        yield table(
            ("way", "cold p50", "p95", "max", "warm p50", "p95", "max", "same totals"),
            (_searching(way, what) for way in ways if way["times"]["cold"][what]),
        )
    yield "Pages by kind of search, cold (p50 / p95, ms):"
    yield table(("way", *KINDS), filter(None, map(_by_kind, ways)))


def _is_compared(way: Mapping[str, Any]) -> bool:
    """Whether it was asked the searches of everybody."""
    return way["same_totals"] is not None


def _building(way: Mapping[str, Any], issues: int) -> list[object]:
    built = way["built"]
    speed = round(issues / built["seconds"])
    peak = built["peak"] >> 20
    return [way["name"], built["seconds"], speed, built["cpu"], peak, way["opening"], way["first"]]


def _searching(way: Mapping[str, Any], what: str) -> list[object]:
    figures = [
        way["times"][when].get(what, {}).get("every", {}).get(figure)
        for when in ("cold", "warm")
        for figure in ("p50", "p95", "max")
    ]
    return [way["name"], *figures, way["same_totals"]]


def _by_kind(way: Mapping[str, Any]) -> list[object] | None:
    kinds = way["times"]["cold"]["page"]
    if not all(kind in kinds for kind in KINDS):
        return None
    return [way["name"], *(f"{kinds[k]['p50']:,.1f} / {kinds[k]['p95']:,.1f}" for k in KINDS)]


if __name__ == "__main__":
    main()
