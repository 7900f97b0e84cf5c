"""The server under everything at once: eight visitors, letters coming, changing and going beside.

``python -m benchmarks.soak --minutes 30 [--engine tantivy]``. A real server with two workers
answers visitors who look at pages of every kind: first alone, for comparison, then while
``imrsearch index`` takes in new and changed letters and forgets removed ones, over and over, with
``imrsearch reindex`` in between. Every second it is looked at what the server's processes use. At
the end no page and no run may have failed, nothing may have grown since it settled, and the
slowest hundredth of pages may take twice as long as before, no longer. Prints a report in Markdown;
the exit code is 1 where a bar is missed. Memory of the processes' own is told apart from mapped
files, and beside both how much the letters and their index have grown: the bar allows nothing for
it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.clients import Page, Reply, drive
from benchmarks.corpus import Corpus
from benchmarks.growth import FIGURES, Figure, Sample, Stock, course, growth
from benchmarks.measuring import Spread, save, table
from benchmarks.processes import Beside
from benchmarks.queries import mixed
from benchmarks.server import Server, served
from imrsearch.schema import FACETS
from imrsearch.storage.collection.store import Collection

WORKERS = 2
SLOWER = 2.0
"""So many times the idle p99 may be."""
_PAUSE = 0.3
_GROWTH = 0.02
_SPARE = {"own": 4 << 20, "files": 16, "threads": 2}
"""Growth that is no growth: a buffer of each process, the files of one more open build."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: letters at the beginning, visitors, seconds alone and seconds with indexing."""

    letters: int
    visitors: int
    idle: float
    seconds: float
    engine: str = "auto"


@dataclass(frozen=True, slots=True)
class Soaked:
    """What happened. ``complaints``: what failed runs said, and errors in the server's log."""

    idle: tuple[Reply, ...]
    busy: tuple[Reply, ...]
    runs: Counter[str]
    samples: tuple[Sample, ...]
    complaints: tuple[str, ...]

    @property
    def slower(self) -> float:
        """How many times as long the slowest hundredth takes."""
        return _spread(self.busy).p99 / _spread(self.idle).p99

    def errors(self) -> list[Reply]:
        """The pages that failed."""
        return [reply for reply in (*self.idle, *self.busy) if reply.is_error]

    def failures(self) -> list[str]:
        """What must never happen, each in a line."""
        pages = Counter(f"{one.kind} {one.address}: {one.status}" for one in self.errors())
        return [*pages, *self.complaints]

    def missed(self) -> list[str]:
        """The bars that were missed, each in a line."""
        missed = self.failures()
        for name, spare in _SPARE.items():
            level, grown = growth(self.samples, name)
            if grown > max(spare, level * _GROWTH):
                missed.append(f"{name} grew by {grown:,.0f} from about {level:,.0f}")
        if self.slower > SLOWER:
            missed.append(f"p99 is {self.slower:.1f} times that of idle")
        return missed


def soak(plan: Plan, folder: Path) -> Soaked:
    """Do it in an empty folder."""
    letters = Letters(folder, plan.letters, plan.engine)
    letters.index()
    pages = list(_pages(letters.lasting(), plan.visitors))
    with served(letters.index_folder, WORKERS) as server:
        drive(server.port, pages, plan.idle / 4, _PAUSE)
        idle = drive(server.port, pages, plan.idle, _PAUSE).replies
        with _Turns(letters) as indexing, _Watch(server, letters) as watch:
            busy = drive(server.port, pages, plan.seconds, _PAUSE).replies
        complaints = (*indexing.failed, *_errors(server.log))
        return Soaked(idle, busy, letters.runs, tuple(watch.samples), complaints)


def _errors(log: Path) -> list[str]:
    lines = log.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if '"level": "error"' in line or line.startswith("Traceback")]


# --------------------------------------------------------------------------------- the letters


class Letters:
    """A folder of letters that come, change and go, and its index."""

    def __init__(self, folder: Path, count: int, engine: str) -> None:
        self.index_folder = folder / "index"
        self.runs: Counter[str] = Counter()
        self._folder = folder / "letters"
        self._folder.mkdir()
        self._coming = Corpus().letters(count * 1000)
        self._lasting = [self._write() for _ in range(count)]
        self._passing: list[Path] = []
        self._chance = random.Random(1)
        self._engine = engine

    def _write(self) -> Path:
        name, text = next(self._coming)
        (self._folder / name).write_text(text, encoding="utf-8")
        return self._folder / name

    def lasting(self) -> list[str]:
        """The cases that never go."""
        with closing(Collection.open(self.index_folder)) as collection:
            return collection.case_ids()

    def index(self) -> None:
        """Take the folder in as it is. Raises CalledProcessError."""
        self._run("index", str(self._folder), "--prune")

    def turn(self) -> None:
        """Ten letters come, five change, some go; every fifth time all is built anew."""
        self._passing += [self._write() for _ in range(10)]
        for path in self._chance.sample(self._lasting, 5):
            text = path.read_text(encoding="utf-8")
            again = f"Decision rationale: Seen again, {self.runs.total()}. "
            path.write_text(text.replace("Decision rationale: ", again, 1), encoding="utf-8")
        for path in self._passing[:-20]:
            path.unlink()
            self._passing.remove(path)
        self.index()
        if self.runs["index"] % 5 == 0:
            self._run("reindex")

    def _run(self, *words: str) -> None:
        command = [sys.executable, "-m", "imrsearch", "--index", str(self.index_folder), *words]
        subprocess.run([*command, "--engine", self._engine], check=True, capture_output=True)
        self.runs[words[0]] += 1


class _Turns(Beside):
    """Turns of the letters, one after the other."""

    def __init__(self, letters: Letters) -> None:
        super().__init__(seconds=1)
        self._letters = letters
        self.failed: list[str] = []

    def turn(self) -> None:
        try:
            self._letters.turn()
        except subprocess.CalledProcessError as error:
            self.failed.append(error.stderr.decode(errors="replace")[-200:])


class _Watch(Beside):
    """The vitals of the server's processes and its stock, every second."""

    def __init__(self, server: Server, letters: Letters) -> None:
        super().__init__(seconds=1)
        self._server = server
        self._index = letters.index_folder
        self._started = time.monotonic()
        self.samples: list[Sample] = []
        self.turn()

    def turn(self) -> None:
        at = time.monotonic() - self._started
        self.samples.append(Sample(at, self._server.vitals(), Stock.of(self._index)))


# ----------------------------------------------------------------------------------- the pages


def _pages(cases: Sequence[str], visitors: int) -> Iterator[list[Page]]:
    """What each visitor looks at: searches mostly, and everything that searches lead to."""
    words = Corpus().words
    for number in range(visitors):
        chance = random.Random(number)
        yield [page for _ in range(200) for page in _round(chance, words, cases)]


def _round(chance: random.Random, words: Sequence[str], cases: Sequence[str]) -> Iterator[Page]:
    for _ in range(4):
        yield "search", mixed(words, chance).state.to_url()
    state, case = mixed(words, chance).state, chance.choice(cases)
    yield "search as JSON", state.to_url("/search.json")
    yield "facet", state.to_url(f"/facet/{chance.choice(list(FACETS))}")
    yield "case", f"/case/{case}?q={chance.choice(words[17:200])}"
    yield "letter", f"/case/{chance.choice(cases)}/letter"
    yield "suggest", f"/suggest.json?q={chance.choice(words[17:2000])[:4]}"
    suffix = chance.choice(("csv", "atom", "ris", "bib"))
    yield f"export {suffix}", state.to_url(f"/search.{suffix}")
    yield "other", chance.choice(("/", "/coverage", "/guidelines", "/help", "/sitemap.xml"))


# ---------------------------------------------------------------------------------- the report


def _spread(replies: Sequence[Reply]) -> Spread:
    return Spread.of(reply.milliseconds for reply in replies)


def told(soaked: Soaked, plan: Plan) -> dict[str, Any]:
    """What happened, as JSON: of the samples every tenth."""
    kinds = sorted({reply.kind for reply in soaked.busy})
    parts = {"idle": soaked.idle, "busy": soaked.busy}
    return {
        "plan": asdict(plan),
        "pages": {name: len(some) for name, some in parts.items()},
        "errors": [asdict(reply) for reply in soaked.errors()[:20]],
        "runs": dict(soaked.runs),
        "slower": soaked.slower,
        "missed": soaked.missed(),
        "growth": {name: growth(soaked.samples, name) for name in FIGURES},
        "course": course(soaked.samples),
        "spreads": {
            kind: {
                name: asdict(_spread(of_kind))
                for name, some in parts.items()
                if (of_kind := [one for one in some if kind in ("every page", one.kind)])
            }
            for kind in ("every page", *kinds)
        },
        "samples": [
            [one.at, *(figure.value(one) for figure in FIGURES.values())]
            for one in soaked.samples[::10]
        ],
    }


def tables(told: Mapping[str, Any]) -> Iterator[str]:
    """What happened, as tables in Markdown with their captions."""
    plan, pages, runs = told["plan"], told["pages"], told["runs"]
    yield (
        f"{plan['visitors']} visitors, {WORKERS} workers, {plan['letters']:,} letters, "
        f"engine {plan['engine']}; "
        f"{plan['idle']:.0f} s alone ({pages['idle']:,} pages), {plan['seconds'] / 60:.1f} minutes "
        f"with indexing beside ({pages['busy']:,} pages, {runs.get('index', 0)} runs of index, "
        f"{runs.get('reindex', 0)} of reindex). {len(told['errors'])} errors; p99 "
        f"{told['slower']:.1f} times that of idle."
    )
    yield table(
        ("page", "idle p50", "p95", "p99", "busy p50", "p95", "p99", "max (ms)"),
        (
            [kind, *(_figures(parts, "idle")[:3]), *_figures(parts, "busy")]
            for kind, parts in told["spreads"].items()
        ),
    )
    yield table(
        ("of all processes", "level", "grown until the end", "%"),
        (_grown(figure, *told["growth"][name]) for name, figure in FIGURES.items()),
    )
    yield table(
        ("until minute", *(figure.title for figure in FIGURES.values())),
        ([minute, *_in_units(values)] for minute, *values in told["course"]),
    )
    yield "Missed: " + ("; ".join(told["missed"]) or "nothing.")


def _figures(parts: Mapping[str, Mapping[str, float]], name: str) -> list[float | None]:
    return [parts.get(name, {}).get(figure) for figure in ("p50", "p95", "p99", "max")]


def _grown(figure: Figure, level: float, grown: float) -> list[str | float]:
    share = 100 * grown / level if level else 0.0
    return [figure.title, level / figure.unit, grown / figure.unit, share]


def _in_units(values: Sequence[float]) -> list[float]:
    units = (figure.unit for figure in FIGURES.values())
    return [value / unit for value, unit in zip(values, units, strict=True)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak, print, keep; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--letters", type=int, default=2000)
    parser.add_argument("--visitors", type=int, default=8)
    parser.add_argument("--engine", default="auto")
    given = parser.parse_args(arguments)
    seconds = 60 * given.minutes
    plan = Plan(given.letters, given.visitors, min(120, seconds / 4), seconds, given.engine)
    with tempfile.TemporaryDirectory() as place:
        soaked = soak(plan, Path(place))
    facts = told(soaked, plan)
    print(*tables(facts), sep="\n\n")
    print(f"\nKept in {save('soak', **facts)}")
    return bool(facts["missed"])


if __name__ == "__main__":
    sys.exit(main())
