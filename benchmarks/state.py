"""Reading the letters of the whole State, estimated from a share of them.

``python -m benchmarks.state [PDFS] [--folder FOLDER]`` writes so many letters of the corpus as PDFs
(50,000), indexes them from the files to the published index, and tells what as many letters as the
State has would take at that speed. ``--folder`` keeps the PDFs, which take longer to write than to
read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from benchmarks.measuring import save, table
from benchmarks.processes import Finished, run
from samples.press import typeset

LETTERS_OF_THE_STATE = 1_670_000
_BATCH = 500


def write_pdfs(folder: Path, count: int) -> None:
    """The first ``count`` letters of the corpus as PDFs, as far as they are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor() as pool:
        list(pool.map(partial(_write_batch, folder, count), range(0, count, _BATCH)))


def _write_batch(folder: Path, count: int, first: int) -> None:
    last = min(first + _BATCH, count)
    if len(list(folder.glob(f"{first // _BATCH:04}-*.pdf"))) == last - first:
        return
    for name, text in Corpus().letters(last, first):
        pdf = folder / f"{first // _BATCH:04}-{name.removesuffix('.txt')}.pdf"
        pdf.write_bytes(typeset(text))


def measure(folder: Path) -> Finished:
    """What indexing the files of a folder into a new index takes."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as index:
        imrsearch = [sys.executable, "-m", "imrsearch", "--index", index]
        return run([*imrsearch, "index", "--engine", "tantivy", str(folder)])


def tables(told: Mapping[str, Any]) -> Iterator[str]:
    """What was measured, as a table in Markdown with its caption."""
    took, pdfs = told["took"], told["pdfs"]
    hours = took["seconds"] / pdfs * LETTERS_OF_THE_STATE / 3600
    yield f"{pdfs:,} letters of the corpus as PDFs, from the files to the published index:"
    yield table(
        (
            "seconds",
            "letters a second",
            "CPU ms a letter",
            "peak MiB",
            "hours for all of the State",
        ),
        [
            [
                took["seconds"],
                pdfs / took["seconds"],
                1000 * took["cpu"] / pdfs,
                took["peak"] >> 20,
                hours,
            ]
        ],
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", type=int, nargs="?", default=50_000)
    parser.add_argument("--folder", type=Path, help="keep the PDFs here")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = (given.folder or Path(place)) / f"pdfs-{given.pdfs}"
        write_pdfs(folder, given.pdfs)
        told = {"pdfs": given.pdfs, "took": asdict(measure(folder))}
    print(*tables(told), sep="\n\n")
    print(f"Kept in {save('state', **told)}")


if __name__ == "__main__":
    main()
