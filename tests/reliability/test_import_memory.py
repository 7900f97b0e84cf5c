"""Indexing any number of letters takes the same memory."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from itertools import islice, pairwise
from pathlib import Path

import pytest

from benchmarks.corpus import Corpus
from imrsearch.indexing import pipeline
from imrsearch.system.settings import load_settings
from tests.conftest import ROOT

SIZES = (2_000, 10_000, 40_000)
MOST_GROWTH = 10
"""Megabytes, from the first size to the last: 250 bytes a letter would be seen."""


def test_memory_is_flat(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--torture"):
        pytest.skip("tens of thousands of letters: make torture")
    folder = tmp_path / "letters"
    folder.mkdir()
    letters = Corpus().letters(SIZES[-1])
    held: dict[str, list[float]] = {"new": [], "unchanged": []}
    for before, size in pairwise((0, *SIZES)):
        for name, text in islice(letters, size - before):
            (folder / name).write_text(text, encoding="utf-8")
        for kind, reading in held.items():
            told = run(folder, tmp_path / f"index{size}")
            reading.append(told["reading"])
            sys.stdout.write(f"\n{size:,} letters, {kind}: {told}")
    for reading in held.values():
        assert reading[-1] - reading[0] < MOST_GROWTH


def run(folder: Path, index: Path) -> dict[str, float]:
    """Peak memory of the reading (MB) and of the whole run, processor seconds without workers."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tests.reliability.test_import_memory",
        folder,
        index,
    ]
    told: dict[str, float] = json.loads(subprocess.check_output(command, cwd=ROOT))
    return told


def main(folder: str, index: str) -> None:
    """One run, in a process of its own."""
    reading = peak()

    def weigh(step: str, done: int, total: int | None) -> None:
        nonlocal reading
        if step == "reading":
            reading = peak()

    pipeline.index_paths(load_settings({}, index=index), [Path(folder)], progress=weigh)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = round(used.ru_utime + used.ru_stime, 1)
    json.dump({"reading": reading, "whole": peak(), "seconds": seconds}, sys.stdout)


def peak() -> float:
    """Most memory held so far (MB). What getrusage tells would begin with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = re.search(r"VmHWM:\s+(\d+)", status)
    assert kilobytes
    return round(int(kilobytes[1]) / 1024, 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
