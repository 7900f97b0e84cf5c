"""Writes what ``tantivy_engine.py`` searches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import tantivy

from imrsearch.engines.analysis import STOP, Analysis
from imrsearch.engines.columns_writer import ColumnsWriter
from imrsearch.engines.contract import NUMBER_FIELDS, TEXT_FIELDS, VALUE_FIELDS, IssueDocument
from imrsearch.engines.tantivy_query import STEMMED, value_token
from imrsearch.engines.tantivy_rows import Common, write_common, write_variants

_GAP = f" {STOP}" * 64 + " "
"""Between the texts of a document: wider than any phrase that people can ask for."""

_HEAP = 800 << 20
"""For all threads. Tantivy writes a segment whenever a thread's share is full, which 200,000 issues
make it, and merges every eight segments: up to a million issues, nothing is written twice."""


def schema() -> tantivy.Schema:
    """The fields that Tantivy knows of a document."""
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="words")
    for name in STEMMED:
        builder.add_text_field(f"{name}.stems", tokenizer_name="stems")
    builder.add_text_field("stems", tokenizer_name="stems")
    builder.add_text_field("values", tokenizer_name="words", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, fast=True)
    builder.add_unsigned_field("row", fast=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tantivy forgets what a tokenizer is when an index is closed."""
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("words", blanks.build())
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("stems", blanks.filter(tantivy.Filter.custom_stopword([STOP])).build())


def write(
    folder: Path,
    index: tantivy.Index,
    columns: ColumnsWriter,
    documents: Iterable[IssueDocument],
    removed: Iterable[str] = (),
    common: Common | None = None,
) -> int:
    """Add documents to an index, without the cases ``removed``, and write all that stands beside
    it; returns how many there are. ``common`` is what the index had before."""
    register(index)
    writer = index.writer(_HEAP, os.cpu_count() or 1)
    for case in removed:
        writer.delete_documents_by_term("values", value_token("case", case))
    make = _Documents()
    for document in documents:
        writer.add_document(make(document, columns.rows))
        columns.add(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    write_common(folder, index, columns.rows, common)
    write_variants(folder, index.searcher())
    return columns.write(folder)


class _Documents:
    """Makes Tantivy's documents out of ours."""

    def __init__(self) -> None:
        # The last ones are remembered: the summary of a case comes again with its next issue.
        self._analysis = lru_cache(maxsize=8)(Analysis())

    def __call__(self, document: IssueDocument, row: int) -> tantivy.Document:
        made = tantivy.Document()
        stems = []
        for name, weight in TEXT_FIELDS.items():
            text = document.texts.get(name)
            if text:
                analysed = self._analysis(text)
                made.add_text(name, analysed.words)
                if name in STEMMED:
                    made.add_text(f"{name}.stems", analysed.stems)
                stems += [analysed.stems] * max(1, round(weight))
        made.add_text("stems", _GAP.join(stems))
        made.add_text("values", " ".join(_tokens(document.values)))
        for name, number in document.numbers.items():
            made.add_integer(name, number)
        made.add_unsigned("row", row)
        return made


def _tokens(values: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The words for the values of a document, and for the fields that it has none of."""
    tokens = [value_token(name, value) for name, some in values.items() for value in some]
    return tokens + [name for name in VALUE_FIELDS if not values.get(name)]
