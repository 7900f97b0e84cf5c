"""The Tantivy engine: the only module that imports Tantivy.

Tantivy finds and ranks words; values, numbers, facet tables and orders by date come from our own
columns (``columns.py``), which a document's ``row`` leads to. Texts come as ready words
(``analysis.py``), so that Tantivy only splits at blanks.

Exact words have a field for each text field. Stems have one as well, and one more field over the
whole document, in which the service counts as often as its weight says: searches that name no
field, nearly all of them, read one list for each word and rank as one text.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from itertools import accumulate, combinations, islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur

from imrsearch.engines.analysis import STOP, Analysis
from imrsearch.engines.columns import Columns, ColumnsWriter, Mask, Selection
from imrsearch.engines.contract import (
    NUMBER_FIELDS,
    TEXT_FIELDS,
    VALUE_FIELDS,
    And,
    Answer,
    AtLeast,
    Best,
    Everything,
    Hit,
    IssueDocument,
    Missing,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Prefix,
    Query,
    Range,
    Request,
    Scored,
    Suggestion,
    Term,
    Value,
    Weighted,
    suggestions,
)
from imrsearch.engines.matching import BY_SCORE, narrowed, plain, slots, tables
from imrsearch.errors import DamagedBuild
from imrsearch.model import OVERTURNED
from imrsearch.text import is_stop_word, stem

_GAP = f" {STOP}" * 64 + " "
"""Between the texts of a document: wider than any phrase that people can ask for."""

_HEAP = 400 << 20
_TIES = 10_000
_MASKS = 256
_WAYS = 128
_SCORED_WORDS = 64

TantivyQuery = Any  # Tantivy's types of its own say nothing of use.


class TantivyEngine:
    """For any number of issues that one machine holds."""

    name = "tantivy"
    runs_code = False
    updates = True

    def create(self, folder: Path, documents: Iterable[IssueDocument]) -> int:
        """Write a new index into the empty ``folder``; returns the number of documents."""
        with _guarded():
            (folder / "words").mkdir()
            index = tantivy.Index(_schema(), str(folder / "words"))
            return _write(folder, index, ColumnsWriter(), documents, ())

    def update(
        self, folder: Path, base: Path, removed: Collection[str], documents: Iterable[IssueDocument]
    ) -> int:
        """Write into the empty ``folder`` what ``base`` holds, changed. Tantivy never changes a
        segment's file, so both share them."""
        with _guarded():
            (folder / "words").mkdir()
            for path in (base / "words").iterdir():
                _share(path, folder / "words" / path.name)
            index = tantivy.Index.open(str(folder / "words"))
            return _write(folder, index, ColumnsWriter(Columns(base), removed), documents, removed)

    def open(self, folder: Path) -> TantivyIndex:
        """Open what ``create`` wrote."""
        with _guarded():
            return TantivyIndex(folder)


ENGINE = TantivyEngine()


# ------------------------------------------------------------------------------------- writing


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="words")
        builder.add_text_field(f"{name}.stems", tokenizer_name="stems")
    builder.add_text_field("stems", tokenizer_name="stems")
    builder.add_text_field("values", tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_integer_field(name, fast=True)
    builder.add_unsigned_field("row", fast=True)
    return builder.build()


def _share(path: Path, shared: Path) -> None:
    """One file under two names; its lists of files, which Tantivy replaces, as copies."""
    if path.suffix == ".lock":
        return
    if path.suffix == ".json":
        shutil.copy2(path, shared)
    else:
        os.link(path, shared)


def _register(index: tantivy.Index) -> None:
    """Tantivy forgets what a tokenizer is when an index is closed."""
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("words", blanks.build())
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer("stems", blanks.filter(tantivy.Filter.custom_stopword([STOP])).build())


def _write(
    folder: Path,
    index: tantivy.Index,
    columns: ColumnsWriter,
    documents: Iterable[IssueDocument],
    removed: Iterable[str],
) -> int:
    _register(index)
    writer = index.writer(_HEAP, os.cpu_count() or 1)
    for case in removed:
        writer.delete_documents_by_term("values", f"case={case}")
    make = _Documents()
    for document in documents:
        writer.add_document(make(document, columns.rows))
        columns.add(document)
    writer.commit()
    writer.wait_merging_threads()
    return columns.write(folder)


class _Documents:
    """Makes Tantivy's documents out of ours."""

    def __init__(self) -> None:
        self._analysis = Analysis()

    def __call__(self, document: IssueDocument, row: int) -> tantivy.Document:
        made = tantivy.Document()
        stems = []
        for name, weight in TEXT_FIELDS.items():
            text = document.texts.get(name)
            if text:
                made.add_text(name, self._analysis.words(text))
                stemmed = self._analysis.stems(text)
                made.add_text(f"{name}.stems", stemmed)
                stems += [stemmed] * max(1, round(weight))
        made.add_text("stems", _GAP.join(stems))
        for name in VALUE_FIELDS:
            for token in _tokens(name, document.values.get(name, ())):
                made.add_text("values", token)
        for name, number in document.numbers.items():
            made.add_integer(name, number)
        made.add_unsigned("row", row)
        return made


def _tokens(field: str, values: Sequence[str]) -> list[str]:
    """What a document is found by: ``body=knee``, and ``body`` where it has none."""
    return [f"{field}={value}" for value in values] or [field]


# ----------------------------------------------------------------------------------- searching


@contextmanager
def _guarded() -> Iterator[None]:
    """Panics of the library, which pass by ``except Exception``, as an error of ours."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise DamagedBuild(f"Tantivy failed: {error}") from error


class TantivyIndex:
    """An open index; threads may share it."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder / "words"))
        _register(index)
        index.config_reader("manual")
        self.columns = Columns(folder)
        self.masks = _Masks()
        self.schema = index.schema
        self._searcher: tantivy.Searcher | None = index.searcher()
        if self._searcher.num_docs != self.columns.count:
            raise DamagedBuild("The words and the values are not of the same documents.")
        # Tantivy's own numbers count deleted documents until their segment is merged.
        deleted = self.columns.count < len(self.columns)
        self._living = tantivy.Query.all_query() if deleted else None

    @property
    def searcher(self) -> tantivy.Searcher:
        """Tantivy's view of the index; raises ValueError once it is closed."""
        if self._searcher is None:
            raise ValueError("The index is closed.")
        return self._searcher

    def search(self, request: Request) -> Answer:
        """Answer the request."""
        with _guarded():
            return _Search(self, request).answer()

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``."""
        counts: dict[str, int] = {}
        for field in TEXT_FIELDS:
            for word, count in self.searcher.terms_with_prefix(field, start, self._living):
                counts[word] = max(count, counts.get(word, 0))
        return suggestions(counts, limit)

    def count(self) -> int:
        """The number of documents."""
        return self.columns.count

    def close(self) -> None:
        """Let go of files; searching afterwards is an error."""
        self._searcher = None


class _Masks:
    """The documents of the last text queries, as bits: the next page and the next facet ask for
    the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Query, NDArray[Any]] = OrderedDict()

    def get(self, query: Query, size: int) -> Mask | None:
        """The mask of ``query``, if it is remembered."""
        with self._lock:
            bits = self._kept.get(query)
            if bits is None:
                return None
            self._kept.move_to_end(query)
        return np.unpackbits(bits, count=size).view(bool)

    def put(self, query: Query, mask: Mask) -> None:
        """Remember the mask of ``query``."""
        bits = np.packbits(mask)
        with self._lock:
            self._kept[query] = bits
            if len(self._kept) > _MASKS:
                self._kept.popitem(last=False)


class _Search:
    """One request on its way to an answer."""

    def __init__(self, index: TantivyIndex, request: Request) -> None:
        self._request = request
        self._columns = index.columns
        self._masks = index.masks
        self._searcher = index.searcher
        self._translated = _Translation(index.searcher, index.schema)
        self._deadline = None if request.seconds is None else time.monotonic() + request.seconds
        self._nothing: Mask = np.zeros(len(index.columns), dtype=bool)
        self.timed_out = False

    def answer(self) -> Answer:
        """Hits, totals and facet tables."""
        request, columns = self._request, self._columns
        matched = self._mask(_bare(request.query))
        filters = [(part.facet, self._mask(_bare(part.query))) for part in request.filters]
        chosen = columns.select(narrowed(matched, filters))
        return Answer(
            hits=self._hits(chosen),
            total=chosen.size,
            overturned=int(np.count_nonzero(chosen.mask & columns.overturned)),
            facets=tables(request, matched, filters, chosen, columns),
            timed_out=self.timed_out or self._translated.cut,
        )

    # ---------------------------------------------------------------------------------- finding

    def _mask(self, query: Query) -> Mask:
        """The documents that match; dead ones may be among them."""
        match query:
            case _ if _is_text(query):
                return self._text(query)
            case And(parts):
                return reduce(np.logical_and, self._parts(And, parts), self._columns.everything)
            case Or(parts):
                return reduce(np.logical_or, self._parts(Or, parts), self._nothing)
            case AtLeast(parts, count):
                masks = [self._mask(part) for part in parts]
                return np.asarray(sum(masks, np.zeros(len(self._columns), int)) >= count)
            case Not(part):
                mask = self._mask(part)
                # Half-read words would let in what they should keep out.
                return self._nothing if self.timed_out else ~mask
            case _:
                return plain(query, self._columns)  # type: ignore[arg-type]  # words are done above

    def _parts(self, kind: type[And] | type[Or], parts: Sequence[Query]) -> list[Mask]:
        """The masks of parts, those about words in one."""
        text = tuple(part for part in parts if _is_text(part))
        others = [part for part in parts if not _is_text(part)]
        return [self._mask(part) for part in ([kind(text)] if text else []) + others]

    def _text(self, query: Query) -> Mask:
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.timed_out = True
            return self._nothing
        known = self._masks.get(query, len(self._columns))
        if known is not None:
            return known
        mask = self._found(self._translated(query))
        self._masks.put(query, mask)
        return mask

    def _found(self, query: TantivyQuery) -> Mask:
        """The documents that match. Tantivy hands them out one by one: where most of them match,
        the others are asked for."""
        result: Any = self._searcher.search(query, 1, count=True)  # its stub lacks ``count``
        found: int = result.count
        mask = self._nothing.copy()
        if found * 2 <= self._searcher.num_docs:
            mask[self._listed(query, found)] = True
            return mask
        mask[self._listed(_but(query), self._searcher.num_docs - found)] = True
        return self._columns.everything & ~mask

    def _listed(self, query: TantivyQuery, size: int) -> NDArray[Any]:
        if not size:
            return np.zeros(0, np.int64)
        hits = self._searcher.search(query, size, count=False, order_by_field="row").hits
        return np.fromiter((row for row, _ in hits), np.int64, len(hits))

    # ---------------------------------------------------------------------------------- ranking

    def _hits(self, chosen: Selection) -> tuple[Hit, ...]:
        request = self._request
        last = min(request.offset + request.limit, chosen.size)
        if last <= request.offset:
            return ()
        if request.sort in BY_SCORE and _is_scored(request.query) and not self.timed_out:
            found = self._ranked(chosen, request.offset, last)
        else:
            rows = self._columns.order(request.sort, chosen.rows, np.zeros(chosen.size), last)
            found = [(0.0, row) for row in rows[request.offset :]]
        return tuple(Hit(self._columns.id(row), score) for score, row in found)

    def _ranked(self, chosen: Selection, first: int, last: int) -> list[tuple[float, int]]:
        if self._request.sort == "relevance":
            return self._best((), first, last)
        won = Value("decision", OVERTURNED)
        winners = int(np.count_nonzero(chosen.mask & self._columns.overturned))
        found = self._best((won,), first, min(last, winners))
        return found + self._best((Not(won),), max(first - winners, 0), last - winners)

    def _best(self, narrowing: tuple[Query, ...], first: int, last: int) -> list[tuple[float, int]]:
        """The best documents with their scores; ties in order of writing, as far as is feasible:
        beyond ten thousand equals, those that Tantivy names first."""
        if last <= first:
            return []
        filters = tuple(part.query for part in self._request.filters)
        query = self._translated(self._request.query, filters + narrowing)
        hits = self._searcher.search(query, last + 1, count=False).hits
        if len(hits) > last and hits[last][0] == hits[last - 1][0]:
            hits = self._searcher.search(query, max(last, _TIES), count=False).hits
        rows: list[Any] = self._searcher.fast_field_values("row", [address for _, address in hits])
        ranked = sorted((-score, row) for (score, _), row in zip(hits, rows, strict=True))
        return [(-score, row) for score, row in ranked[first:last]]


def _bare(query: Query) -> Query:
    """The query without what only ranks: it matches the same."""
    match query:
        case And(parts):
            return And(tuple(map(_bare, parts)))
        case Or(parts) | Best(parts):
            return Or(tuple(map(_bare, parts)))
        case AtLeast(parts, count):
            return AtLeast(tuple(map(_bare, parts)), count)
        case Not(part):
            return Not(_bare(part))
        case Weighted(part) | Scored(part) | Prefer(part):
            return _bare(part)
        case _:
            return query


def _is_text(query: Query) -> bool:
    """Whether a bare query asks for words and nothing else, none of them excluded."""
    match query:
        case And(parts) | Or(parts):
            return bool(parts) and all(map(_is_text, parts))
        case AtLeast(parts, count):
            return count > 0 and all(map(_is_text, parts))
        case _:
            return isinstance(query, Term | Phrase | Prefix)


def _is_scored(query: Query) -> bool:
    """Whether anything in the query gives points."""
    match query:
        case And(parts) | Or(parts) | AtLeast(parts) | Best(parts):
            return any(map(_is_scored, parts))
        case Weighted(part):
            return _is_scored(part)
        case Prefer(part, wishes):
            return any(map(_is_scored, (part, *wishes)))
        case _:
            return isinstance(query, Term | Phrase | Prefix | Scored)


# --------------------------------------------------------------------------------- translating


class _Translation:
    """Our query trees as Tantivy's. ``cut`` tells that a phrase had to be narrowed."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self.cut = False

    def __call__(self, query: Query, filters: Sequence[Query] = ()) -> TantivyQuery:
        """The query; ``filters`` narrow it without giving points."""
        scored = self._tree(query)
        if not filters:
            return scored
        musts = [(Occur.Must, _pointless(self._tree(part))) for part in filters]
        return tantivy.Query.boolean_query([(Occur.Must, scored), *musts])

    def _tree(self, query: Query) -> TantivyQuery:
        match query:
            case Term() | Phrase() | Prefix():
                return _any(list(self._words(query)))
            case And(parts):
                return _all([self._tree(part) for part in parts])
            case Or(parts):
                return _any([self._tree(part) for part in parts])
            case AtLeast(parts, count):
                return _at_least([self._tree(part) for part in parts], count)
            case Best(parts):
                return _best([self._tree(part) for part in parts])
            case Weighted(part, weight):
                return _boosted(self._tree(part), weight)
            case Scored(part, score):
                return tantivy.Query.const_score_query(self._tree(part), score)
            case Prefer(part, wishes):
                return _preferred(self._tree(part), [self._tree(wish) for wish in wishes])
            case Not(part):
                return _but(self._tree(part))
            case Everything():
                return _all([])
            case Nothing():
                return _any([])
            case Value(field, value):
                return _pointless(self._term("values", f"{field}={value}"))
            case Missing(field):
                return _pointless(self._term("values", field))
            case Range():
                return _pointless(self._range(query))

    def _term(self, field: str, word: str) -> TantivyQuery:
        return tantivy.Query.term_query(
            self._schema, field, word, "basic" if field == "values" else "freq"
        )

    def _range(self, query: Range) -> TantivyQuery:
        low, high = query.low, query.high
        if low is None and high is None:
            return tantivy.Query.exists_query(query.field)
        if low is not None and high is not None and low > high:
            return tantivy.Query.empty_query()
        return tantivy.Query.range_query(
            self._schema, query.field, tantivy.FieldType.Integer, low, high
        )

    def _words(self, query: Term | Phrase | Prefix) -> Iterator[TantivyQuery]:
        """What stands for a leaf in each of its fields."""
        match query:
            case Prefix(start, fields):
                for field, weight in _weighted(fields):
                    yield _boosted(self._prefix(field, start), weight)
            case Term(word, fields, exact):
                yield from self._phrase([(0, word)], 0, fields, exact or is_stop_word(word))
            case Phrase(_, fields):
                exact, wanted = slots(query)
                if wanted:
                    yield from self._phrase(wanted, query.slop, fields, exact)

    def _phrase(
        self, wanted: list[tuple[int, str]], slop: int, fields: Sequence[str], exact: bool
    ) -> Iterator[TantivyQuery]:
        if not exact:
            wanted = [(at, stem(word)) for at, word in wanted]
            if not fields:
                yield self._placed("stems", wanted, slop)
                return
        for field, weight in _weighted(fields):
            name = field if exact else f"{field}.stems"
            yield _boosted(self._placed(name, wanted, slop), weight)

    def _placed(self, field: str, wanted: list[tuple[int, str]], slop: int) -> TantivyQuery:
        """Words at their places. Tantivy's own slop takes words in any order, so each way to
        spread the words is a phrase of its own, the closest first."""
        if len(wanted) == 1:
            return self._term(field, wanted[0][1])
        ways = list(islice(_ways(len(wanted) - 1, slop), _WAYS + 1))
        self.cut |= len(ways) > _WAYS
        return _any([self._way(field, wanted, gaps) for gaps in ways[:_WAYS]])

    def _way(
        self, field: str, wanted: list[tuple[int, str]], gaps: tuple[int, ...]
    ) -> TantivyQuery:
        moved = accumulate(gaps, initial=-wanted[0][0])
        placed: list[Any] = [
            (at + more, word) for (at, word), more in zip(wanted, moved, strict=True)
        ]
        return tantivy.Query.phrase_query(self._schema, field, placed)

    def _prefix(self, field: str, start: str) -> TantivyQuery:
        """The words that begin so, as many as there are; the most frequent of them give points."""
        words = [word for word, _ in self._searcher.terms_with_prefix(field, start)]
        scored = [self._term(field, word) for word in words[:_SCORED_WORDS]]
        others = words[_SCORED_WORDS:]
        if others:
            found = tantivy.Query.term_set_query(self._schema, field, others)
            scored.append(_pointless(found))
        return _any(scored)


def _ways(gaps: int, slop: int) -> Iterator[tuple[int, ...]]:
    """The ways to put up to ``slop`` more words into ``gaps`` gaps, fewest first.

    >>> list(_ways(2, 1))
    [(0, 0), (0, 1), (1, 0)]
    """
    for more in range(slop + 1):
        for bars in combinations(range(more + gaps - 1), gaps - 1):
            edges = (-1, *bars, more + gaps - 1)
            yield tuple(after - before - 1 for before, after in pairwise(edges))


def _weighted(fields: Sequence[str]) -> Iterator[tuple[str, float]]:
    return ((field, TEXT_FIELDS[field]) for field in fields or TEXT_FIELDS)


def _boosted(query: TantivyQuery, weight: float) -> TantivyQuery:
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def _pointless(query: TantivyQuery) -> TantivyQuery:
    return tantivy.Query.const_score_query(query, 0.0)


def _all(parts: list[TantivyQuery]) -> TantivyQuery:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return _pointless(tantivy.Query.all_query())
    return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])


def _any(parts: list[TantivyQuery]) -> TantivyQuery:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return tantivy.Query.empty_query()
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts])


def _at_least(parts: list[TantivyQuery], count: int) -> TantivyQuery:
    if count > len(parts):
        return tantivy.Query.empty_query()
    if count < 1:
        return _preferred(_all([]), parts)
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts], count)


def _best(parts: list[TantivyQuery]) -> TantivyQuery:
    return tantivy.Query.disjunction_max_query(parts) if parts else _any([])


def _preferred(part: TantivyQuery, wishes: list[TantivyQuery]) -> TantivyQuery:
    added = [(Occur.Should, wish) for wish in wishes]
    return tantivy.Query.boolean_query([(Occur.Must, part), *added])


def _but(part: TantivyQuery) -> TantivyQuery:
    """Everything but ``part``; Tantivy refuses to exclude from nothing."""
    return tantivy.Query.boolean_query([(Occur.Must, _all([])), (Occur.MustNot, part)])
