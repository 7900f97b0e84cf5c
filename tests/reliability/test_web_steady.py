"""A site that runs for long, and is asked by many at once, stays as it is."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import pytest
from flask import Flask

from tests.reliability.sites import FEW, shared_app

_MEBIBYTE = 1 << 20


def addresses() -> list[str]:
    """Requests of every kind, as people mix them."""
    return [
        "/",
        *(f"/search?q={q}" for q in ("pain", "lumbar+fusion", "chiropractic+OR+acupuncture")),
        *(f"/search?q={q}" for q in ("%22medically+necessary%22", "chiro*", "MTUS+58", "xqzzy")),
        *(f"/search?q={q}" for q in ("knee+-surgery", "why+was+the+MRI+of+the+knee+upheld%3F")),
        "/search?decision=overturned&body=knee&sort=newest",
        "/search?group=case&page=2",
        *(f"/search.{suffix}?q=knee" for suffix in ("json", "csv", "atom", "ris", "bib")),
        "/suggest.json?q=chi",
        *(f"/case/CM16-{number}?q=pain" for number in range(5_000_000, 5_000_004)),
        "/case/CM16-5000001/letter",
        "/case/CM16-5000001.json",
        "/case/no-such-case",
        "/facet/treatment?q=pain",
        "/guidelines",
        "/guidelines/mtus-chronic-pain",
        "/coverage",
        "/help",
        "/sitemap/1.xml",
    ]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def app(request: pytest.FixtureRequest) -> Flask:
    """A small site on each engine."""
    return shared_app(request.param, FEW)


def ask(app: Flask, some: Iterator[str]) -> list[tuple[str, int, bytes]]:
    """The answers, one by one."""
    client = app.test_client()
    answers = []
    for address in some:
        answer = client.get(address)
        answers.append((address, answer.status_code, answer.data))
        answer.close()
    return answers


def open_files() -> int:
    """How many files this process has open."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def memory() -> int:
    """What this process holds in memory, in MiB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // _MEBIBYTE


def test_files_and_memory_stay_as_they_are(app: Flask, rounds: Callable[[int, int], int]) -> None:
    count = rounds(50, 2_500)
    mixed = cycle(addresses())
    ask(app, islice(mixed, rounds(1, 8) * len(addresses())))  # what is kept fills up
    files, before = open_files(), memory()
    for _ in range(0, count, 50):
        ask(app, islice(mixed, 50))
    sys.stdout.write(
        f"\n{count} requests: files {files} -> {open_files()}, MiB {before} -> {memory()}\n"
    )
    assert open_files() <= files
    assert memory() - before < 20


def test_threads_get_the_answers_that_one_gets(
    app: Flask, rounds: Callable[[int, int], int]
) -> None:
    alone = {address: (status, data) for address, status, data in ask(app, iter(addresses()))}

    def one(thread: int) -> list[tuple[str, int, bytes]]:
        return ask(app, islice(cycle(addresses()), 7 * thread, 7 * thread + rounds(15, 600)))

    with ThreadPoolExecutor(4) as threads:
        for answers in threads.map(one, range(4)):
            assert [a for a in answers if alone[a[0]] != a[1:]] == []
