"""Other ways to search the same issues, each with the library's own means.

A peer builds an index of the corpus's documents and answers a query with the ten best ids, the
exact total, six facets with outcome and excerpts: what one page of results needs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from imrsearch.engines.contract import IssueDocument

FACETS = ("category", "body", "guideline", "cites", "specialty", "year")
OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Search:
    """A query of the benchmark: words by kind, and perhaps a category to filter by."""

    kind: str
    words: tuple[str, ...]
    category: str | None = None


class Peer(Protocol):
    """One way to search."""

    name: str

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Index the documents."""

    def open(self, folder: Path) -> None:
        """Make ready for searching."""

    def search(self, search: Search) -> int:
        """Do all that a page of results needs; returns the total."""


class Fts5:
    """SQLite's full-text index, facets by SQL joins."""

    name = "SQLite FTS5, facets by SQL"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """One FTS5 table, and a table of facet values by row."""
        connection = sqlite3.connect(folder / "fts.sqlite3")
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE VIRTUAL TABLE issue USING fts5("
            "service, rationale, summary, tokenize = 'porter unicode61');"
            "CREATE TABLE facet (row INTEGER, name TEXT, value TEXT, overturned INTEGER);"
        )
        for row, document in enumerate(documents, start=1):
            texts = [document.texts.get(name, "") for name in ("service", "rationale", "summary")]
            connection.execute(
                "INSERT INTO issue (rowid, service, rationale, summary) VALUES (?, ?, ?, ?)",
                (row, *texts),
            )
            overturned = document.values.get("decision") == (OVERTURNED,)
            connection.executemany(
                "INSERT INTO facet VALUES (?, ?, ?, ?)",
                [
                    (row, name, value, overturned)
                    for name in FACETS
                    for value in document.values.get(name, ())
                ],
            )
        connection.execute("CREATE INDEX facet_row ON facet (row, name, value, overturned)")
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> None:
        """Connect."""
        self._connection = sqlite3.connect(folder / "fts.sqlite3")

    def search(self, search: Search) -> int:
        """Top ten with snippets, total, and one grouped join for each facet."""
        where, values = self._where(search)
        run = self._connection.execute
        run(
            "SELECT rowid, snippet(issue, 1, '<mark>', '</mark>', '…', 40) FROM issue "
            f"WHERE {where} ORDER BY rank LIMIT 10",
            values,
        ).fetchall()
        (total,) = run(f"SELECT count(*) FROM issue WHERE {where}", values).fetchone()
        for name in FACETS:
            run(
                "SELECT value, count(*), sum(overturned) FROM facet WHERE name = ? AND row IN "
                f"(SELECT rowid FROM issue WHERE {where}) GROUP BY value",
                (name, *values),
            ).fetchall()
        return int(total)

    def _where(self, search: Search) -> tuple[str, tuple[str, ...]]:
        parts, values = [], []
        if search.words:
            parts.append("issue MATCH ?")
            values.append(_fts_query(search))
        if search.category:
            parts.append("rowid IN (SELECT row FROM facet WHERE name = 'category' AND value = ?)")
            values.append(search.category)
        return " AND ".join(parts) or "1", tuple(values)


def _fts_query(search: Search) -> str:
    words = [f'"{word}"' for word in search.words]
    if search.kind == "phrase":
        return f'"{" ".join(search.words)}"'
    if search.kind == "prefix":
        return f"{words[0]}*"
    return (" OR " if search.kind == "or" else " AND ").join(words)


class BareTantivy:
    """Tantivy's own stemmer, query objects, aggregations and snippets."""

    name = "bare Tantivy"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Three text fields, facet values as raw fast fields."""
        import tantivy

        index = tantivy.Index(self._schema(), path=str(folder))
        writer = index.writer(heap_size=512_000_000, num_threads=2)
        for document in documents:
            fields: dict[str, Any] = {**document.texts}
            for name in (*FACETS, "decision"):
                fields[name] = list(document.values.get(name, ()))
            writer.add_document(tantivy.Document(**fields))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open and get a searcher."""
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, search: Search) -> int:
        """Top ten, count, one aggregation with outcome below, snippets of the rationale."""
        import tantivy

        query = self._query(search)
        found: Any = self._searcher.search(query, limit=10, count=True)
        outcome = {"outcome": {"terms": {"field": "decision", "size": 10}}}
        self._searcher.aggregate(
            query,
            {name: {"terms": {"field": name, "size": 2000}, "aggs": outcome} for name in FACETS},
        )
        if search.words:
            schema = self._index.schema
            snippets = tantivy.SnippetGenerator.create(self._searcher, query, schema, "rationale")
            for _, address in found.hits:
                snippets.snippet_from_doc(self._searcher.doc(address)).to_html()
        return int(found.count or 0)

    def _schema(self) -> Any:  # noqa: ANN401 - tantivy has no types
        import tantivy

        builder = tantivy.SchemaBuilder()
        for name in ("service", "rationale", "summary"):
            builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
        for name in (*FACETS, "decision"):
            builder.add_text_field(name, tokenizer_name="raw", fast=True)
        return builder.build()

    def _query(self, search: Search) -> Any:  # noqa: ANN401
        import tantivy

        fields = ["service", "rationale", "summary"]
        if not search.words:
            query = tantivy.Query.all_query()
        elif search.kind == "prefix":
            regexes = [
                tantivy.Query.regex_query(self._index.schema, name, f"{search.words[0]}.*")
                for name in fields
            ]
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in regexes])
        else:
            joint = " OR " if search.kind == "or" else " AND "
            text = joint.join(search.words)
            if search.kind == "phrase":
                text = f'"{" ".join(search.words)}"'
            query = self._index.parse_query(text, fields)
        if search.category:
            term = tantivy.Query.term_query(self._index.schema, "category", search.category)
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, term)]
            )
        return query


class StockWhoosh:
    """Whoosh with its own analyzer, facets by ``groupedby`` and highlights."""

    name = "stock Whoosh"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Three stemmed stored fields, keyword facets."""
        from whoosh import fields, index
        from whoosh.analysis import StemmingAnalyzer

        schema = fields.Schema(
            **{
                name: fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
                for name in ("service", "rationale", "summary")
            },
            **{
                name: fields.KEYWORD(commas=True, scorable=False, stored=True)
                for name in (*FACETS, "decision")
            },
        )
        writer = index.create_in(folder, schema).writer(limitmb=512)
        for document in documents:
            facets = {
                name: ",".join(value.replace(",", " ") for value in document.values.get(name, ()))
                for name in (*FACETS, "decision")
            }
            writer.add_document(**document.texts, **facets)
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open and get a searcher."""
        from whoosh import index
        from whoosh.qparser import MultifieldParser

        self._index = index.open_dir(folder)
        self._searcher = self._index.searcher()
        self._parser = MultifieldParser(["service", "rationale", "summary"], self._index.schema)

    def search(self, search: Search) -> int:
        """Top ten, all facets, highlights."""
        from whoosh import query, sorting

        facets = sorting.Facets()
        for name in FACETS:
            facets.add_field(name, allow_overlap=True)
        parsed = self._parser.parse(_whoosh_query(search)) if search.words else query.Every()
        wanted = query.Term("category", search.category) if search.category else None
        results = self._searcher.search(parsed, limit=10, groupedby=facets, filter=wanted)
        total = len(results)
        for hit in results[:10]:
            hit.highlights("rationale")
        for name in FACETS:
            results.groups(name)
        return int(total)


def _whoosh_query(search: Search) -> str:
    if search.kind == "phrase":
        return f'"{" ".join(search.words)}"'
    if search.kind == "prefix":
        return f"{search.words[0]}*"
    return (" OR " if search.kind == "or" else " AND ").join(search.words)


def searches(words: Sequence[str], category: str) -> list[Search]:
    """Sixty searches of all kinds, from the commonest words to rare ones.

    ``words`` is the corpus's vocabulary by rank.
    """
    ranks = (10, 14, 20, 30, 45, 60, 100, 400, 2000, 10000)
    single = [Search("single", (words[rank],)) for rank in ranks]
    pairs = [(words[a], words[b]) for a, b in zip(ranks, (*ranks[1:], ranks[0]), strict=True)]
    return [
        *single,
        *(Search("and", pair) for pair in pairs),
        *(Search("or", pair) for pair in pairs),
        *(Search("phrase", pair) for pair in pairs[:6]),
        *(Search("phrase", ("medically", "necessary")) for _ in range(2)),
        *(Search("prefix", (words[rank][:4],)) for rank in ranks[:8]),
        *(Search("filter", (words[rank],), category) for rank in ranks),
        *(Search("all", (), None) for _ in range(2)),
        *(Search("all", (), category) for _ in range(2)),
    ]
