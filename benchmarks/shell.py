"""The command line and the opening of a build, each time in a fresh process.

``python -m benchmarks.shell COUNT [ENGINE] [--folder FOLDER]``: medians of ten.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measuring import save, table
from benchmarks.processes import run
from benchmarks.stock import built, parser_for

_RUNS = 10
_OPENING = """
import sys, time
from pathlib import Path
from imrsearch.storage.builds.reading import Builds
for again in range(2):  # the first one imports the engine's library
    started = time.perf_counter()
    Builds(Path(sys.argv[1])).current()
    print(1000 * (time.perf_counter() - started))
"""


def measure(index: Path) -> dict[str, dict[str, float | None]]:
    """Milliseconds by the clock and of processor time, by what was done."""
    imrsearch = [sys.executable, "-m", "imrsearch"]
    commands = {
        "Python alone": [sys.executable, "-c", ""],
        "imrsearch --help": [*imrsearch, "--help"],
        "imrsearch search": [*imrsearch, "--index", str(index), "search", "chronic pain"],
    }
    # In turn, so that whatever else the machine does weighs on all alike.
    rounds = [{name: run(one) for name, one in commands.items()} for _ in range(_RUNS)]
    openings = [_openings(index) for _ in range(_RUNS)]
    return {
        **{
            name: {
                "clock": 1000 * statistics.median(one[name].seconds for one in rounds),
                "cpu": 1000 * statistics.median(one[name].cpu for one in rounds),
            }
            for name in commands
        },
        **{
            name: {"clock": statistics.median(one[name] for one in openings), "cpu": None}
            for name in openings[0]
        },
    }


def _openings(index: Path) -> dict[str, float]:
    command = [sys.executable, "-c", _OPENING, str(index)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return dict(zip(("opening, library included", "opening"), map(float, told), strict=True))


def tables(told: Mapping[str, Any]) -> Iterator[str]:
    """What was measured, as tables in Markdown with their captions."""
    yield f"{told['issues']:,} issues, {told['engine']}, medians of {_RUNS} fresh processes."
    rows = ([name, *one.values()] for name, one in told["milliseconds"].items())
    yield table(("what", "ms", "CPU ms"), rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, keep."""
    given = parser_for(__doc__, "whoosh").parse_args(arguments)
    with built(given) as stock:
        told = {"issues": stock.issues, "engine": given.engine}
        told["milliseconds"] = measure(stock.index)
    print(*tables(told), sep="\n\n")
    print(f"Kept in {save(f'shell-{given.count}', **told)}")


if __name__ == "__main__":
    main()
