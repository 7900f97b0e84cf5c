"""Writes texts into Tantivy, in this process or, for many, in a second one.

Reading the collection, analysis, and Tantivy's own threads take about a third of the time each. In
one process the first two would share one Python thread while the second core waits; two processes
keep both cores busy.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import tantivy

from imrsearch.engines.analysis import STOP, Analysis
from imrsearch.engines.tantivy.query import STEMMED, value_token
from imrsearch.schema import NUMBER_FIELDS, TEXT_FIELDS
from imrsearch.system.errors import DamagedBuild, NotWritten

_BETWEEN_TEXTS = f" {STOP}" * 64 + " "
"""Separates the texts of a document: longer than the slop of any phrase query."""

_HEAP = 800 << 20
"""Bytes for all threads. Tantivy writes a segment whenever a thread's share is full, at about
200,000 issues, and merges eight segments into one: up to a million issues, nothing is written
twice."""


class Entry(NamedTuple):
    """A document for Tantivy; ``tokens`` are its values as space-separated tokens."""

    row: int
    texts: Mapping[str, str]
    tokens: str
    numbers: Mapping[str, int]


Batch = Sequence[Entry]


@contextmanager
def translate_panics() -> Iterator[None]:
    """Raises DamagedBuild for Tantivy's panics, which are no ``Exception``."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedBuild(f"Tantivy failed: {error}") from error


def tantivy_schema() -> tantivy.Schema:
    """The fields of a document in Tantivy."""
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


def register_tokenizers(index: tantivy.Index) -> None:
    """Register the tokenizers, which Tantivy does not store with an index."""
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("words", blanks.build())
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("stems", blanks.filter(tantivy.Filter.custom_stopword([STOP])).build())


def write_texts(folder: Path, batches: Iterable[Batch], removed: Iterable[str]) -> None:
    """Add documents to the index in ``folder``, without the cases ``removed``."""
    index = tantivy.Index.open(str(folder))
    register_tokenizers(index)
    writer = index.writer(_HEAP, os.cpu_count() or 1)
    for case in removed:
        writer.delete_documents_by_term("values", value_token("case", case))
    make = _Documents()
    for batch in batches:
        for entry in batch:
            writer.add_document(make(entry))
    writer.commit()
    writer.wait_merging_threads()


def write_texts_in_process(folder: Path, batches: Iterable[Batch], removed: Iterable[str]) -> None:
    """As ``write_texts``, in a second process while this one makes the batches.

    The second process ends when this one does. Raises its errors, and NotWritten if it exits
    without a report.
    """
    context = multiprocessing.get_context("spawn")  # Tantivy has threads: no fork.
    ours, theirs = context.Pipe()
    process = context.Process(target=_take, args=(theirs, folder, list(removed)), daemon=True)
    process.start()
    theirs.close()
    try:
        _send_batches(ours, batches)
    finally:
        ours.close()
        process.kill()  # it has answered, or its result is no longer wanted
        process.join()


def _send_batches(pipe: Connection, batches: Iterable[Batch]) -> None:
    for batch in chain(batches, [None]):  # errors of the batches themselves propagate
        try:
            pipe.send(batch)
        except ConnectionError:  # it has failed and reports why
            break
    try:
        failure: Exception | None = pipe.recv()
    except (EOFError, ConnectionError) as error:
        raise NotWritten("The process that writes the index exited unexpectedly.") from error
    if failure:
        raise failure


def _take(pipe: Connection, folder: Path, removed: list[str]) -> None:
    """Runs in the second process: writes the batches and reports."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when to stop
    failure: Exception | None = None
    try:
        with translate_panics():
            write_texts(folder, iter(pipe.recv, None), removed)
    except Exception as error:
        failure = error
    with suppress(ConnectionError):  # the first process has ended
        pipe.send(failure)


class _Documents:
    """Turns entries into Tantivy's documents."""

    def __init__(self) -> None:
        # The issues of a case share its summary.
        self._analyse = lru_cache(2 * len(TEXT_FIELDS))(Analysis())

    def __call__(self, entry: Entry) -> tantivy.Document:
        made = tantivy.Document()
        stems = []
        for name, weight in TEXT_FIELDS.items():
            text = entry.texts.get(name)
            if text:
                analysed = self._analyse(text)
                made.add_text(name, analysed.words)
                if name in STEMMED:
                    made.add_text(f"{name}.stems", analysed.stems)
                stems += [analysed.stems] * max(1, round(weight))
        made.add_text("stems", _BETWEEN_TEXTS.join(stems))
        made.add_text("values", entry.tokens)
        for name, number in entry.numbers.items():
            made.add_integer(name, number)
        made.add_unsigned("row", entry.row)
        return made
