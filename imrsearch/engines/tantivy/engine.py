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
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import tantivy

from imrsearch.engines.base import Hit, SearchRequest, SearchResponse, Suggestion
from imrsearch.engines.columns.filtering import Masks, apply_filters, tables
from imrsearch.engines.columns.reader import Columns, Selection
from imrsearch.engines.columns.wordings import fold
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.engines.queries import BY_SCORE, is_scored, strip_scoring
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.engines.tantivy.query import Translation
from imrsearch.engines.tantivy.ranking import Ranked, Ranking
from imrsearch.engines.tantivy.rows import (
    FrequentBitmaps,
    QueryMaskCache,
    StemWords,
    WordFrequencies,
)
from imrsearch.engines.tantivy.texts import register_tokenizers, tantivy_schema, translate_panics
from imrsearch.engines.tantivy.writer import write_index
from imrsearch.model import OVERTURNED
from imrsearch.query.tree import FieldEquals, Not, Query
from imrsearch.schema import TEXT_FIELDS, IssueDocument
from imrsearch.system.errors import DamagedBuild, SettingsError
from imrsearch.system.settings import Settings


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
            tantivy.Index(tantivy_schema(), _address(folder / "words"))
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
            return write_index(folder, columns, documents, removed, FrequentBitmaps(base))

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


def _address(folder: Path) -> str:
    """A folder's name as Tantivy takes it. Raises SettingsError where it is no text."""
    name = str(folder)
    if name != name.encode(errors="replace").decode():
        raise SettingsError(
            f"Tantivy cannot use the folder {name!r}: its name is not UTF-8.",
            "Choose another folder with --index, or --engine whoosh.",
        )
    return name


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
        self.masks = QueryMaskCache.of_rows(len(self.columns))
        self.common = FrequentBitmaps(folder)
        self.variants = StemWords(folder)
        self._frequencies = WordFrequencies(folder)
        self.schema = index.schema
        self._searcher: tantivy.Searcher | None = index.searcher()
        if self._searcher.num_docs != self.columns.count:
            raise DamagedBuild("The text index and the columns do not hold the same documents.")
        self.helpers = ThreadPoolExecutor(thread_name_prefix="ranking")

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
        return tuple(islice(self._frequencies.beginning(start), limit))

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
        self._searcher = index.searcher
        self._helpers = index.helpers
        self._translated = Translation(index.searcher, index.schema, index.variants)
        self._matching = Matching(
            index.searcher,
            self._translated,
            index.columns,
            index.masks,
            index.common,
            request.seconds,
        )

    def count(self, query: Query, filters: Masks = ()) -> int:
        """How many documents match ``query`` and all of ``filters``."""
        if not filters:
            return self._matching.count(strip_scoring(query))
        mask = apply_filters(self._matching.mask(strip_scoring(query)), filters)
        return self._columns.select(mask).size

    def answer(self) -> SearchResponse:
        """Hits, totals and facet counts."""
        request, columns, mask = self._request, self._columns, self._matching.mask
        matched = mask(strip_scoring(request.query))
        filters = [(part.facet, mask(strip_scoring(part.query))) for part in request.filters]
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
            timed_out=self._matching.timed_out or self._translated.cut,
            wordings=columns.count_wordings(chosen) if request.fold else None,
        )

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
        if request.sort in BY_SCORE and is_scored(request.query) and not self._matching.timed_out:
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
            return self._best((), chosen, first, last)
        won = FieldEquals("decision", OVERTURNED)
        winners = self._columns.select(chosen.mask & self._columns.overturned)
        losers = self._columns.select(chosen.mask & ~self._columns.overturned)
        found = self._best((won,), winners, first, min(last, winners.size))
        before = max(first - winners.size, 0)
        return found + self._best((Not(won),), losers, before, last - winners.size)

    def _best(
        self, narrowing: tuple[Query, ...], chosen: Selection, first: int, last: int
    ) -> Ranked:
        """The best of the documents chosen, which pass the filters, with their scores."""
        if last <= first:
            return []
        filters = (*(part.query for part in self._request.filters), *narrowing)
        ranking = Ranking(self._searcher, self._translated, self._columns, self._matching)
        return ranking.best(self._request.query, filters, chosen, last)[first:]
