"""Writes what ``tantivy_engine.py`` searches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

import tantivy

from imrsearch.engines.columns.writer import ColumnsWriter, by_the_hundred
from imrsearch.engines.tantivy import texts
from imrsearch.engines.tantivy.query import value_token
from imrsearch.engines.tantivy.rows import FrequentStemBitmaps, write_common, write_variants
from imrsearch.engines.tantivy.texts import Batch, Entry
from imrsearch.schema import VALUE_FIELDS, IssueDocument

BATCHES_IN_ONE_PROCESS = 10
"""So many batches are written before another process could have begun."""


def write(
    folder: Path,
    columns: ColumnsWriter,
    documents: Iterable[IssueDocument],
    removed: Collection[str] = (),
    common: FrequentStemBitmaps | None = None,
) -> int:
    """Add documents to the index in ``folder``, without the cases ``removed``, and write all that
    stands beside it; returns how many there are. ``common`` is what the index had before."""
    words = folder / "words"
    batches = _batches(documents, columns)
    first = [*islice(batches, BATCHES_IN_ONE_PROCESS)]
    write_words = texts.write if len(first) < BATCHES_IN_ONE_PROCESS else texts.write_beside
    write_words(words, chain(first, batches), removed)
    index = tantivy.Index.open(str(words))
    texts.register(index)
    write_common(folder, index, columns.rows, common)
    write_variants(folder, index.searcher())
    return columns.write(folder)


def _batches(documents: Iterable[IssueDocument], columns: ColumnsWriter) -> Iterator[Batch]:
    """What Tantivy is told of the documents; their values and numbers go to ``columns``."""
    for some in by_the_hundred(documents):
        rows = range(columns.rows, columns.rows + len(some))
        columns.add(some)
        yield [
            Entry(row, document.texts, " ".join(_tokens(document.values)), document.numbers)
            for row, document in zip(rows, some, strict=True)
        ]


def _tokens(values: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words for the values of a document, and for the fields that it has none of."""
    tokens = [value_token(name, value) for name, some in values.items() for value in some]
    return tokens + [name for name in VALUE_FIELDS if not values.get(name)]
