"""Which documents match: rows from Tantivy, bitmaps of frequent stems, and a cache of masks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import tantivy
from numpy.typing import NDArray

from imrsearch.engines.base import Suggestion, suggestions
from imrsearch.engines.columns.combining import Bits
from imrsearch.engines.columns.values import Mask
from imrsearch.engines.queries import RecentQueries
from imrsearch.engines.tantivy.query import (
    TantivyQuery,
    match_all_but,
    match_all_of,
    match_any_of,
    without_score,
)
from imrsearch.query.tree import Phrase, Query, Term
from imrsearch.schema import TEXT_FIELDS
from imrsearch.text.words import is_stop_word, stem

_MASKS = 256
_LEAST_BYTES = 16 << 20
"""For cached masks and their scores; more where the index is so large that fewer masks than
``_MASKS`` had room, as one long search has hundreds of words and names."""
ROWS_WITH_COUNT = 10_000
"""Up to this many documents are fetched in the same call that counts them."""
FREQUENT, MANY = 16, 60_000
"""A stem is frequent if more than one of 16 documents has it, or if more than 60,000 have: returned
one by one they take 20 to 30 ms."""
_MOST_COMMON = 900
"""So many frequent stems have a bitmap. With 900 in place of 400, an index of three million
documents takes 20 s more to write."""
VARIANTS = "variants.json"
"""The words of each stem."""
_QUERIES_AT_ONCE = 24
"""Stems and names looked for in one search: a 32-bit float adds this many powers of two exactly."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Rows, ascending, int64, and the scores of their documents, float64."""

    rows: NDArray[Any]
    scores: NDArray[Any]

    @property
    def nbytes(self) -> int:
        """The bytes of both arrays."""
        return self.rows.nbytes + self.scores.nbytes

    def among(self, mask: Mask) -> Scores:
        """Only the documents in ``mask``."""
        kept = mask[self.rows]
        return Scores(self.rows[kept], self.scores[kept])


@dataclass(frozen=True, slots=True)
class MaskBits:
    """The bitmap of a query of words or values, with the scores where they are known."""

    bits: Bits
    scores: Scores | None = None

    @property
    def nbytes(self) -> int:
        """The bytes of all arrays."""
        return self.bits.nbytes + (self.scores.nbytes if self.scores else 0)


def recent_masks(rows: int) -> RecentQueries[MaskBits]:
    """For the masks of the last queries of words and values of an index of so many rows: the next
    page, the next facet and the offers beside a result need the same."""
    return RecentQueries(max(_LEAST_BYTES, _MASKS * rows // 8), _MASKS)


def rows_of(searcher: tantivy.Searcher, hits: Sequence[tuple[float, Any]]) -> NDArray[Any]:
    """The rows of scored documents, in their order: ``(len(hits),)`` int64."""
    rows: Any = searcher.fast_field_values("row", [place for _, place in hits])
    return np.array(rows, np.int64)


def find_rows(
    searcher: tantivy.Searcher, query: TantivyQuery, size: int
) -> tuple[Mask, Scores | None]:
    """The rows that match, and their scores unless there are many.

    Tantivy returns documents one by one: if most match, the others are fetched instead, and dead
    rows may be in the result.
    """
    result: Any = searcher.search(query, ROWS_WITH_COUNT)  # its stub lacks ``count``
    if result.count <= ROWS_WITH_COUNT:
        scored = _scores(searcher, result.hits)
        mask = np.zeros(size, dtype=bool)
        mask[scored.rows] = True
        return mask, scored
    few = result.count * 2 <= searcher.num_docs
    mask = np.full(size, not few)
    wanted, count = (
        (query, result.count) if few else (match_all_but(query), searcher.num_docs - result.count)
    )
    mask[_found_rows(searcher, wanted, count)] = few
    return mask, None


def _scores(searcher: tantivy.Searcher, hits: list[Any]) -> Scores:
    rows = rows_of(searcher, hits)
    order = np.argsort(rows)
    scores = np.fromiter((score for score, _ in hits), float, len(hits))
    return Scores(rows[order], scores[order])


def _found_rows(searcher: tantivy.Searcher, query: TantivyQuery, count: int) -> NDArray[Any]:
    if not count:  # Tantivy panics at a limit of 0
        return np.zeros(0, np.int64)
    hits = searcher.search(query, count, count=False, order_by_field="row").hits
    return np.fromiter((row for row, _ in hits), np.int64, len(hits))


def bitmap_key(query: Query) -> str | None:
    """What the bitmap of a query is kept by, if it may have one: a stem that is searched for in all
    fields, or the stems of a name."""
    match query:
        case Term(word, (), exact=False):
            said: tuple[str, ...] = (word,)
        case Phrase(said, (), exact=False, slop=0):
            pass
        case _:
            return None
    return None if any(map(is_stop_word, said)) else " ".join(map(stem, said))


class FrequentBitmaps:
    """The rows of frequent stems, and of names of frequent stems ("low back"), as bitmaps,
    ``(n_keys, n_rows / 8)`` uint8 in a mapped file: Tantivy ranks them fast but returns them one by
    one."""

    def __init__(self, folder: Path) -> None:
        self.rows, keys = msgspec.json.decode(
            (folder / "common.json").read_bytes(), type=tuple[int, list[str]]
        )
        self._places = {key: place for place, key in enumerate(keys)}
        bits = folder / "common.npy"
        self._bits = np.load(bits, mmap_mode="r" if keys else None, allow_pickle=False)

    def bits(self, key: str | None) -> Bits | None:
        """The bitmap of a frequent stem or name; ``None`` for any other."""
        place = self._places.get(key) if key else None
        return None if place is None else np.asarray(self._bits[place])


def write_common(
    folder: Path,
    index: tantivy.Index,
    rows: int,
    base: FrequentBitmaps | None,
    names: Iterable[Phrase],
) -> None:
    """Write the bitmaps of the frequent stems, and of those of ``names`` that are made of them;
    those of earlier rows come from ``base``."""
    queries = _frequent_queries(index, names)
    known = {key: bits for key in queries if base and (bits := base.bits(key)) is not None}
    keys = [*(key for key in queries if key not in known), *known]
    with (folder / "common.npy").open("wb") as file:
        header = {"descr": "|u1", "fortran_order": False, "shape": (len(keys), -(-rows // 8))}
        np.lib.format.write_array_header_1_0(file, header)
        new = [queries[key] for key in keys[: len(keys) - len(known)]]
        for bits in _bits(index, new, 0, rows):
            file.write(bits.tobytes())
        grown = _bits(index, [queries[key] for key in known], base.rows if base else 0, rows)
        for bits, earlier in zip(grown, known.values(), strict=True):
            bits[: len(earlier)] |= earlier
            file.write(bits.tobytes())
    (folder / "common.json").write_bytes(msgspec.json.encode((rows, keys)))


def _frequent_queries(index: tantivy.Index, names: Iterable[Phrase]) -> dict[str, TantivyQuery]:
    """What has a bitmap, by its key: frequent stems, and names that consist of them alone."""
    searcher = index.searcher()
    words = searcher.terms_with_prefix("stems", "", limit=_MOST_COMMON)
    few = min(searcher.num_docs / FREQUENT, MANY)
    queries = {
        word: tantivy.Query.term_query(index.schema, "stems", word, "freq")
        for word, count in words
        if count > few
    }
    frequent = frozenset(queries)
    for name in names:
        key = bitmap_key(name)
        if key and frequent.issuperset(key.split()):
            stems: list[str | tuple[int, str]] = [*enumerate(key.split())]
            queries[key] = tantivy.Query.phrase_query(index.schema, "stems", stems)
    return queries


def _bits(
    index: tantivy.Index, queries: Sequence[TantivyQuery], first: int, rows: int
) -> Iterator[Bits]:
    """The bitmap of each query from the row ``first`` on."""
    for start in range(0, len(queries), _QUERIES_AT_ONCE):
        some = queries[start : start + _QUERIES_AT_ONCE]
        points = _points(index, some, first, rows)
        for place in range(len(some)):
            yield np.packbits((points >> place & 1).astype(bool))


def _points(
    index: tantivy.Index, queries: Sequence[TantivyQuery], first: int, rows: int
) -> NDArray[Any]:
    """The score of each row where each query scores twice as much as the one before, so that the
    sum encodes which it matches: ``(n_rows,)`` uint32. Tantivy then returns each document once; one
    search a stem took four times as long."""
    scored = [
        tantivy.Query.const_score_query(query, float(1 << place))
        for place, query in enumerate(queries)
    ]
    new = tantivy.Query.range_query(index.schema, "row", tantivy.FieldType.Unsigned, first, None)
    parts = [match_any_of(scored), *([without_score(new)] if first else [])]
    searcher = index.searcher()
    most = max(1, rows - first)  # Tantivy panics at a limit of 0
    found = _scores(searcher, searcher.search(match_all_of(parts), most, count=False).hits)
    points = np.zeros(rows, np.uint32)
    points[found.rows] = found.scores
    return points


def word_counts(searcher: tantivy.Searcher, rows: int) -> dict[str, int]:
    """In how many documents each word occurs (the highest of all text fields)."""
    # Tantivy's own counts include deleted documents until their segment is merged.
    living = tantivy.Query.all_query() if searcher.num_docs < rows else None
    counts: dict[str, int] = {}
    for field in TEXT_FIELDS:
        for word, count in searcher.terms_with_prefix(field, "", living):
            counts[word] = max(count, counts.get(word, 0))
    return counts


def write_frequencies(folder: Path, counts: Mapping[str, int]) -> None:
    """Write the words with each first letter, most frequent first."""
    by_initial = defaultdict(list)
    for suggestion in suggestions(counts):
        by_initial[suggestion.word[0]].append(suggestion)
    (folder / "frequencies.json").write_bytes(msgspec.json.encode(by_initial))


class WordFrequencies:
    """The words of the index with their frequencies, decoded letter by letter. What is decoded is
    not kept: a corrector asks for a letter once."""

    def __init__(self, folder: Path) -> None:
        # Mapped: the build may have been removed by the time it is read.
        self._file = np.memmap(folder / "frequencies.json", np.uint8, "r")

    @cached_property
    def _by_initial(self) -> dict[str, msgspec.Raw]:
        return msgspec.json.decode(self._file.data, type=dict[str, msgspec.Raw])

    def beginning(self, start: str) -> Iterator[Suggestion]:
        """The words that begin with ``start``, most frequent first."""
        told = [self._by_initial.get(start[0])] if start else self._by_initial.values()
        lists = (msgspec.json.decode(words, type=list[Suggestion]) for words in told if words)
        if len(start) == 1:  # as correctors ask, thousands of words at a time
            return chain.from_iterable(lists)
        found = merge(*lists, key=attrgetter("rank"))
        return (suggestion for suggestion in found if suggestion.word.startswith(start))
