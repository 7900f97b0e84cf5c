"""Reading and indexing held against bare text extraction of the same PDFs.

``python -m benchmarks.reading FOLDER [RUNS]`` times whole commands, in turn, and prints medians and
their ratios to the bare extraction. Then it tells what reading costs inside a process, in processor
time: its first reading of the letters (cold: catalogues are read, patterns compiled) and a second
one, for which what sentences say is known (warm).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import pathlib, sys, pypdfium2
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.pdf")):
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
"""

INSIDE = """
import pathlib, sys, time
from imrsearch.letters.files import Source
from imrsearch.letters.workers import ReadingLimits, extract, facts_of
from imrsearch.system.settings import load_settings

paths = sorted(pathlib.Path(sys.argv[1]).glob("*.pdf"))
limits = ReadingLimits.of(load_settings({}))
sources = [(Source(path).read(limits.max_bytes), path.name) for path in paths]

def timed(work):
    started = time.process_time()
    done = work()
    return time.process_time() - started, done

def bare():
    for data, _ in sources:
        for page in pypdfium2.PdfDocument(data):
            page.get_textpage().get_text_range()

def texts():
    return [(extract(data, name, limits).text, name) for data, name in sources]

import pypdfium2
extraction, _ = timed(bare)
kept, found = timed(texts)
cold, _ = timed(lambda: [facts_of(*one) for one in found])
warm, _ = timed(lambda: [facts_of(*one) for one in found])
print(extraction, kept, cold, warm)
"""


def main(folder: str, runs: int = 5) -> None:
    """Print a table of medians over ``runs`` rounds, each of every command once."""
    imrsearch = [sys.executable, "-m", "imrsearch"]
    commands = {
        "bare pypdfium2 extraction": [sys.executable, "-c", BARE, folder],
        "imrsearch parse --json --jobs 1": [*imrsearch, "parse", "--json", "--jobs", "1", folder],
        "imrsearch parse --json --jobs 2": [*imrsearch, "parse", "--json", "--jobs", "2", folder],
        "imrsearch index (new index)": [*imrsearch, "--index", "{index}", "index", folder],
    }
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            seconds[name].append(_timed(command))
    bare = statistics.median(seconds["bare pypdfium2 extraction"])
    print(f"{len(list(Path(folder).glob('*.pdf')))} PDFs, median of {runs} runs")
    for name, times in seconds.items():
        median = statistics.median(times)
        span = f"({min(times):.2f}-{max(times):.2f})"
        print(f"{name:34} {median:6.2f} s  {span}  {median / bare:.2f}x")
    _report_inside(folder, runs)


def _report_inside(folder: str, runs: int) -> None:
    """What extraction and facts take inside one process, the least of all runs."""
    told = [
        subprocess.run(
            [sys.executable, "-c", INSIDE, folder], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(runs)
    ]
    bare, kept, cold, warm = (min(map(float, column)) for column in zip(*told, strict=True))
    print(
        f"inside a process, least of {runs}: bare extraction {bare:.2f} s, kept text {kept:.2f} s"
    )
    for name, facts in (("cold", cold), ("warm", warm)):
        print(f"  facts {name} {facts:.2f} s; with the kept text {(kept + facts) / bare:.2f}x bare")


def _timed(command: list[str]) -> float:
    with tempfile.TemporaryDirectory() as index:
        words = [word.replace("{index}", index) for word in command]
        started = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
