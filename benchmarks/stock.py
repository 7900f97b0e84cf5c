"""Collections and builds of the corpus, kept in a folder for the next measurement.

``python -m benchmarks.stock FOLDER COUNT`` makes the collection alone, which takes minutes for a
million issues.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path

from benchmarks.corpus import BATCH, Corpus, letter_text
from benchmarks.processes import Finished, run
from imrsearch import engines
from imrsearch.letters.files import Source
from imrsearch.letters.letter import Letter
from imrsearch.schema import IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.builds.reading import current_manifest
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import ImrsearchError

ISSUES_PER_LETTER = 1.6
_NEVER_OUTDATED = 1 << 30
"""The parser version of letters that none has read: no later one may reread them in a build."""
_AHEAD = 4
"""So many batches are made before the collection has taken them."""


class Stock:
    """The collection of about ``issues`` issues under ``folder``, made when it is missing.

    Raises ValueError for one of another corpus, from before a change of it.
    """

    def __init__(self, folder: Path, issues: int) -> None:
        self.folder = folder / str(issues)
        self.index = self.folder / "index"
        self.letters = int(issues / ISSUES_PER_LETTER)
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self._filled.exists():
            self._fill()
        self._compare()

    @property
    def _filled(self) -> Path:
        return self.folder / "filled"

    def _fill(self) -> None:
        """Fill the collection without reading letters, going on from where a run was stopped."""
        with closing(Collection.create(self.index)) as collection:
            first = collection.summary().letters // BATCH * BATCH
            for letters in _batches(self.letters, first):
                collection.keep(letters, _NEVER_OUTDATED)
        self._filled.touch()

    def _compare(self) -> None:
        wanted = next(Corpus().determinations(1))
        with closing(Collection.open(self.index)) as collection:
            kept = collection.determinations([wanted.case_id])
            if kept != {wanted.case_id: wanted} or collection.outdated(_NEVER_OUTDATED):
                raise ValueError(f"{self.folder} holds another corpus: remove it.")

    @property
    def issues(self) -> int:
        """How many issues it holds."""
        with closing(Collection.open(self.index)) as collection:
            return collection.promised().documents

    def documents(self) -> Iterator[IssueDocument]:
        """All documents, read from the collection as an engine's are."""
        with closing(Collection.open(self.index)) as collection:
            yield from documents(collection.to_index(IndexedDetermination))

    def build(self, engine: str) -> Finished:
        """Let ``reindex`` make a build for the engine, unless the current one is of it as it is;
        what it took, now or then."""
        command = [sys.executable, "-m", "imrsearch", "--index", str(self.index), "reindex"]
        kept = self.folder / f"{engine}.json"
        if not (self._is_current(engine) and _is_newer(kept)):
            took = run([*command, "--engine", engine])
            kept.write_text(json.dumps(asdict(took)), encoding="utf-8")
        return Finished(**json.loads(kept.read_text(encoding="utf-8")))

    def _is_current(self, engine: str) -> bool:
        try:
            return current_manifest(self.index).engine == engine
        except ImrsearchError:
            return False


def _is_newer(kept: Path) -> bool:
    """Whether a build's figures are there and the engines have not changed since."""
    sources = Path(engines.__file__).parent.rglob("*.py")
    return kept.exists() and kept.stat().st_mtime > max(one.stat().st_mtime for one in sources)


def parser_for(description: str | None, engine: str) -> argparse.ArgumentParser:
    """What every measurement of one index is told: how many issues, by which engine, where."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("count", type=int)
    parser.add_argument("engine", nargs="?", default=engine)
    parser.add_argument("--folder", type=Path, help="keep collection and indexes here")
    return parser


@contextmanager
def built(given: argparse.Namespace) -> Iterator[Stock]:
    """The collection that was asked for, with a build; gone after the block if it is not kept."""
    with tempfile.TemporaryDirectory() as place:
        stock = Stock(given.folder or Path(place), given.count)
        stock.build(given.engine)
        yield stock


def _batches(letters: int, first: int) -> Iterator[list[Letter]]:
    """The corpus's letters as if they had been read, made in other processes."""
    waiting: deque[Future[list[Letter]]] = deque()
    with ProcessPoolExecutor() as pool:
        for start in range(first, letters, BATCH):
            waiting.append(pool.submit(_batch, start, min(start + BATCH, letters)))
            if len(waiting) == _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batch(first: int, last: int) -> list[Letter]:
    return [
        Letter(Source(Path(f"/corpus/{one.file}")), one.case_id, letter_text(one), one)
        for one in _corpus().determinations(last, first)
    ]


@cache
def _corpus() -> Corpus:
    """One for each process: its vocabulary is made once."""
    return Corpus()


if __name__ == "__main__":
    Stock(Path(sys.argv[1]), int(sys.argv[2]))
