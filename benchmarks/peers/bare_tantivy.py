"""Tantivy as its own calls have it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.peers import FILTERED, OTHERS, Found, Tables
from benchmarks.queries import Search
from imrsearch.schema import FACETS, TEXT_FIELDS, IssueDocument

_VALUES = 5_000
"""More than any facet has values, so that no count is a guess."""


class BareTantivy:
    """The same totals, facets and hits by the fewest calls that give them.

    One search for the ten best and the exact total, whose ids are read from the store; one
    aggregation for the tables of all facets, with the decision below each value for the outcome,
    and a second one for the facet that is filtered by. Texts are stemmed by Tantivy's own English
    stemmer, facet values are raw fast fields. Hits are ranked by BM25 over three fields; ours
    also weigh the service and words that stand together, which costs us and not the peer.
    """

    name = "bare Tantivy"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Two threads, as we take on two cores."""
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=512_000_000, num_threads=2)
        for document in documents:
            fields: dict[str, Any] = {"id": document.id, **document.texts}
            for name in FACETS:
                fields[name] = list(document.values.get(name, ()))
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open and get a searcher."""
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, search: Search) -> Found:
        """One search and one aggregation, or two."""
        words = self._words(search)
        query = self._filtered(words, search)
        found: Any = self._searcher.search(query, limit=10, count=True)
        for _, address in found.hits:
            self._searcher.doc(address).get_first("id")
        if search.category is None:
            return Found(found.count, found.hits, self._searcher.aggregate(query, _counts(FACETS)))
        facets = {
            **self._searcher.aggregate(query, _counts(OTHERS)),
            **self._searcher.aggregate(words, _counts((FILTERED,))),
        }
        return Found(found.count, found.hits, facets)

    def excerpts(self, search: Search, found: Found) -> None:
        """Tantivy's own snippets of the rationale."""
        texts = [self._searcher.doc(address) for _, address in found.hits]
        if search.words:
            schema, query = self._index.schema, self._words(search)
            made = tantivy.SnippetGenerator.create(self._searcher, query, schema, "rationale")
            for text in texts:
                made.snippet_from_doc(text).to_html()

    def tables(self, found: Found) -> Tables:
        """By facet and value."""
        return {
            name: {one["key"]: (one["doc_count"], _overturned(one)) for one in table["buckets"]}
            for name, table in found.facets.items()
        }

    def _words(self, search: Search) -> Any:  # noqa: ANN401 - tantivy has no types
        fields = list(TEXT_FIELDS)
        if not search.words:
            return tantivy.Query.all_query()
        if search.kind == "prefix":
            regexes = [
                tantivy.Query.regex_query(self._index.schema, name, f"{search.words[0]}.*")
                for name in fields
            ]
            return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in regexes])
        if search.kind == "phrase":
            return self._index.parse_query(f'"{" ".join(search.words)}"', fields)
        joint = " OR " if search.kind == "or" else " AND "
        return self._index.parse_query(joint.join(search.words), fields)

    def _filtered(self, words: Any, search: Search) -> Any:  # noqa: ANN401
        if search.category is None:
            return words
        term = tantivy.Query.term_query(self._index.schema, FILTERED, search.category)
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, words),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(term, 0.0)),
            ]
        )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def _counts(facets: Iterable[str]) -> dict[str, Any]:
    outcome = {"outcome": {"terms": {"field": "decision", "size": 10}}}
    size = {"size": _VALUES, "segment_size": _VALUES}
    return {name: {"terms": {"field": name, **size}, "aggs": outcome} for name in facets}


def _overturned(bucket: dict[str, Any]) -> int:
    decisions = bucket["outcome"]["buckets"]
    return sum(one["doc_count"] for one in decisions if one["key"] == "overturned")
