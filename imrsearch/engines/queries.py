"""What every engine asks of a query: what of it scores, and where the words of a phrase stand."""

from __future__ import annotations

from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    Filtered,
    Leaf,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    walk,
)
from imrsearch.text.words import is_stop_word

BY_SCORE = ("relevance", "overturned")
"""The sorts that depend on relevance."""


def phrase_positions(phrase: Phrase) -> tuple[bool, list[tuple[int, str]]]:
    """Whether a phrase is matched exactly, and its words with their positions.

    Stop words of a stemmed phrase match any word: "range of motion" also finds "range in motion".
    A phrase of stop words only is matched exactly.
    """
    exact = phrase.exact or all(map(is_stop_word, phrase.words))
    places = enumerate(phrase.words)
    return exact, [(at, word) for at, word in places if exact or not is_stop_word(word)]


def strip_scoring(query: Query) -> Query:
    """The query without its parts that only rank; it matches the same documents."""
    match query:
        case And(parts):
            return And(tuple(map(strip_scoring, parts)))
        case Or(parts) | DisMax(parts):
            return Or(tuple(map(strip_scoring, parts)))
        case MinShouldMatch(parts, count):
            return MinShouldMatch(tuple(map(strip_scoring, parts)), count)
        case Not(part):
            return Not(strip_scoring(part))
        case Filtered(part, narrowing):
            return And((strip_scoring(part), strip_scoring(narrowing)))
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return strip_scoring(part)
        case _:
            return query


def is_scored(query: Query) -> bool:
    """Whether any part of the query gives a score."""
    return any(isinstance(node, Leaf | ConstantScore) for node in walk(query, wishes=True))
