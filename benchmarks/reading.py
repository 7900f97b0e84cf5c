"""Reading and indexing held against bare text extraction of the same PDFs.

``python -m benchmarks.reading FOLDER [RUNS]`` times whole commands, in turn, and prints medians
and their ratios to the bare extraction.
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


def _timed(command: list[str]) -> float:
    with tempfile.TemporaryDirectory() as index:
        words = [word.replace("{index}", index) for word in command]
        started = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
