"""The performance targets, and how the stored results compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

Results = Mapping[str, Any]
"""The stored results by name: ``searching-10000`` and so on."""


@dataclass(frozen=True, slots=True)
class Bar:
    """``value`` reads a figure from the results and raises KeyError if there is none; it must be at
    most ``most``, or at least ``least``."""

    what: str
    value: Callable[[Results], float]
    most: float | None = None
    least: float | None = None

    def row(self, results: Results) -> tuple[str, str, float | None, str]:
        """Name, target, figure, whether it is met; dashes if nothing was measured."""
        bar = f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"
        try:
            value = self.value(results)
        except KeyError:
            return self.what, bar, None, "–"
        is_met = value <= self.most if self.most is not None else value >= (self.least or 0)
        return self.what, bar, value, "yes" if is_met else "no"


def rows(results: Results) -> Iterator[tuple[str, str, float | None, str]]:
    """All targets with their figures."""
    return (bar.row(results) for bar in BARS)


def _way(results: Results, size: int, name: str) -> Any:  # noqa: ANN401 - JSON
    ways = {way["name"]: way for way in results[f"searching-{size}"]["ways"]}
    return ways[name]


def _page(size: int, name: str, figure: str, time: str = "cold") -> Callable[[Results], float]:
    return lambda results: float(_way(results, size, name)["times"][time]["page"]["every"][figure])


def _answer(size: int, name: str, figure: str) -> Callable[[Results], float]:
    return lambda results: float(
        _way(results, size, name)["times"]["cold"]["answer"]["every"][figure]
    )


def _ratio(
    one: Callable[[Results], float], other: Callable[[Results], float]
) -> Callable[[Results], float]:
    return lambda results: one(results) / other(results)


def _built(size: int, name: str, figure: str) -> Callable[[Results], float]:
    return lambda results: float(_way(results, size, name)["built"][figure])


def _speed(size: int) -> Callable[[Results], float]:
    seconds = _built(size, OURS, "seconds")
    return lambda results: float(results[f"searching-{size}"]["issues"] / seconds(results))


def _shell(size: int, what: str) -> Callable[[Results], float]:
    return lambda results: float(results[f"shell-{size}"]["milliseconds"][what]["clock"])


def _http(*path: str) -> Callable[[Results], float]:
    def value(results: Results) -> float:
        found = results[f"serving-{LARGE}"]
        for key in path:
            found = found[key]
        return float(found)

    return value


def _added(results: Results) -> float:
    commands = results[f"adding-{HUGE}"]["commands"]
    return float(sum(commands[name]["seconds"] for name in list(commands)[:2]))


def _peak(results: Results) -> float:
    return _built(HUGE, OURS, "peak")(results) / 2**30


SIZES = SMALL, LARGE, HUGE = 10_000, 100_000, 1_000_000
STATE, KINDS = 3_000_000, ("", ", with other names", ", close issues too")
"""The whole State, and the kinds of searches by what is beside the words typed."""
OURS, ALONE = "imrsearch, tantivy", "imrsearch, tantivy, engine alone"
ON_WHOOSH, BARE = "imrsearch, whoosh", "bare Tantivy"
BY_SQL, STOCK = "SQLite FTS5, facets by SQL", "stock Whoosh"


def _at(size: int, p50: float, p95: float) -> Iterator[Bar]:
    """The targets for searching this many issues, on Tantivy."""
    name = f"{size:,} issues, Tantivy"
    page, alone = _page(size, OURS, "p50"), _answer(size, ALONE, "p50")
    yield Bar(f"{name}: page of results, p50 ms", page, most=p50)
    yield Bar(f"{name}: page of results, p95 ms", _page(size, OURS, "p95"), most=p95)
    bare = _answer(size, BARE, "p50")
    yield Bar(f"{name}: engine alone, times bare Tantivy, p50", _ratio(alone, bare), most=1.3)
    bare = _answer(size, BARE, "p95")
    alone = _answer(size, ALONE, "p95")
    yield Bar(f"{name}: engine alone, times bare Tantivy, p95", _ratio(alone, bare), most=1.3)
    bare = _page(size, BARE, "p50")
    yield Bar(f"{name}: page, times bare Tantivy with excerpts, p50", _ratio(page, bare), most=1.3)
    slower = _ratio(_page(size, BY_SQL, "p50"), page)
    yield Bar(f"{name}: times faster than FTS5 with facets by SQL, p50", slower, least=10)
    yield Bar(f"{name}: indexed from the collection, issues a second", _speed(size), least=6000)
    slower = _ratio(_built(size, OURS, "seconds"), _built(size, BARE, "seconds"))
    yield Bar(f"{name}: indexing, times bare Tantivy", slower, most=2)


def _of_the_state() -> Iterator[Bar]:
    """The targets for pages of three million issues, for plain and widened searches alike."""
    for kind, (time, asked) in product(KINDS, (("cold", "first"), ("warm", "again"))):
        for figure, most in (("p50", 60), ("p95", 150)):
            what = f"{STATE:,} issues, Tantivy{kind}: page, asked {asked}, {figure} ms"
            yield Bar(what, _page(STATE, OURS + kind, figure, time), most=most)


_SLOWER = _ratio(_page(SMALL, ON_WHOOSH, "p95"), _page(SMALL, STOCK, "p95"))

BARS = (
    Bar("10,000 issues, Whoosh: page of results, p95 ms", _page(SMALL, ON_WHOOSH, "p95"), most=150),
    Bar("10,000 issues, Whoosh: page, times stock Whoosh, p95", _SLOWER, most=0.7),
    *_at(LARGE, 8, 20),
    *_at(HUGE, 35, 110),
    *_of_the_state(),
    Bar("1,000,000 issues: indexing, seconds", _built(HUGE, OURS, "seconds"), most=240),
    Bar("1,000,000 issues: indexing, peak GiB", _peak, most=2),
    Bar("1,000,000 issues: adding 1,000 letters until one is shown, seconds", _added, most=15),
    Bar("HTTP, 100,000 issues: p95 ms", _http("every", "p95"), most=80),
    Bar("HTTP, 100,000 issues: pages a second", _http("pages_per_second"), least=100),
    Bar("HTTP, 100,000 issues: templates, p50 ms", _http("rendering", "templates", "p50"), most=5),
    Bar("imrsearch --help, ms", _shell(SMALL, "imrsearch --help"), most=250),
    Bar("imrsearch search, 10,000 issues, ms", _shell(SMALL, "imrsearch search"), most=900),
    Bar("opening, Whoosh, 10,000 issues, ms", _shell(SMALL, "opening"), most=150),
    Bar("opening, Tantivy, 1,000,000 issues, ms", _shell(HUGE, "opening"), most=300),
)
