"""Translates query trees into Tantivy's queries."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, islice, pairwise
from typing import Any
from urllib.parse import quote

import tantivy
from tantivy import Occur

from imrsearch.engines.base import SCORED_WORDS, weighted_fields
from imrsearch.engines.queries import sought
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    Leaf,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from imrsearch.schema import TEXT_FIELDS, VALUE_FIELDS
from imrsearch.text.words import is_stop_word, stem

STEMMED = ("service",)
"""Text fields with a field of stems of their own: nearly all searches boost the service."""

_MOST_WAYS = 128
_FEWEST_WAYS = 8
MAX_DOCUMENTS_READ = 8_000_000
"""Tantivy cannot be interrupted and reads all documents once for each way to spread the words of a
phrase; this many documents in total take about a second."""

_HIGHEST = 2.2
"""What BM25 approaches, for each unit of a word's rarity, as the word fills a text."""

TantivyQuery = Any
"""Tantivy's stubs have no useful type for queries."""


@lru_cache(maxsize=20_000)
def value_token(field: str, value: str) -> str:
    """The token by which documents with a value are found: "low back" -> body=low%20back.
    The field's name alone is the token of documents without a value."""
    return f"{field}={quote(value)}"


class Translation:
    """Translates query trees for one index; ``cut`` is set if a phrase had to be narrowed."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        schema: tantivy.Schema,
        variants: Callable[[str], Sequence[str]],
    ) -> None:
        self.variants = variants
        self._searcher = searcher
        self._schema = schema
        self.cut = False

    def __call__(self, query: Query, filters: Sequence[Query] = ()) -> TantivyQuery:
        """The query translated; ``filters`` narrow it without a score."""
        scored = self._tree(query)
        if not filters:
            return scored
        musts = [(Occur.Must, without_score(self._tree(part))) for part in filters]
        return tantivy.Query.boolean_query([(Occur.Must, scored), *musts])

    def most(self, query: Query) -> float:
        """More than what a query can score, as far as that is known."""
        match query:
            case Boost(part, weight):
                return weight * self.most(part)
            case And(parts):
                return sum(map(self.most, parts))
            case ConstantScore(_, score):
                return score
            case Term(word, (), exact=False) if not is_stop_word(word):
                found = self._searcher.doc_freq("stems", stem(word))
                total = self._searcher.num_docs
                return _HIGHEST * math.log(1 + (total - found + 0.5) / (found + 0.5))
            case _:
                return math.inf

    def of_cases(self, cases: Iterable[str]) -> TantivyQuery:
        """The documents of these cases, without a score."""
        tokens = [value_token("case", case) for case in cases]
        return without_score(tantivy.Query.term_set_query(self._schema, "values", tokens))

    def all_in(self, documents: TantivyQuery, leaf: Leaf) -> TantivyQuery:
        """What matches a leaf among these documents."""
        return match_all_of([documents, self._tree(leaf)])

    def each_in(self, documents: TantivyQuery, leaves: Iterable[Query]) -> TantivyQuery:
        """These documents with the sum of what leaves score, each a wish for what is wished for
        already: Tantivy reads every document for several wishes side by side."""
        wished = documents
        for leaf in leaves:
            wished = _must_and_should(wished, [self._tree(leaf)])
        return wished

    def words(self, start: str) -> set[str]:
        """The indexed words of all text fields that begin with ``start``."""
        found = (self._searcher.terms_with_prefix(field, start) for field in TEXT_FIELDS)
        return {word for words in found for word, _ in words}

    def spelt(self, words: list[str]) -> TantivyQuery:
        """Any of these words, as written, in any text field."""
        sets = (tantivy.Query.term_set_query(self._schema, field, words) for field in TEXT_FIELDS)
        return match_any_of(list(sets)) if words else match_any_of([])

    def _tree(self, query: Query) -> TantivyQuery:
        match query:
            case Term() | Phrase() | Prefix():
                return match_any_of(list(self._words(query)))
            case And(parts):
                return match_all_of([self._tree(part) for part in parts])
            case Or(parts):
                return match_any_of([self._tree(part) for part in parts])
            case MinShouldMatch(parts, count):
                return _at_least_some([self._tree(part) for part in parts], count)
            case DisMax(parts):
                choices = [self._tree(part) for part in parts]
                return tantivy.Query.disjunction_max_query(choices) if choices else match_any_of([])
            case Boost(part, weight):
                return _boosted(self._tree(part), weight)
            case ConstantScore(part, score):
                return tantivy.Query.const_score_query(self._tree(part), score)
            case Boosted(part, wishes):
                both = self._tree(part), [self._tree(wish) for wish in wishes]
                is_one_word = all(_is_within(wish, part) for wish in wishes)
                return match_any_of([both[0], *both[1]]) if is_one_word else _must_and_should(*both)
            case Filtered(part, narrowing):
                return match_all_of([self._tree(part), without_score(self._tree(narrowing))])
            case Not(part):
                return match_all_but(self._tree(part))
            case MatchAll():
                return match_all_of([])
            case MatchNone():
                return match_any_of([])
            case FieldEquals(field, value):
                return without_score(self._term("values", value_token(field, value)))
            case FieldMissing(field) if field in VALUE_FIELDS:
                return without_score(self._term("values", field))
            case FieldMissing():  # a number field holds no value
                return match_all_of([])
            case Range():
                return without_score(self._range(query))

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

    def _words(self, leaf: Leaf) -> Iterator[TantivyQuery]:
        """A leaf's query in each of its fields."""
        if isinstance(leaf, Prefix):
            for field, weight in weighted_fields(leaf.fields):
                yield _boosted(self._prefix(field, leaf.start), weight)
            return
        wanted, exact, slop = sought(leaf)
        if not exact and not leaf.fields:
            yield self._placed("stems", wanted, slop)
        elif wanted:
            for field, weight in weighted_fields(leaf.fields):
                yield _boosted(self._in_field(field, wanted, slop, exact=exact), weight)

    def _in_field(
        self, field: str, wanted: list[tuple[int, str]], slop: int, *, exact: bool
    ) -> TantivyQuery:
        if exact:
            return self._placed(field, wanted, slop)
        if field in STEMMED:
            return self._placed(f"{field}.stems", wanted, slop)
        return self._spelled_out(field, wanted, slop)

    def _spelled_out(self, field: str, stems: list[tuple[int, str]], slop: int) -> TantivyQuery:
        """Stems in a field without stems: all words that have them."""
        words = [(at, self.variants(one)) for at, one in stems]
        if len(words) == 1:
            return match_any_of([self._term(field, word) for word in words[0][1]])
        if not all(some for _, some in words):
            return match_any_of([])
        patterns = [(at, "|".join(map(re.escape, some))) for at, some in words]
        return self._placed(field, patterns, slop, tantivy.Query.regex_phrase_query)

    def _placed(
        self,
        field: str,
        wanted: list[tuple[int, str]],
        slop: int,
        phrase: Callable[..., TantivyQuery] = tantivy.Query.phrase_query,
    ) -> TantivyQuery:
        """Words at their positions: one phrase query for each way to spread them, closest first,
        as Tantivy's own slop allows words in any order. Two words need few (see ``_windows``)."""
        if len(wanted) == 1:
            return self._term(field, wanted[0][1])
        if len(wanted) == 2:
            (first, word), (second, other) = wanted
            windows = _windows(slop, second == first + 1 and word != other)
            return match_any_of(
                [
                    phrase(self._schema, field, _spread(wanted, (more,)), slop=around)
                    for more, around in windows
                ]
            )
        most = min(
            _MOST_WAYS, max(_FEWEST_WAYS, MAX_DOCUMENTS_READ // max(1, self._searcher.num_docs))
        )
        ways = list(islice(_gap_ways(len(wanted) - 1, slop), most + 1))
        self.cut |= len(ways) > most
        spread = (_spread(wanted, gaps) for gaps in ways[:most])
        return match_any_of([phrase(self._schema, field, placed) for placed in spread])

    def _prefix(self, field: str, start: str) -> TantivyQuery:
        """All words that begin with ``start``; only the most frequent ones give a score."""
        words = [word for word, _ in self._searcher.terms_with_prefix(field, start)]
        scored = [self._term(field, word) for word in words[:SCORED_WORDS]]
        others = words[SCORED_WORDS:]
        if others:
            found = tantivy.Query.term_set_query(self._schema, field, others)
            scored.append(without_score(found))
        return match_any_of(scored)


def _spread(wanted: list[tuple[int, str]], gaps: tuple[int, ...]) -> list[tuple[int, str]]:
    """The words moved apart by ``gaps``, the first one at position 0."""
    moved = accumulate(gaps, initial=-wanted[0][0])
    return [(at + more, word) for (at, word), more in zip(wanted, moved, strict=True)]


def _windows(slop: int, is_pair: bool) -> list[tuple[int, int]]:
    """How two words can have up to ``slop`` more words between them, in Tantivy's terms: a distance
    and its tolerance in either direction.

    For two different adjacent words (``is_pair``) a tolerance of one more changes nothing: they
    cannot be at the same position.

    >>> _windows(4, False), _windows(3, False), _windows(3, True)
    ([(2, 2)], [(1, 1), (3, 0)], [(1, 2)])
    """
    half, odd = divmod(slop, 2)
    if odd and not is_pair:
        return [(half, half), (slop, 0)]
    return [(half, half + odd)]


def _gap_ways(gaps: int, slop: int) -> Iterator[tuple[int, ...]]:
    """The ways to distribute up to ``slop`` more words over ``gaps`` gaps, fewest words first.

    >>> list(_gap_ways(2, 1))
    [(0, 0), (0, 1), (1, 0)]
    """
    for more in range(slop + 1):
        for bars in combinations(range(more + gaps - 1), gaps - 1):
            edges = (-1, *bars, more + gaps - 1)
            yield tuple(after - before - 1 for before, after in pairwise(edges))


def _is_within(wish: Query, part: Query) -> bool:
    """Whether a wish is ``part``'s own word in one field, so that it matches no other document.

    The two can then be a disjunction, for which Tantivy skips most documents unread.
    """
    match wish, part:
        case Boost(Term(wished, _, exactly)), Term(word, (), exact):
            return (wished, exactly) == (word, exact)
        case _:
            return False


def _boosted(query: TantivyQuery, weight: float) -> TantivyQuery:
    return query if weight == 1 else tantivy.Query.boost_query(query, weight)


def without_score(query: TantivyQuery) -> TantivyQuery:
    """The query with a constant score of 0."""
    return tantivy.Query.const_score_query(query, 0.0)


def match_all_of(parts: list[TantivyQuery]) -> TantivyQuery:
    """Matches every part; without parts everything, with a score of 0."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return without_score(tantivy.Query.all_query())
    return tantivy.Query.boolean_query([(Occur.Must, part) for part in parts])


def match_any_of(parts: list[TantivyQuery]) -> TantivyQuery:
    """Matches any part; without parts nothing."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return tantivy.Query.empty_query()
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts])


def _at_least_some(parts: list[TantivyQuery], count: int) -> TantivyQuery:
    if count > len(parts):
        return tantivy.Query.empty_query()
    if count < 1:
        return _must_and_should(match_all_of([]), parts)
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts], count)


def _must_and_should(part: TantivyQuery, wishes: list[TantivyQuery]) -> TantivyQuery:
    added = [(Occur.Should, wish) for wish in wishes]
    return tantivy.Query.boolean_query([(Occur.Must, part), *added])


def match_all_but(part: TantivyQuery) -> TantivyQuery:
    """Everything but ``part``; Tantivy refuses to exclude from nothing."""
    return tantivy.Query.boolean_query([(Occur.Must, match_all_of([])), (Occur.MustNot, part)])
