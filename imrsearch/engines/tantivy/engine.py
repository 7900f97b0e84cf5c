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
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import tantivy

from imrsearch.engines.base import Engine, SearchRequest, SearchResponse, Suggestion
from imrsearch.engines.columns.answering import ColumnsIndex, answer_request
from imrsearch.engines.columns.reader import Columns
from imrsearch.engines.columns.writer import ColumnsWriter
from imrsearch.engines.tantivy.matching import Matching, OpenFiles
from imrsearch.engines.tantivy.ranking import Ranking
from imrsearch.engines.tantivy.rows import FrequentBitmaps, WordFrequencies
from imrsearch.engines.tantivy.texts import tantivy_schema, translate_panics
from imrsearch.engines.tantivy.writer import write_index
from imrsearch.query.tree import Query
from imrsearch.schema import TEXT_FIELDS, IssueDocument
from imrsearch.system.errors import SettingsError


class TantivyEngine(Engine):
    """For as many issues as one machine holds."""

    name = "tantivy"
    updates = True

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


class TantivyIndex(ColumnsIndex):
    """An open index; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.files = OpenFiles(folder)
        self.columns = self.files.columns
        self._frequencies = WordFrequencies(folder)
        self._helpers = ThreadPoolExecutor(thread_name_prefix="ranking")

    def matching(self, seconds: float | None = None) -> Matching:
        """For the queries of one request."""
        return Matching(self.files, seconds)

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request; Tantivy ranks while NumPy counts."""
        with translate_panics():
            matching = self.matching(request.seconds)
            best = partial(Ranking(matching).order, request)
            return answer_request(request, self.columns, matching, best, self._helpers)

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``."""
        return tuple(islice(self._frequencies.beginning(start), limit))

    def frequency(self, word: str) -> int:
        """The document frequency of a word (the highest of all text fields)."""
        return max(self.files.searcher.doc_freq(field, word) for field in TEXT_FIELDS)

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """The number of documents that match ``query``."""
        with translate_panics():
            return super().count(query, seconds)

    def close(self) -> None:
        """Release the files; searching afterwards is an error."""
        self.files.close()
        self._helpers.shutdown()
