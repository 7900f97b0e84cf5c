"""What each own part of the Whoosh engine gains over Whoosh's own, on the same words.

``python -m benchmarks.whoosh_parts COUNT [--folder FOLDER]`` indexes about COUNT issues twice. Once
by the engine: postings as arrays, one set for exact and stemmed searches, scores in NumPy. Once
by Whoosh alone: its writer, its postings, a field of words and one of stems for each text, its
searcher and BM25F. Both are given the words and stems of ``imrsearch.text.words``.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import RegexTokenizer
from whoosh.searching import Searcher

from benchmarks.corpus import Corpus
from benchmarks.measuring import Spread, save, table
from benchmarks.queries import Search, searches
from benchmarks.stock import Stock
from imrsearch import engines
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.query.tree import And, Or, Phrase, Prefix, Query, Term
from imrsearch.schema import TEXT_FIELDS, IssueDocument
from imrsearch.text.words import is_stop_word, stem, words

KINDS = ("single", "and", "or", "phrase", "prefix")
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what was measured, the engine's figure and Whoosh's own, in ``unit``."""

    name: str
    unit: str
    ours: float
    whoosh: float


def spaced(text: str) -> str:
    """The words of a text with blanks between them."""
    return " ".join(words(text))


def stems(text: str) -> str:
    """The stems of a text, without its stop words."""
    return " ".join(stem(word) for word in words(text) if not is_stop_word(word))


def write_by_whoosh(folder: Path, documents: Iterable[IssueDocument], *, stemmed: bool) -> None:
    """Write the texts by Whoosh alone: words, and stems in fields of their own if ``stemmed``."""
    kinds = {"": spaced} | ({".stems": stems} if stemmed else {})
    text = fields.TEXT(analyzer=RegexTokenizer(r"\S+"), phrase=True)
    names = [f"{name}{kind}" for name in TEXT_FIELDS for kind in kinds]
    writer = index.create_in(folder, fields.Schema(**dict.fromkeys(names, text)))
    adding = writer.writer(limitmb=512)
    for document in documents:
        adding.add_document(
            **{
                f"{name}{kind}": make(document.texts.get(name, ""))
                for name in TEXT_FIELDS
                for kind, make in kinds.items()
            }
        )
    adding.commit()


def tree(search: Search) -> Query:
    """A search as the engine's query tree."""
    parts = tuple(Term(word) for word in search.words)
    match search.kind:
        case "phrase":
            return Phrase(search.words)
        case "prefix":
            return Prefix(search.words[0])
        case "or":
            return Or(parts)
        case _:
            return And(parts)


def by_whoosh(search: Search) -> query.Query:
    """The same search as Whoosh's query, over the stems of all text fields."""
    match search.kind:
        case "phrase":
            places = [stem(word) for word in search.words]
            return query.Or([query.Phrase(f"{name}.stems", places) for name in TEXT_FIELDS])
        case "prefix":
            return query.Or([query.Prefix(name, search.words[0]) for name in TEXT_FIELDS])
        case kind:
            parts = [
                query.Or([query.Term(f"{name}.stems", stem(word)) for name in TEXT_FIELDS])
                for word in search.words
            ]
            return query.Or(parts) if kind == "or" else query.And(parts)


def first_page(searcher: Searcher, wanted: query.Query) -> int:
    """The ten best by Whoosh's BM25F, and the exact total."""
    return len(searcher.search(wanted, limit=10))


def milliseconds(action: Callable[[], object]) -> float:
    """The median of the processor time that an action takes: other processes have no part in it."""
    times = []
    for _ in range(_ROUNDS):
        started = time.process_time()
        action()
        times.append(1000 * (time.process_time() - started))
    return statistics.median(times)


def _seconds(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _made(place: Path, name: str) -> Path:
    folder = place / name
    folder.mkdir()
    return folder


def measure(documents: Sequence[IssueDocument], wanted: Sequence[Search]) -> list[Part]:
    """All parts, on these documents and searches."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        ours, plain, both = (_made(place, one) for one in ("ours", "words", "both"))
        engine = engines.engine("whoosh")
        writing = _seconds(lambda: engine.create(ours, documents))
        of_words = _seconds(lambda: write_by_whoosh(plain, documents, stemmed=False))
        of_both = _seconds(lambda: write_by_whoosh(both, documents, stemmed=True))
        size = _megabytes(ours)
        parts = [
            Part("writing: postings as arrays, without stems", "s", writing, of_words),
            Part("writing: stems as a table of words", "s", writing, of_both),
            Part("size: postings as arrays, without stems", "MB", size, _megabytes(plain)),
            Part("size: stems as a table of words", "MB", size, _megabytes(both)),
        ]
        opened = engine.open(ours)
        with index.open_dir(both).searcher() as searcher:
            return parts + _searching(opened, searcher, wanted)


def _searching(opened: IndexSearcher, searcher: Searcher, wanted: Sequence[Search]) -> list[Part]:
    parts = []
    for kind in KINDS:
        some = [search for search in wanted if search.kind == kind]
        ours = [
            milliseconds(partial(opened.search, SearchRequest(tree(search)))) for search in some
        ]
        theirs = [milliseconds(partial(first_page, searcher, by_whoosh(one))) for one in some]
        for share in ("p50", "p95"):
            figures = (getattr(Spread.of(times), share) for times in (ours, theirs))
            parts.append(Part(f"ten best and total, {kind}, {share}", "ms", *figures))
    return parts


def main(arguments: list[str] | None = None) -> None:
    """Measure, print a table and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, help="keep the collection here")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        documents = list(Stock(given.folder or Path(place), given.count).documents())
    parts = measure(documents, searches(Corpus().words))
    head = (f"{len(documents):,} issues", "the engine", "Whoosh's own", "times")
    rows: list[tuple[Any, ...]] = [
        (f"{part.name}, {part.unit}", part.ours, part.whoosh, part.whoosh / part.ours)
        for part in parts
    ]
    print(table(head, rows))
    save(f"whoosh-parts-{given.count}", issues=len(documents), parts=[*map(asdict, parts)])


if __name__ == "__main__":
    main()
