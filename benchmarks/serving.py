"""Pages of results over HTTP: a real server with two workers, eight visitors, mixed searches.

``python -m benchmarks.serving COUNT [ENGINE] [--folder FOLDER] [--seconds 30]``. Visitors ask one
page after the other over kept connections, packed as browsers ask for them; no search comes twice
but by chance. They run on the server's own machine: what they took of it is told. How much of a
page is the templates' work is measured apart, in one process.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import before_render_template, template_rendered

from benchmarks.clients import Driven, Page, drive
from benchmarks.corpus import Corpus
from benchmarks.measuring import Spread, save, table
from benchmarks.queries import mixed
from benchmarks.server import served
from benchmarks.stock import built, parser_for
from imrsearch.system.settings import load_settings
from imrsearch.web.app import create_app

WORKERS, CLIENTS = 2, 8
_WARM_UP = 5.0
_RENDERED = 150
_LONG = 1000


def measure(index: Path, seconds: float) -> dict[str, Any]:
    """Pages a second, milliseconds of a page, errors, processor time of both sides."""
    first, then = list(_lists(1)), list(_lists(2))
    with served(index, WORKERS) as server:
        drive(server.port, first, min(_WARM_UP, seconds))
        before = server.vitals()
        driven = drive(server.port, then, seconds)
        used = server.vitals().cpu - before.cpu
    return {**summary(driven, seconds, used), "rendering": _rendering(index)}


def summary(driven: Driven, seconds: float, used: float) -> dict[str, Any]:
    """The figures of all replies; ``used``: the server's seconds of processor time."""
    replies = driven.replies
    kinds = dict.fromkeys(sorted(reply.kind for reply in replies))
    return {
        "pages": len(replies),
        "pages_per_second": len(replies) / seconds,
        "errors": sum(reply.is_error for reply in replies),
        "kib": sum(reply.size for reply in replies) / len(replies) / 1024,
        "every": asdict(Spread.of(reply.milliseconds for reply in replies)),
        "kinds": {
            kind: asdict(Spread.of(one.milliseconds for one in replies if one.kind == kind))
            for kind in kinds
        },
        "server_cores": used / seconds,
        "server_ms": 1000 * used / len(replies),
        "client_cores": driven.cpu / seconds,
    }


def _lists(seed: int) -> Iterator[list[Page]]:
    """Pages for each visitor, more than one can ask for."""
    words = Corpus().words
    for number in range(CLIENTS):
        chance = random.Random(f"{seed} {number}")
        searches = [mixed(words, chance) for _ in range(_LONG)]
        yield [(search.kind, search.state.to_url()) for search in searches]


def _rendering(index: Path) -> dict[str, dict[str, float]]:
    """Milliseconds of the templates, and of whole pages, of the same searches in one process."""
    app = create_app(load_settings({}, index=str(index)))
    taken, whole, started = [], [], [0.0]

    def begin(*_: object, **__: object) -> None:
        started[0] = time.perf_counter()

    def end(*_: object, **__: object) -> None:
        taken.append(1000 * (time.perf_counter() - started[0]))

    client = app.test_client()
    with before_render_template.connected_to(begin), template_rendered.connected_to(end):
        for _, address in next(_lists(3))[:_RENDERED]:
            asked = time.perf_counter()
            client.get(address).close()
            whole.append(1000 * (time.perf_counter() - asked))
    return {"templates": asdict(Spread.of(taken)), "page": asdict(Spread.of(whole))}


def tables(told: Mapping[str, Any]) -> Iterator[str]:
    """What was measured, as tables in Markdown with their captions."""
    yield (
        f"{told['issues']:,} issues, {told['engine']}, {WORKERS} workers, {CLIENTS} visitors for "
        f"{told['seconds']:.0f} s: {told['pages']:,} pages of {told['kib']:.0f} KiB packed, "
        f"{told['pages_per_second']:.0f} a second, {told['errors']} errors. The server took "
        f"{told['server_cores']:.2f} cores, {told['server_ms']:.1f} ms of it for a page; "
        f"the visitors took {told['client_cores']:.2f}."
    )
    rows = [("every page", told["every"]), *told["kinds"].items()]
    rows += [("one process: whole page", told["rendering"]["page"])]
    rows += [("one process: templates", told["rendering"]["templates"])]
    yield table(
        ("pages", "p50 ms", "p95 ms", "p99 ms", "max ms"),
        ([name, *spread.values()] for name, spread in rows),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, keep."""
    parser = parser_for(__doc__, "tantivy")
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args(arguments)
    with built(given) as stock:
        told = {"issues": stock.issues, "engine": given.engine, "seconds": given.seconds}
        told |= measure(stock.index, given.seconds)
    print(*tables(told), sep="\n\n")
    print(f"Kept in {save(f'serving-{given.count}', **told)}")


if __name__ == "__main__":
    main()
