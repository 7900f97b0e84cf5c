"""SQLite's full-text index, with facets by SQL or by NumPy."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers import FILTERED, OTHERS, Found, Tables
from benchmarks.peers.arrays import Arrays, ArraysWriter, Mask
from benchmarks.queries import Search
from imrsearch.model import OVERTURNED
from imrsearch.schema import FACETS, TEXT_FIELDS, IssueDocument

_FILE = "fts.sqlite3"


class Fts5BySql:
    """The matches go into a table once; one join with the values counts all facets."""

    name = "SQLite FTS5, facets by SQL"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """One FTS5 table, and a table of numbered facet values by row."""
        values: dict[tuple[str, str], int] = {}
        connection = _created(folder)
        connection.executescript(
            "CREATE TABLE value (id INTEGER PRIMARY KEY, name TEXT, value TEXT);"
            "CREATE TABLE facet (row INTEGER, value INTEGER, overturned INTEGER,"
            " PRIMARY KEY (row, value)) WITHOUT ROWID;"
        )
        for row, document in _inserted(connection, documents):
            overturned = document.values.get("decision") == (OVERTURNED,)
            pairs = [(name, one) for name in FACETS for one in document.values.get(name, ())]
            numbers = [values.setdefault(pair, len(values) + 1) for pair in pairs]
            connection.executemany(
                "INSERT INTO facet VALUES (?, ?, ?)", [(row, one, overturned) for one in numbers]
            )
        named = [(number, name, value) for (name, value), number in values.items()]
        connection.executemany("INSERT INTO value VALUES (?, ?, ?)", named)
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> None:
        """Connect, with room in memory for what matches."""
        self._connection = sqlite3.connect(folder / _FILE)
        self._connection.executescript(
            "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 8000000000;"
            "CREATE TEMP TABLE found (row INTEGER PRIMARY KEY);"
            "CREATE TEMP TABLE chosen (row INTEGER PRIMARY KEY);"
        )
        named = self._connection.execute("SELECT id, name, value FROM value")
        self._values = {number: (name, value) for number, name, value in named}

    def search(self, search: Search) -> Found:
        """Matches into a table, then total, facets and the ten best."""
        run = self._connection.execute
        matching, words = _matching(search)
        run("DELETE FROM found")
        run(f"INSERT INTO found SELECT rowid FROM issue {matching} ORDER BY rowid", words)
        chosen = self._chosen(search)
        (total,) = run(f"SELECT count(*) FROM {chosen}").fetchone()
        rows = self._counted(chosen)
        if search.category:
            rows = [row for row in rows if self._values[row[0]][0] != FILTERED]
            rows += [row for row in self._counted("found") if self._values[row[0]][0] == FILTERED]
        return Found(int(total), self._best(search, chosen), rows)

    def _best(self, search: Search, chosen: str) -> list[int]:
        """The ten best; "+" keeps SQLite from asking FTS5 about each row of the filter."""
        matching, words = _matching(search)
        query = f"SELECT row FROM {chosen} ORDER BY row LIMIT 10"
        if words:
            joint = f"AND +rowid IN (SELECT row FROM {chosen})" if search.category else ""
            query = f"SELECT rowid FROM issue {matching} {joint} ORDER BY rank LIMIT 10"
        return [row for (row,) in self._connection.execute(query, words)]

    def _chosen(self, search: Search) -> str:
        """The table of the matches that the filter leaves."""
        if search.category is None:
            return "found"
        wanted = next(n for n, pair in self._values.items() if pair == (FILTERED, search.category))
        self._connection.execute("DELETE FROM chosen")
        self._connection.execute(
            "INSERT INTO chosen SELECT row FROM found WHERE EXISTS "
            "(SELECT 1 FROM facet WHERE facet.row = found.row AND facet.value = ?)",
            (wanted,),
        )
        return "chosen"

    def _counted(self, chosen: str) -> list[tuple[int, int, int]]:
        """Value, issues, overturned issues."""
        return self._connection.execute(
            "SELECT value, count(*), sum(overturned) FROM facet "
            f"WHERE row IN (SELECT row FROM {chosen}) GROUP BY value"
        ).fetchall()

    def excerpts(self, search: Search, found: Found) -> None:
        """FTS5's own snippets."""
        _excerpts(self._connection, search, found)

    def tables(self, found: Found) -> Tables:
        """By facet and value."""
        tables: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for number, count, overturned in found.facets:
            name, value = self._values[number]
            tables[name][value] = (count, overturned)
        return tables


class Fts5ByNumPy:
    """FTS5 names all matches; facets are counted over arrays."""

    name = "SQLite FTS5, facets by NumPy"

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """One FTS5 table, and arrays of facet values."""
        arrays = ArraysWriter()
        connection = _created(folder)
        for _, document in _inserted(connection, documents):
            arrays.add(document)
        connection.commit()
        connection.close()
        arrays.write(folder)

    def open(self, folder: Path) -> None:
        """Connect, and map the arrays."""
        self._connection = sqlite3.connect(folder / _FILE)
        self._connection.execute("PRAGMA mmap_size = 8000000000")
        self._arrays = Arrays(folder)

    def search(self, search: Search) -> Found:
        """All matches by number, the arrays' counts, the ten best that the filter leaves."""
        arrays = self._arrays
        matched = self._matched(search)
        chosen = matched
        if search.category:
            chosen = matched & arrays.holding(FILTERED, search.category)
        facets = {name: arrays.table(name, chosen) for name in OTHERS}
        facets[FILTERED] = arrays.table(FILTERED, matched)
        return Found(int(np.count_nonzero(chosen)), self._best(search, chosen), facets)

    def _matched(self, search: Search) -> Mask:
        if not search.words:
            return np.ones(len(self._arrays), dtype=bool)
        matching, words = _matching(search)
        rows: Any = self._connection.execute(f"SELECT rowid FROM issue {matching}", words)
        mask = np.zeros(len(self._arrays), dtype=bool)
        mask[np.fromiter((row for (row,) in rows), np.int64) - 1] = True
        return mask

    def _best(self, search: Search, chosen: Mask) -> list[int]:
        if not search.words:
            return [int(row) + 1 for row in np.flatnonzero(chosen)[:10]]
        matching, words = _matching(search)
        limit = "" if search.category else "LIMIT 10"
        ordered = self._connection.execute(
            f"SELECT rowid FROM issue {matching} ORDER BY rank {limit}", words
        )
        return list(islice((row for (row,) in ordered if chosen[row - 1]), 10))

    def excerpts(self, search: Search, found: Found) -> None:
        """FTS5's own snippets."""
        _excerpts(self._connection, search, found)

    def tables(self, found: Found) -> Tables:
        """By facet and value."""
        tables: Tables = found.facets
        return tables


def _created(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / _FILE)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE VIRTUAL TABLE issue USING fts5("
        "service, rationale, summary, tokenize = 'porter unicode61');"
    )
    return connection


def _inserted(
    connection: sqlite3.Connection, documents: Iterable[IssueDocument]
) -> Iterator[tuple[int, IssueDocument]]:
    """Puts the texts in; hands each document on with its row, from 1."""
    for row, document in enumerate(documents, start=1):
        connection.execute(
            "INSERT INTO issue (rowid, service, rationale, summary) VALUES (?, ?, ?, ?)",
            (row, *(document.texts.get(name, "") for name in TEXT_FIELDS)),
        )
        yield row, document


def _matching(search: Search) -> tuple[str, tuple[str, ...]]:
    return ("WHERE issue MATCH ?", (_query(search),)) if search.words else ("", ())


def _query(search: Search) -> str:
    words = [f'"{word}"' for word in search.words]
    if search.kind == "phrase":
        return f'"{" ".join(search.words)}"'
    if search.kind == "prefix":
        return f"{words[0]}*"
    return (" OR " if search.kind == "or" else " AND ").join(words)


def _excerpts(connection: sqlite3.Connection, search: Search, found: Found) -> None:
    matching, words = _matching(search)
    some = ", ".join(map(str, found.hits))
    what = "snippet(issue, 1, '<mark>', '</mark>', '…', 40)" if words else "rationale"
    joint = f"{matching} {'AND' if matching else 'WHERE'} rowid IN ({some})"
    connection.execute(f"SELECT {what} FROM issue {joint}", words).fetchall()
