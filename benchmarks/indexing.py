"""Where indexing into Tantivy spends its processor time, step by step.

``python -m benchmarks.indexing FOLDER COUNT [ISSUES]`` takes the collection of COUNT issues that
``benchmarks.stock`` keeps in FOLDER and does each step with the first ISSUES (10,000) of it alone,
three times. A figure is the lowest of the three, in µs of processor time per issue; in the last
step most of it is Tantivy's threads."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import tantivy

from benchmarks.stock import Stock
from imrsearch.engines.analysis import Analysis
from imrsearch.engines.columns.writer import ColumnsWriter, in_batches
from imrsearch.engines.tantivy.query import value_token
from imrsearch.engines.tantivy.texts import Entry, tantivy_schema, write_texts
from imrsearch.model import Determination
from imrsearch.schema import IssueDocument
from imrsearch.schema.documents import documents
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.collection.store import Collection
from imrsearch.text.minhash import signature

_ROUNDS = 3


def steps(stock: Stock, issues: int) -> Iterator[tuple[str, float]]:
    """Each step with its seconds for this many issues; a part of the previous step is indented."""
    with closing(Collection.open(stock.index)) as collection:

        def letters() -> Iterator[tuple[str, Determination]]:
            count = 0
            for text, case in collection.to_index(IndexedDetermination):
                yield text, case
                count += max(1, len(case.issues))
                if count >= issues:
                    return

        read = [*letters()]
        yield "reading, unpacking, decoding", _least(lambda: [*letters()])
    found = [*documents(read)]
    yield "documents and their values", _least(lambda: [*documents(read)])
    yield "columns", _least(lambda: _columns(found))
    rationales = [one.texts.get("rationale", "") for one in found]
    yield "  of it signatures of wordings", _least(lambda: [*map(signature, rationales)])
    yield "values as tokens", _least(lambda: [*map(_tokens, found)])
    entries = [Entry(row, one.texts, _tokens(one), one.numbers) for row, one in enumerate(found)]
    analysed = _least(lambda: _analysed(entries))
    yield "words and stems", analysed
    yield "Tantivy's documents and threads", _least(lambda: _written(entries)) - analysed


def _least(work: Callable[[], object]) -> float:
    took = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took)


def _columns(found: Sequence[IssueDocument]) -> None:
    columns = ColumnsWriter()
    for some in in_batches(found):
        columns.add(some)


def _tokens(document: IssueDocument) -> str:
    values = document.values.items()
    return " ".join(value_token(name, value) for name, some in values for value in some)


def _analysed(entries: Sequence[Entry]) -> None:
    analyse, before = Analysis(), dict[str, str]()
    for entry in entries:
        for name, text in entry.texts.items():
            if text and before.get(name) != text:
                analyse(text)
                before[name] = text


def _written(entries: Sequence[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tantivy.Index(tantivy_schema(), folder)
        write_texts(Path(folder), [entries], ())


def main(folder: str, count: str, issues: str = "10000") -> None:
    """Print the steps."""
    for name, seconds in steps(Stock(Path(folder), int(count)), int(issues)):
        print(f"{name:34}{seconds / int(issues) * 1e6:6.0f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
