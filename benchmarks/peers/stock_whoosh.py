"""Whoosh as it comes: its own analyzer, facets by ``groupedby``, highlights."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import MultifieldParser

from benchmarks.peers import FILTERED, OTHERS, Found, Tables
from benchmarks.queries import Search
from imrsearch.model import OVERTURNED
from imrsearch.schema import FACETS, TEXT_FIELDS, IssueDocument

_BETWEEN = "\x1f"
_VALUE = re.compile(f"[^{_BETWEEN}]+")  # "low back\x1fknee" is two values


class StockWhoosh:
    """Whoosh names the documents of each value; the outcome is what they share with those of the
    decision."""

    name = "stock Whoosh"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Three stemmed stored fields, lists of whole values."""
        texts = {
            name: fields.TEXT(analyzer=StemmingAnalyzer(), stored=True) for name in TEXT_FIELDS
        }
        values = {name: fields.IDLIST(expression=_VALUE) for name in FACETS}
        writer = index.create_in(folder, fields.Schema(**texts, **values)).writer(limitmb=512)
        for document in documents:
            facets = {name: _BETWEEN.join(document.values.get(name, ())) for name in FACETS}
            writer.add_document(**document.texts, **facets)
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open and get a searcher."""
        self._index = index.open_dir(folder)
        self._searcher = self._index.searcher()
        self._parser = MultifieldParser(list(TEXT_FIELDS), self._index.schema)

    def search(self, search: Search) -> Found:
        """One search with all facets, a second one for the facet that is filtered by."""
        words = self._parser.parse(_query(search)) if search.words else query.Every()
        if search.category is None:
            results = self._results(words, tuple(FACETS), None)
            return Found(len(results.docs()), results[:10], _groups(results, tuple(FACETS)))
        results = self._results(words, OTHERS, query.Term(FILTERED, search.category))
        others = self._results(words, (FILTERED, "decision"), None)
        facets = _groups(results, OTHERS) | _groups(others, (FILTERED,))
        return Found(len(results.docs()), results[:10], facets)

    def _results(self, words: Any, names: tuple[str, ...], wanted: Any) -> Any:  # noqa: ANN401
        facets = sorting.Facets()
        for name in names:
            facets.add_field(name, allow_overlap=True)
        return self._searcher.search(words, limit=10, groupedby=facets, filter=wanted)

    def excerpts(self, search: Search, found: Found) -> None:
        """Whoosh's own highlights of the rationale."""
        for hit in found.hits:
            hit.highlights("rationale")

    def tables(self, found: Found) -> Tables:
        """By facet and value."""
        tables: Tables = found.facets
        return tables


def _groups(results: Any, names: Iterable[str]) -> dict[str, dict[str, tuple[int, int]]]:  # noqa: ANN401
    overturned = set(results.groups("decision").get(OVERTURNED, ()))
    return {
        name: {
            value: (len(documents), len(overturned.intersection(documents)))
            for value, documents in results.groups(name).items()
            if value is not None
        }
        for name in names
    }


def _query(search: Search) -> str:
    if search.kind == "phrase":
        return f'"{" ".join(search.words)}"'
    if search.kind == "prefix":
        return f"{search.words[0]}*"
    return (" OR " if search.kind == "or" else " AND ").join(search.words)
