"""A thousand new letters into a large index: from the command to the first search that finds one.

``python -m benchmarks.adding COUNT [ENGINE] [--folder FOLDER] [--letters 1000]``. The additions go
into a copy of the index, which is removed afterwards: a real copy of the collection, which is
written in place; hard links to the files of the builds, which nobody changes. Copied ones would be
other files to the one that opens them: gigabytes would be hashed that are known in real use.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.measuring import save, table
from benchmarks.processes import Finished, run
from benchmarks.stock import Stock, built, parser_for


def measure(stock: Stock, letters: int) -> dict[str, Finished]:
    """What indexing new letters took, by command."""
    with tempfile.TemporaryDirectory(dir=stock.folder) as place:
        folder, index = Path(place, "letters"), Path(place, "index")
        folder.mkdir()
        for name, text in Corpus().letters(stock.letters + letters, stock.letters):
            (folder / name).write_text(text, encoding="utf-8")
            newest = name.removesuffix(".txt")
        _copy(stock.index, index)
        imrsearch = [sys.executable, "-m", "imrsearch", "--index", str(index)]
        return {
            f"index, {letters:,} new letters": run([*imrsearch, "index", str(folder)]),
            "show the last one of them": run([*imrsearch, "show", newest]),
            "search for it": run([*imrsearch, "search", newest]),
            "index again, nothing new": run([*imrsearch, "index", str(folder)]),
            "verify": run([*imrsearch, "verify"]),
            "roll back": run([*imrsearch, "rollback"]),
        }


def _copy(index: Path, copy: Path) -> None:
    shutil.copytree(index, copy, symlinks=True, ignore=shutil.ignore_patterns("builds"))
    shutil.copytree(index / "builds", copy / "builds", copy_function=os.link)


def tables(told: Mapping[str, Any]) -> Iterator[str]:
    """What was measured, as tables in Markdown with their captions."""
    yield f"Additions to {told['issues']:,} issues, {told['engine']}:"
    yield table(
        ("command", "seconds", "CPU s", "peak MiB"),
        (
            [name, took["seconds"], took["cpu"], took["peak"] >> 20]
            for name, took in told["commands"].items()
        ),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, keep."""
    parser = parser_for(__doc__, "tantivy")
    parser.add_argument("--letters", type=int, default=1000)
    given = parser.parse_args(arguments)
    with built(given) as stock:
        told: dict[str, Any] = {"issues": stock.issues, "engine": given.engine}
        took = measure(stock, given.letters)
    told["commands"] = {name: asdict(one) for name, one in took.items()}
    print(*tables(told), sep="\n\n")
    print(f"Kept in {save(f'adding-{given.count}', **told)}")


if __name__ == "__main__":
    main()
