"""The only module that imports Whoosh: writes and opens indexes (see the package's docstring).

A codec of our own keeps each word's postings as three arrays, which are written and read whole. A
stemmed word is found by reading the postings of all words with its stem, so that one set serves
exact and stemmed searches.
"""

from __future__ import annotations

import threading
import weakref
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats, index
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.filedb.structfile import StructFile
from whoosh.reading import TermNotFound

from imrsearch.engines.analysis import StemWords, write_stem_words
from imrsearch.engines.base import Engine, SearchRequest, SearchResponse, Suggestion, suggestions
from imrsearch.engines.columns.answering import ColumnsIndex, Ranked, answer_request
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.values import Selection
from imrsearch.engines.columns.writer import ColumnsWriter, in_batches
from imrsearch.engines.queries import BY_SCORE, RecentQueries
from imrsearch.engines.whoosh.matching import LEAF_BYTES, Matcher, Postings, ScoredRows, weights
from imrsearch.query.tree import MatchNone
from imrsearch.schema import TEXT_FIELDS, IssueDocument
from imrsearch.text.words import words

LENGTHS = "lengths.npz"
STEMS = "stems.json"


class WhooshEngine(Engine):
    """Embedded, pure Python: for collections up to some ten thousand issues."""

    name = "whoosh"
    runs_code = True

    def create(self, folder: Path, documents: Iterable[IssueDocument], label: str = "") -> int:
        """Write a new index into the empty ``folder``; returns the number of documents."""
        columns, inverted = ColumnsWriter(), _Inverted()
        for some in in_batches(documents):
            columns.add(some)
            for document in some:
                inverted.add(document.texts)
        inverted.write(folder)
        return columns.write(folder)

    def open(self, folder: Path) -> WhooshIndex:
        """Open what ``create`` wrote."""
        return WhooshIndex(folder)


ENGINE = WhooshEngine


class WhooshIndex(ColumnsIndex):
    """An open index; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.columns = Columns(folder)
        self._words = _OpenWords(folder)
        self._leaves = RecentQueries[ScoredRows](LEAF_BYTES)

    def matching(self, seconds: float | None = None) -> Matcher:
        """For the queries of one request."""
        return Matcher(self.columns, self._words, seconds, self._leaves)

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request."""
        matcher = self.matching(request.seconds)
        is_scored = request.limit and request.sort in BY_SCORE
        scores = matcher.scores(request.query if is_scored else MatchNone())

        def best(chosen: Selection, last: int) -> Ranked:
            return self.columns.order(request.sort, chosen.rows, scores[chosen.rows], last)

        return answer_request(request, self.columns, matcher, best)

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``."""
        return suggestions(self._words.counts(start), limit)

    def frequency(self, word: str) -> int:
        """The document frequency of a word (the highest of all text fields)."""
        return self._words.frequency(word)

    def close(self) -> None:
        """Release the files; searching afterwards is an error."""
        self._words.close()


class _OpenWords:
    """The words of an open index and their postings (``matching.Words``)."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / LENGTHS) as lengths:
            self.weights: Mapping[str, NDArray[Any]] = {
                field: weights(field, lengths[field]) for field in TEXT_FIELDS
            }
        self.with_stem = StemWords(folder / STEMS)
        self._reader = index.open_dir(str(folder)).reader()
        # Whoosh's readers are not safe to share: threads move each other's place in a file.
        self._lock = threading.Lock()
        self.close = weakref.finalize(self, self._reader.close)

    def postings(self, field: str, word: str) -> Postings | None:
        with self._lock:
            try:
                found: Postings = self._reader.postings(field, word)
            except TermNotFound:
                return None
            return found

    def with_prefix(self, field: str, start: str) -> Iterable[str]:
        with self._lock:
            return [found.decode() for found in self._reader.expand_prefix(field, start)]

    def frequency(self, word: str) -> int:
        """The document frequency of a word (the highest of all text fields)."""
        with self._lock:
            return max(int(self._reader.doc_frequency(field, word)) for field in TEXT_FIELDS)

    def counts(self, start: str) -> dict[str, int]:
        """The words that begin with ``start``, with their document frequencies."""
        counts: dict[str, int] = {}
        for field in TEXT_FIELDS:
            with self._lock:
                # One pass over the dictionary; looking each word up takes three times as long.
                for found, about in self._reader.iter_prefix(field, start):
                    word = found.decode()
                    counts[word] = max(about.doc_frequency(), counts.get(word, 0))
        return counts


class _Inverted:
    """Inverts texts in memory, about 15 KB a document until they are written.

    Replaces the pool in which Whoosh's writer sorts single postings.
    """

    def __init__(self) -> None:
        self._fields = {name: _Field() for name in sorted(TEXT_FIELDS)}
        self._documents = 0

    def add(self, texts: Mapping[str, str]) -> None:
        """Add the texts of the next document."""
        for name, field in self._fields.items():
            field.add(words(texts.get(name, "")))
        self._documents += 1

    def write(self, folder: Path) -> None:
        """Write the texts' lengths, the words of each stem and the Whoosh index."""
        lengths = {name: np.array(field.lengths) for name, field in self._fields.items()}
        np.savez(folder / LENGTHS, **lengths)  # type: ignore[arg-type]
        written = set().union(*(field.numbers for field in self._fields.values()))
        write_stem_words(folder / STEMS, written)
        text = fields.FieldType(format=formats.Positions(), analyzer=None)
        made = index.create_in(str(folder), fields.Schema(**dict.fromkeys(TEXT_FIELDS, text)))
        # Separate files are mapped into memory; a compound file is copied whenever it is opened.
        writer = made.writer(codec=ArrayCodec(), compound=False)
        writer.pool = self
        for _ in range(self._documents):
            writer.add_document()
        writer.commit()

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """One item (field, word, document, weight, value) for each word, as Whoosh's writer wants
        them: the "document" is the number of postings and the "value" their three arrays."""
        for name, field in self._fields.items():
            for word, found in field.postings():
                columns = (found.documents, found.counts, found.positions)
                arrays = b"".join(column.tobytes() for column in columns)
                yield name, word.encode(), len(found.documents), 1.0, arrays

    def cleanup(self) -> None:
        """Called by Whoosh's writer at the end."""
        self._fields.clear()


class _Field:
    """The texts of one field, one after another, each word as its number."""

    def __init__(self) -> None:
        self.numbers: defaultdict[str, int] = defaultdict()
        self.numbers.default_factory = self.numbers.__len__
        self.lengths = array("I")
        self._texts = array("I")

    def add(self, text: list[str]) -> None:
        self._texts.extend(map(self.numbers.__getitem__, text))
        self.lengths.append(len(text))

    def postings(self) -> Iterator[tuple[str, Postings]]:
        """The words A to Z with their postings."""
        texts = np.array(self._texts)
        by_word = np.argsort(texts, kind="stable")
        numbers, documents, positions = (column[by_word] for column in (texts, *self._places()))
        first = _changes(numbers, documents)
        documents = documents[first]
        counts = np.diff(first, append=len(numbers)).astype(np.uint32)
        begin = np.arange(len(self.numbers) + 1)
        rows, places = np.searchsorted(numbers[first], begin), np.searchsorted(numbers, begin)
        for word, number in sorted(self.numbers.items()):
            row, place = slice(*rows[number : number + 2]), slice(*places[number : number + 2])
            yield word, Postings(documents[row], counts[row], positions[place])

    def _places(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """The document and the position of every word of the texts: uint32, ``(n_words,)`` each."""
        lengths = np.array(self.lengths)
        starts = np.cumsum(lengths) - lengths
        documents = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
        positions = np.arange(len(documents)) - np.repeat(starts, lengths)
        return documents, positions.astype(np.uint32)


def _changes(*columns: NDArray[Any]) -> NDArray[Any]:
    """The places where any column differs from the place before; the first always counts."""
    changed = np.ones(len(columns[0]), dtype=bool)
    changed[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.flatnonzero(changed)


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with postings as arrays. Pickled into each index: keep its name and module."""

    # Text lengths are in a file of our own, so Whoosh need not store one with every posting.
    length_stats = False

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> _ArrayWriter:
        """Called by Whoosh's writer; takes the one item of each word."""
        return _ArrayWriter(dbfile)

    def postings_reader(
        self,
        dbfile: StructFile,
        terminfo: W3TermInfo,
        format_: formats.Format,
        term: object = None,
        scorer: object = None,
    ) -> Postings:
        """The postings of a word; called by Whoosh's reader."""
        offset, (length,) = terminfo.extent()  # Whoosh leaves the length in a tuple
        numbers = np.frombuffer(dbfile.get(offset, length), np.uint32)
        documents = terminfo.doc_frequency()
        return Postings(*np.split(numbers, [documents, 2 * documents]))


class _ArrayWriter(PostingsWriter):  # type: ignore[misc]
    """Writes the one item of each word (see ``_Inverted.iter_postings``)."""

    def __init__(self, file: StructFile) -> None:
        self._file = file

    def start_postings(self, format_: formats.Format, terminfo: W3TermInfo) -> None:
        self._info = terminfo

    def add_posting(self, documents: int, weight: float, value: bytes, length: int) -> None:
        self._info = W3TermInfo(weight=weight, df=documents)
        self._info.set_extent(self._file.tell(), len(value))
        self._file.write(value)

    def finish_postings(self) -> W3TermInfo:
        return self._info
