"""Texts on their way into Tantivy: in this process, or in one beside it for large amounts.

Reading the collection, finding words and stems, and Tantivy's own threads take about a third of the
time each. What stands before Tantivy would be one Python thread that the second core waits for;
in two processes, both cores are busy all the time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import tantivy

from imrsearch.engines.tantivy.analysis import STOP, Analysed, Analysis
from imrsearch.engines.tantivy.query import STEMMED, value_token
from imrsearch.errors import DamagedBuild, NotWritten
from imrsearch.schema import NUMBER_FIELDS, TEXT_FIELDS

_GAP = f" {STOP}" * 64 + " "
"""Between the texts of a document: wider than any phrase that people can ask for."""

_HEAP = 800 << 20
"""For all threads. Tantivy writes a segment whenever a thread's share is full, which 200,000 issues
make it, and merges every eight segments: up to a million issues, nothing is written twice."""


class Entry(NamedTuple):
    """What Tantivy is told of a document; ``tokens`` are its values as words."""

    row: int
    texts: Mapping[str, str]
    tokens: str
    numbers: Mapping[str, int]


Batch = Sequence[Entry]


@contextmanager
def translate_panics() -> Iterator[None]:
    """Panics of the library, which pass by ``except Exception``, as an error of ours."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedBuild(f"Tantivy failed: {error}") from error


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


def write(folder: Path, batches: Iterable[Batch], removed: Iterable[str]) -> None:
    """Add documents to the index in ``folder``, without the cases ``removed``."""
    index = tantivy.Index.open(str(folder))
    register(index)
    writer = index.writer(_HEAP, os.cpu_count() or 1)
    for case in removed:
        writer.delete_documents_by_term("values", value_token("case", case))
    make = _Documents()
    for batch in batches:
        for entry in batch:
            writer.add_document(make(entry))
    writer.commit()
    writer.wait_merging_threads()


def write_beside(folder: Path, batches: Iterable[Batch], removed: Iterable[str]) -> None:
    """As ``write``, in a process of its own while this one makes the batches.

    That process ends with this one, however that ends. Raises what it raises, and NotWritten where
    it cannot say what happened.
    """
    context = multiprocessing.get_context("spawn")  # Tantivy has threads: no fork.
    ours, theirs = context.Pipe()
    process = context.Process(target=_take, args=(theirs, folder, list(removed)), daemon=True)
    process.start()
    theirs.close()
    try:
        _hand_over(ours, batches)
    finally:
        ours.close()
        process.kill()  # It has answered, or nobody waits for what it does.
        process.join()


def _hand_over(pipe: Connection, batches: Iterable[Batch]) -> None:
    for batch in chain(batches, [None]):  # An error of the batches themselves passes.
        try:
            pipe.send(batch)
        except ConnectionError:  # It has failed, and says why.
            break
    try:
        failure: Exception | None = pipe.recv()
    except (EOFError, ConnectionError) as error:
        raise NotWritten("The process that writes the index has ended without a word.") from error
    if failure:
        raise failure


def _take(pipe: Connection, folder: Path, removed: list[str]) -> None:
    """The other process's part."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The first process says when to stop.
    failure: Exception | None = None
    try:
        with translate_panics():
            write(folder, iter(pipe.recv, None), removed)
    except Exception as error:
        failure = error
    with suppress(ConnectionError):  # The first process has ended, and nobody asks any more.
        pipe.send(failure)


class _Documents:
    """Makes Tantivy's documents."""

    def __init__(self) -> None:
        self._analyse = Analysis()
        self._last: dict[str, tuple[str, Analysed]] = {}

    def __call__(self, entry: Entry) -> tantivy.Document:
        made = tantivy.Document()
        stems = []
        for name, weight in TEXT_FIELDS.items():
            text = entry.texts.get(name)
            if text:
                analysed = self._analysed(name, text)
                made.add_text(name, analysed.words)
                if name in STEMMED:
                    made.add_text(f"{name}.stems", analysed.stems)
                stems += [analysed.stems] * max(1, round(weight))
        made.add_text("stems", _GAP.join(stems))
        made.add_text("values", entry.tokens)
        for name, number in entry.numbers.items():
            made.add_integer(name, number)
        made.add_unsigned("row", entry.row)
        return made

    def _analysed(self, name: str, text: str) -> Analysed:
        """The summary of a case comes again with its next issue, so the last one is kept."""
        last, analysed = self._last.get(name, ("", None))
        if analysed is None or last != text:
            analysed = self._analyse(text)
            self._last[name] = text, analysed
        return analysed
