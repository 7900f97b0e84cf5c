"""The Tantivy engine: full text by Tantivy, everything else by columns.

Tantivy finds and ranks words. Values, numbers, facet counts and orders by date come from
``engines.columns``; a document's field ``row`` is its row there. Texts arrive as words and stems
(``analysis``), so that Tantivy only splits at blanks.

Exact words have one field for each text field. Stems have one field for the whole document, in
which the service is repeated by its weight: a search that names no field, as most do, reads one
postings list a word and ranks the document as one text. A stem in a single field is searched by the
words that have it, except in the service, which has a field of stems of its own.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from imrsearch.engines.base import Hit, SearchRequest, SearchResponse, Suggestion, suggestions
from imrsearch.engines.columns.filtering import Masks, apply_filters, match_values, tables
from imrsearch.engines.columns.reader import Columns, Mask, Selection
from imrsearch.engines.columns.wordings import fold
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.engines.queries import BY_SCORE, is_scored, strip_scoring
from imrsearch.engines.tantivy.query import Translation
from imrsearch.engines.tantivy.ranking import Ranked, Ranking
from imrsearch.engines.tantivy.rows import (
    FrequentStemBitmaps,
    QueryMaskCache,
    Scores,
    StemWords,
    find_rows,
)
from imrsearch.engines.tantivy.texts import register_tokenizers, tantivy_schema, translate_panics
from imrsearch.engines.tantivy.writer import write_index
from imrsearch.errors import DamagedBuild
from imrsearch.model import OVERTURNED
from imrsearch.query.tree import (
    And,
    FieldEquals,
    FieldMissing,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from imrsearch.schema import TEXT_FIELDS, IssueDocument
from imrsearch.settings import Settings
from imrsearch.text.words import is_stop_word, stem


class TantivyEngine:
    """For as many issues as one machine holds."""

    name = "tantivy"
    runs_code = False
    updates = True

    def __init__(self, settings: Settings) -> None:
        """An embedded engine needs no settings."""

    def create(self, folder: Path, documents: Iterable[IssueDocument], label: str = "") -> int:
        """Write a new index into the empty ``folder``; returns the number of documents."""
        with translate_panics():
            (folder / "words").mkdir()
            tantivy.Index(tantivy_schema(), str(folder / "words"))
            return write_index(folder, ColumnsWriter(), documents)

    def update(
        self,
        folder: Path,
        base: Path,
        removed: Collection[str],
        documents: Iterable[IssueDocument],
        label: str = "",
    ) -> int:
        """Write an updated copy of ``base`` into the empty ``folder``. Tantivy never changes a
        segment's files, so both indexes share them as hard links."""
        with translate_panics():
            (folder / "words").mkdir()
            for path in (base / "words").iterdir():
                _share(path, folder / "words" / path.name)
            columns = ColumnsWriter(Columns(base), removed)
            return write_index(folder, columns, documents, removed, FrequentStemBitmaps(base))

    def open(self, folder: Path) -> TantivyIndex:
        """Open what ``create`` wrote."""
        with translate_panics():
            return TantivyIndex(folder)

    def remove(self, folder: Path, label: str = "") -> None:
        """Nothing is outside of the folder."""

    def verify(self, folder: Path) -> None:
        """Nothing is outside of the folder."""


ENGINE = TantivyEngine


# ------------------------------------------------------------------------------------- writing


def _share(path: Path, shared: Path) -> None:
    """Link a file, but copy the lists of files (JSON), which Tantivy replaces."""
    if path.suffix == ".lock":
        return
    if path.suffix == ".json":
        shutil.copy2(path, shared)
    else:
        os.link(path, shared)


# ----------------------------------------------------------------------------------- searching


class TantivyIndex:
    """An open index; threads may share it."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder / "words"))
        register_tokenizers(index)
        index.config_reader("manual")
        self.columns = Columns(folder)
        self.masks = QueryMaskCache()
        self.common = FrequentStemBitmaps(folder)
        self.variants = StemWords(folder)
        self.schema = index.schema
        self._searcher: tantivy.Searcher | None = index.searcher()
        if self._searcher.num_docs != self.columns.count:
            raise DamagedBuild("The words and the values are not of the same documents.")
        self.helpers = ThreadPoolExecutor(thread_name_prefix="ranking")
        # Tantivy's own counts include deleted documents until their segment is merged.
        deleted = self.columns.count < len(self.columns)
        self._living = tantivy.Query.all_query() if deleted else None

    @property
    def searcher(self) -> tantivy.Searcher:
        """Tantivy's view of the index; raises ValueError once it is closed."""
        if self._searcher is None:
            raise ValueError("The index is closed.")
        return self._searcher

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request."""
        with translate_panics():
            return _Search(self, request).answer()

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``."""
        counts: dict[str, int] = {}
        for field in TEXT_FIELDS:
            for word, count in self.searcher.terms_with_prefix(field, start, self._living):
                counts[word] = max(count, counts.get(word, 0))
        return suggestions(counts, limit)

    def frequency(self, word: str) -> int:
        """The document frequency of a word (the highest of all text fields)."""
        return max(self.searcher.doc_freq(field, word) for field in TEXT_FIELDS)

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """The number of documents that match ``query``."""
        if query is None:
            return self.columns.count
        with translate_panics():
            return _Search(self, SearchRequest(query, seconds=seconds)).count(query)

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        """The number of documents that match each query."""
        return tuple(self.count(query, seconds) for query in queries)

    def cases(self) -> int:
        """The number of different cases."""
        return self.columns.cases()

    def sample(self, size: int) -> tuple[str, ...]:
        """The ids of some documents, spread over all of them."""
        return self.columns.sample(size)

    def health(self) -> str:
        """``green``: it is open."""
        return "green"

    def close(self) -> None:
        """Release the files; searching afterwards is an error."""
        self._searcher = None
        self.helpers.shutdown()


class _Search:
    """The evaluation of one request."""

    def __init__(self, index: TantivyIndex, request: SearchRequest) -> None:
        self._request = request
        self._columns = index.columns
        self._masks = index.masks
        self._common = index.common
        self._variants = index.variants
        self._searcher = index.searcher
        self._helpers = index.helpers
        self._translated = Translation(index.searcher, index.schema, index.variants)
        self._deadline = None if request.seconds is None else time.monotonic() + request.seconds
        self._nothing: Mask = np.zeros(len(index.columns), dtype=bool)
        self.timed_out = False

    def count(self, query: Query, filters: Masks = ()) -> int:
        """How many documents match ``query`` and all of ``filters``."""
        mask = apply_filters(self._mask(strip_scoring(query)), filters)
        return self._columns.select(mask).size

    def answer(self) -> SearchResponse:
        """Hits, totals and facet counts."""
        request, columns = self._request, self._columns
        matched = self._mask(strip_scoring(request.query))
        filters = [(part.facet, self._mask(strip_scoring(part.query))) for part in request.filters]
        chosen = columns.select(apply_filters(matched, filters))
        hits: Callable[[], tuple[Hit, ...]] = partial(self._hits, chosen)
        if request.facets:  # Tantivy ranks while NumPy counts.
            hits = self._helpers.submit(hits).result
        counted = tables(request, matched, filters, chosen, columns)
        beside = tuple(self.count(query, filters) for query in request.beside)
        return SearchResponse(
            hits=hits(),
            total=chosen.size,
            overturned=int(np.count_nonzero(chosen.mask & columns.overturned)),
            facets=counted,
            beside=beside,
            timed_out=self.timed_out or self._translated.cut,
            wordings=columns.count_wordings(chosen) if request.fold else None,
        )

    # ---------------------------------------------------------------------------------- finding

    def _mask(self, query: Query) -> Mask:
        """The rows that match; dead ones may be among them."""
        match query:
            case Term() | Phrase() | Prefix():
                return self._text(query)
            case And(parts):
                return reduce(np.logical_and, self._parts(And, parts), self._columns.everything)
            case Or(parts):
                return reduce(np.logical_or, self._parts(Or, parts), self._nothing)
            case MinShouldMatch(parts, count):
                bytes_each = 1 if len(parts) < 256 else 4
                matched: NDArray[Any] = np.zeros(len(self._columns), f"u{bytes_each}")
                for part in parts:
                    matched += self._mask(part)
                return np.asarray(matched >= count)
            case Not(part):
                mask = self._mask(part)
                # Words that were not read would let in documents that they should exclude.
                return self._nothing if self.timed_out else ~mask
            case FieldEquals() | FieldMissing() | Range():
                return self._of_values(query)
            case _:
                return match_values(query, self._columns)  # type: ignore[arg-type]  # bare

    def _of_values(self, query: FieldEquals | FieldMissing | Range) -> Mask:
        """A pass over a column of a million issues takes some ten times as long as its bitmap."""
        known, _ = self._masks.get(query)
        if known is not None:
            return self._unpacked(known)
        mask = match_values(query, self._columns)
        self._masks.put(query, mask, None)
        return mask

    def _parts(self, kind: type[And] | type[Or], parts: Sequence[Query]) -> list[Mask]:
        """The masks of parts; words without a bitmap are searched for together."""
        text = tuple(
            part
            for part in parts
            if isinstance(part, Term | Phrase | Prefix) and self._bits(part) is None
        )
        masks = [self._mask(part) for part in parts if part not in text]
        if text:
            masks.append(self._text(text[0] if len(text) == 1 else kind(text)))
        return masks

    def _bits(self, query: Query) -> NDArray[Any] | None:
        """The bitmap of a frequent stem that is searched for in all fields."""
        if not isinstance(query, Term) or query.exact or query.fields or is_stop_word(query.word):
            return None
        return self._common.bits(stem(query.word))

    def _text(self, query: Query) -> Mask:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.timed_out = True
            return self._nothing
        known = self._bits(query)
        if known is None:
            known, _ = self._masks.get(query)
        if known is not None:
            return self._unpacked(known)
        mask, scores = self._found(query)
        mask &= self._columns.everything
        self._masks.put(query, mask, scores)
        return mask

    def _found(self, query: Query) -> tuple[Mask, Scores | None]:
        common: list[NDArray[Any]] = []
        if isinstance(query, Prefix) and not query.fields:
            common, words = self._prefixed(query.start)
        if not common:
            return find_rows(self._searcher, self._translated(query), len(self._columns))
        others, _ = find_rows(self._searcher, self._translated.spelt(words), len(self._columns))
        return others | self._unpacked(reduce(np.bitwise_or, common)), None

    def _unpacked(self, bits: NDArray[Any]) -> Mask:
        return np.unpackbits(bits, count=len(self._columns)).view(bool)

    def _prefixed(self, start: str) -> tuple[list[NDArray[Any]], list[str]]:
        """The bitmaps of frequent stems all of whose words begin with ``start``, and the remaining
        words that do: ``ther*`` is "therapy" with its forms, and some rare words."""
        stems: dict[str, list[str]] = {}
        for word in self._translated.words(start):
            stems.setdefault("" if is_stop_word(word) else stem(word), []).append(word)
        common: list[NDArray[Any]] = []
        words: list[str] = []
        for one, some in stems.items():
            bits = self._common.bits(one)
            if bits is not None and set(self._variants(one)) <= set(some):
                common.append(bits)
            else:
                words += some
        return common, words

    # ---------------------------------------------------------------------------------- ranking

    def _hits(self, chosen: Selection) -> tuple[Hit, ...]:
        request = self._request
        last = min(request.offset + request.limit, chosen.size)
        if last <= request.offset:
            return ()
        if not request.fold:
            found = self._found_best(chosen, request.offset, last)
            return tuple(Hit(self._columns.id(row), score) for score, row in found)
        best = partial(self._found_best, chosen, 0)
        found = fold(best, self._columns.wordings, request.offset, last, chosen.size)
        return tuple(self._columns.folded_hit(row, score, chosen) for score, row in found)

    def _found_best(self, chosen: Selection, first: int, last: int) -> Ranked:
        request = self._request
        if request.sort in BY_SCORE and is_scored(request.query) and not self.timed_out:
            return self._ranked(chosen, first, last)
        rows = self._columns.order(request.sort, chosen.rows, np.zeros(chosen.size), last)
        return [(0.0, int(row)) for row in rows[first:]]

    def _ranked(self, chosen: Selection, first: int, last: int) -> Ranked:
        _, known = self._masks.get(self._request.query)
        if known is not None:  # a query of a single leaf was scored when it was matched
            left = known.among(chosen.mask)
            rows = self._columns.order(self._request.sort, left.rows, left.scores, last)[first:]
            return [(left.of(row), int(row)) for row in rows]
        if self._request.sort == "relevance":
            return self._best((), first, last, chosen.size)
        won = FieldEquals("decision", OVERTURNED)
        winners = int(np.count_nonzero(chosen.mask & self._columns.overturned))
        found = self._best((won,), first, min(last, winners), chosen.size)
        lost = self._best((Not(won),), max(first - winners, 0), last - winners, chosen.size)
        return found + lost

    def _best(self, narrowing: tuple[Query, ...], first: int, last: int, total: int) -> Ranked:
        """The best documents that pass the filters, with their scores."""
        if last <= first:
            return []
        filters = (*(part.query for part in self._request.filters), *narrowing)
        ranking = Ranking(self._searcher, self._translated, self._columns)
        return ranking.best(self._request.query, filters, last, total)[first:]
