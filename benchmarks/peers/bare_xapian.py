"""Xapian, where Debian's ``python3-xapian`` is installed."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.peers import FILTERED, OTHERS, Found, Tables
from benchmarks.queries import Search
from imrsearch.model import OVERTURNED
from imrsearch.schema import FACETS, TEXT_FIELDS, IssueDocument

_DEBIAN = "/usr/lib/python3/dist-packages"
_SLOTS = {name: place for place, name in enumerate(FACETS)}
_BETWEEN, _OUTCOME = "\x1f", "\x1e"


def xapian() -> Any:  # noqa: ANN401 - it has no types
    """The library, for a Python that is not Debian's own too. Raises ImportError without it."""
    sys.path.append(_DEBIAN)
    try:
        return importlib.import_module("xapian")
    finally:
        sys.path.remove(_DEBIAN)


class BareXapian:
    """Each facet has a slot, which holds a document's values and its outcome; Xapian counts what
    stands in a slot while it matches, and we take the values apart."""

    name = "Xapian"

    def __init__(self) -> None:
        self._xapian = xapian()
        self._stem = self._xapian.Stem("english")

    def build(self, folder: Path, documents: Iterable[IssueDocument]) -> None:
        """Words and stems of all texts, facet values in slots, the rationale for excerpts."""
        database = self._xapian.WritableDatabase(
            str(folder), self._xapian.DB_CREATE | self._xapian.DB_NO_SYNC
        )
        generator = self._xapian.TermGenerator()
        generator.set_stemmer(self._stem)
        for document in documents:
            database.add_document(self._document(generator, document))
        database.commit()
        database.close()

    def _document(self, generator: Any, document: IssueDocument) -> Any:  # noqa: ANN401
        made = self._xapian.Document()
        generator.set_document(made)
        for name in TEXT_FIELDS:
            generator.index_text(document.texts.get(name, ""))
            generator.increase_termpos()
        outcome = str(int(document.values.get("decision") == (OVERTURNED,)))
        for name, slot in _SLOTS.items():
            values = document.values.get(name, ())
            if values:
                made.add_value(slot, _BETWEEN.join(values) + _OUTCOME + outcome)
        for value in document.values.get(FILTERED, ()):
            made.add_boolean_term(_filtered(value))
        made.set_data(document.texts.get("rationale", ""))
        return made

    def open(self, folder: Path) -> None:
        """Open."""
        self._database = self._xapian.Database(str(folder))

    def search(self, search: Search) -> Found:
        """One search with a counter for each facet, a second one for the facet filtered by."""
        words = self._query(search)
        if search.category is None:
            return self._counted(words, tuple(FACETS))
        wanted = self._xapian.Query(_filtered(search.category))
        both = self._xapian.Query(self._xapian.Query.OP_FILTER, words, wanted)
        found = self._counted(both, OTHERS)
        return replace(found, facets=found.facets | self._counted(words, (FILTERED,)).facets)

    def _counted(self, query: Any, names: Sequence[str]) -> Found:  # noqa: ANN401
        enquire = self._xapian.Enquire(self._database)
        enquire.set_query(query)
        spies = {name: self._xapian.ValueCountMatchSpy(_SLOTS[name]) for name in names}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        found = enquire.get_mset(0, 10, self._database.get_doccount())
        facets = {name: _taken_apart(spy.values()) for name, spy in spies.items()}
        return Found(found.get_matches_estimated(), found, facets)

    def _query(self, search: Search) -> Any:  # noqa: ANN401
        query = self._xapian.Query
        if not search.words:
            return query.MatchAll
        if search.kind == "prefix":
            no_limit = (0, query.WILDCARD_LIMIT_ERROR, query.OP_SYNONYM)
            return query(query.OP_WILDCARD, search.words[0], *no_limit)
        if search.kind == "phrase":
            return query(query.OP_PHRASE, list(search.words))
        stems = [f"Z{self._stem(word).decode()}" for word in search.words]
        return query(query.OP_OR if search.kind == "or" else query.OP_AND, stems)

    def excerpts(self, search: Search, found: Found) -> None:
        """Xapian's own snippets of the rationale."""
        hits: Any = found.hits
        for match in hits:
            hits.snippet(match.document.get_data(), 300, self._stem)

    def tables(self, found: Found) -> Tables:
        """By facet and value."""
        tables: Tables = found.facets
        return tables


def _filtered(value: str) -> str:
    return f"XCATEGORY:{value}"


def _taken_apart(counted: Iterable[Any]) -> dict[str, tuple[int, int]]:
    """``knee␟hip␞1``, seen three times, counts three for both, all overturned."""
    totals: Counter[str] = Counter()
    won: Counter[str] = Counter()
    for item in counted:
        values, _, outcome = item.term.decode().partition(_OUTCOME)
        for value in values.split(_BETWEEN):
            totals[value] += item.termfreq
            won[value] += item.termfreq * (outcome == "1")
    return {value: (count, won[value]) for value, count in totals.items()}
