"""Translates query trees into OpenSearch's query language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from imrsearch.engines.base import SCORED_WORDS, weighted_fields
from imrsearch.engines.opensearch.mapping import LONGEST_INDEXED_WORD, short
from imrsearch.engines.queries import sought, strip_scoring, with_parts
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
    walk,
)

SearchBody = dict[str, Any]
"""A query as OpenSearch is asked it."""

_EVERYTHING: SearchBody = {"bool": {"filter": [{"match_all": {}}]}}
"""Every document, with a score of 0."""
_MATCH_NONE: SearchBody = {"match_none": {}}
_SMALLEST, _LARGEST = -(1 << 31), (1 << 31) - 1


class RequestTranslation:
    """Translates query trees. ``score_factor``: what the points of words are multiplied by."""

    def __init__(self, score_factor: float = 1.0) -> None:
        self._factor = score_factor

    def __call__(self, query: Query) -> SearchBody:
        """The query translated."""
        match query:
            case Term() | Phrase() | Prefix():
                return _any_part(list(self._words(query)))
            case And(parts):
                without = [self(part.part) for part in parts if isinstance(part, Not)]
                musts = [self(part) for part in parts if not isinstance(part, Not)]
                return {"bool": {"must": musts or [_EVERYTHING], "must_not": without}}
            case Or(parts):
                return _any_part([self(part) for part in parts])
            case MinShouldMatch(parts, count):
                return _should_match([self(part) for part in parts], count)
            case DisMax(parts):
                best = [self(part) for part in parts]
                return {"dis_max": {"queries": best}} if best else _MATCH_NONE
            case Boost(part, weight):
                return {"bool": {"must": [self(part)], "boost": weight}}
            case ConstantScore(part, score):
                return {"constant_score": {"filter": self(part), "boost": score}}
            case Boosted(part, wishes):
                return _with_wishes(self(part), [self(wish) for wish in wishes])
            case Filtered(part, narrowing):
                return {"bool": {"must": [self(part)], "filter": [self(narrowing)]}}
            case Not(part):
                return {"bool": {**_EVERYTHING["bool"], "must_not": [self(part)]}}
            case _:
                return _value_query(query)

    def _words(self, leaf: Leaf) -> Iterator[SearchBody]:
        """A leaf's query in each of its fields."""
        if isinstance(leaf, Prefix):
            for field, weight in weighted_fields(leaf.fields):
                yield self._prefix(f"words.{field}", weight, leaf.start[:LONGEST_INDEXED_WORD])
            return
        found, exact, slop = sought(leaf)
        places = [(at, short(word)) for at, word in found]
        if not exact and not leaf.fields:
            yield _in_field("stems.all", places, slop, self._factor)
        elif places:
            form = "words" if exact else "stems"
            for field, weight in weighted_fields(leaf.fields):
                yield _in_field(f"{form}.{field}", places, slop, weight * self._factor)

    def _prefix(self, field: str, weight: float, start: str) -> SearchBody:
        """All words that begin so; only some of them give a score."""
        scored = {"value": start, "rewrite": f"top_terms_{SCORED_WORDS}"}
        return {
            "bool": {
                "filter": [{"prefix": {field: {"value": start}}}],
                "should": [{"prefix": {field: {**scored, "boost": weight * self._factor}}}],
            }
        }


def _in_field(
    field: str, places: Sequence[tuple[int, str]], slop: int, weight: float
) -> SearchBody:
    if len(places) == 1:
        return {"term": {field: {"value": places[0][1], "boost": weight}}}
    gaps = [after - before - 1 for (before, _), (after, _) in pairwise(places)]
    if slop == 0 and not any(gaps):
        text = " ".join(word for _, word in places)
        return {"match_phrase": {field: {"query": text, "boost": weight}}}
    clauses = [_span(field, places[0][1])]
    for gap, (_, word) in zip(gaps, places[1:], strict=True):
        clauses += [{"span_gap": {field: gap}}] * bool(gap) + [_span(field, word)]
    near = {"clauses": clauses, "slop": slop, "in_order": True, "boost": weight}
    return {"span_near": near}


def _span(field: str, word: str) -> SearchBody:
    return {"span_term": {field: {"value": word}}}


def _value_query(query: MatchAll | MatchNone | FieldEquals | FieldMissing | Range) -> SearchBody:
    """A leaf without words; its score is 0. No document has a value in a field that is not mapped,
    such as the value of a number."""
    match query:
        case MatchAll():
            return _EVERYTHING
        case MatchNone():
            return _MATCH_NONE
        case FieldEquals(field, value):
            return {"bool": {"filter": [{"term": {f"values.{field}": {"value": value}}}]}}
        case FieldMissing(field):
            return {"bool": {**_EVERYTHING["bool"], "must_not": [_exists(f"values.{field}")]}}
        case Range(field, low, high):
            return _range_query(f"numbers.{field}", low, high)


def _exists(field: str) -> SearchBody:
    return {"exists": {"field": field}}


def _range_query(field: str, low: int | None, high: int | None) -> SearchBody:
    if low is not None and high is not None and low > high:
        return _MATCH_NONE
    ends = {"gte": low, "lte": high}
    within = {
        end: max(_SMALLEST, min(number, _LARGEST))
        for end, number in ends.items()
        if number is not None
    }
    return {"bool": {"filter": [{"range": {field: within}} if within else _exists(field)]}}


def _any_part(parts: list[SearchBody]) -> SearchBody:
    return parts[0] if len(parts) == 1 else _should_match(parts, 1)


def _should_match(parts: list[SearchBody], count: int) -> SearchBody:
    if count > len(parts):
        return _MATCH_NONE
    if count < 1:
        return _with_wishes(_EVERYTHING, parts)
    return {"bool": {"should": parts, "minimum_should_match": count}}


def _with_wishes(part: SearchBody, wishes: list[SearchBody]) -> SearchBody:
    return {"bool": {"must": [part], "should": wishes}}


def without_words(query: Query) -> Query:
    """The query once its time is over: words that were not read count as absent, and what they
    would have excluded is not found."""

    def change(part: Query) -> Query:
        if isinstance(part, Leaf) or (isinstance(part, Not) and has_words(part)):
            return MatchNone()
        return with_parts(part, change)

    return change(strip_scoring(query))


def has_words(query: Query) -> bool:
    """Whether words are looked for anywhere in the query."""
    return any(
        isinstance(node, Leaf) or (isinstance(node, Filtered) and has_words(node.filter))
        for node in walk(query, wishes=True, negated=True)
    )
