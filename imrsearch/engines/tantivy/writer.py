"""Writes a Tantivy index: texts, columns, bitmaps of frequent stems and names, words of stems, how
frequent words are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import tantivy

from imrsearch.engines.analysis import write_stem_words
from imrsearch.engines.columns.writer import ColumnsWriter, in_batches
from imrsearch.engines.tantivy import texts
from imrsearch.engines.tantivy.query import value_token
from imrsearch.engines.tantivy.rows import (
    VARIANTS,
    FrequentBitmaps,
    word_counts,
    write_common,
    write_frequencies,
)
from imrsearch.engines.tantivy.texts import Batch, Entry
from imrsearch.query.compose import named_phrases
from imrsearch.schema import VALUE_FIELDS, IssueDocument

BATCHES_IN_ONE_PROCESS = 10
"""So many batches are written before another process could have begun."""


def write_index(
    folder: Path,
    columns: ColumnsWriter,
    documents: Iterable[IssueDocument],
    removed: Collection[str] = (),
    common: FrequentBitmaps | None = None,
) -> int:
    """Add documents to the index in ``folder``, remove the cases ``removed``, and write the files
    beside it; returns the number of documents. ``common``: the bitmaps of the index before."""
    words = folder / "words"
    batches = _batches(documents, columns)
    first = [*islice(batches, BATCHES_IN_ONE_PROCESS)]
    write_words = (
        texts.write_texts if len(first) < BATCHES_IN_ONE_PROCESS else texts.write_texts_in_process
    )
    write_words(words, chain(first, batches), removed)
    index = tantivy.Index.open(str(words))
    texts.register_tokenizers(index)
    write_common(folder, index, columns.rows, common, named_phrases())
    counts = word_counts(index.searcher(), columns.rows)
    write_stem_words(folder / VARIANTS, counts)
    write_frequencies(folder, counts)
    return columns.write(folder)


def _batches(documents: Iterable[IssueDocument], columns: ColumnsWriter) -> Iterator[Batch]:
    """The documents as entries for Tantivy; their values and numbers go to ``columns``."""
    for some in in_batches(documents):
        rows = range(columns.rows, columns.rows + len(some))
        columns.add(some)
        batch = []
        for row, document in zip(rows, some, strict=True):
            values = document.values
            # The tokens of its values, and of the fields in which it has none.
            tokens = [value_token(name, value) for name, told in values.items() for value in told]
            tokens += [name for name in VALUE_FIELDS if not values.get(name)]
            batch.append(Entry(row, document.texts, " ".join(tokens), document.numbers))
        yield batch
