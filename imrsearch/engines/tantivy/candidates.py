"""What of a query is cheap to read: enough to find the candidates for its best documents."""

from __future__ import annotations

from collections.abc import Iterator

from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Range,
)


def without_pairs(query: Query) -> Query:
    """The query without its wishes for adjacent words; it matches the same documents."""
    match query:
        case Boosted(part, wishes):
            kept = tuple(without_pairs(wish) for wish in wishes if not is_pair(wish))
            return Boosted(without_pairs(part), kept)
        case And(parts):
            return And(tuple(map(without_pairs, parts)))
        case Or(parts):
            return Or(tuple(map(without_pairs, parts)))
        case DisMax(parts):
            return DisMax(tuple(map(without_pairs, parts)))
        case MinShouldMatch(parts, count):
            return MinShouldMatch(tuple(map(without_pairs, parts)), count)
        case Filtered(part, narrowing):
            return Filtered(without_pairs(part), narrowing)
        case _:
            return query


def required(query: Query) -> Iterator[Query]:
    """The values that every document must hold, and that score nothing."""
    match query:
        case And(parts):
            for part in parts:
                yield from required(part)
        case Boosted(part) | Filtered(part):
            yield from required(part)
        case FieldEquals() | FieldMissing() | Range():
            yield query


def is_pair(query: Query) -> bool:
    """Whether a wish is for adjacent words."""
    match query:
        case Boost(Phrase(_, (), exact=False)):
            return True
        case _:
            return False


def loosened(query: Query) -> Query:
    """The query with any of its parts for most of them, without what must not match and what
    narrows it: more documents match, and each that matches the query scores the same."""
    match query:
        case MinShouldMatch(parts, count) if 1 < count <= len(parts):
            return MinShouldMatch(parts, 1)
        case And(parts):
            kept = [loosened(part) for part in parts if not isinstance(part, Not)]
            return (And(tuple(kept)) if len(kept) > 1 else kept[0]) if kept else query
        case Boosted(part, wishes):
            return Boosted(loosened(part), wishes)
        case Filtered(part):
            return loosened(part)
        case _:
            return query
