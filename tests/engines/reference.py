"""The contract in plain Python, one document at a time: what every engine must agree with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from imrsearch.engines.base import SearchRequest
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
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
from imrsearch.schema import TEXT_FIELDS, FacetCount, IssueDocument
from imrsearch.text.words import is_stop_word, stem, words


def matches(document: IssueDocument, query: Query) -> bool:
    match query:
        case MatchAll():
            return True
        case MatchNone():
            return False
        case Term(word, fields, exact):
            return any(any(map(stands_for(word, exact), text)) for text in _texts(document, fields))
        case Prefix(start, fields):
            return any(word.startswith(start) for text in _texts(document, fields) for word in text)
        case Phrase(_, fields):
            return any(_holds_phrase(text, query) for text in _texts(document, fields))
        case FieldEquals(field, value):
            return value in document.values.get(field, ())
        case FieldMissing(field):
            return not document.values.get(field)
        case Range(field, low, high):
            number = document.numbers.get(field)
            return number is not None and (
                (low is None or number >= low) and (high is None or number <= high)
            )
        case And(parts):
            return all(matches(document, part) for part in parts)
        case Or(parts) | DisMax(parts):
            return any(matches(document, part) for part in parts)
        case MinShouldMatch(parts, count):
            return sum(matches(document, part) for part in parts) >= count
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return matches(document, part)
        case Filtered(part, narrowing):
            return matches(document, part) and matches(document, narrowing)
        case Not(part):
            return not matches(document, part)


def stands_for(searched: str, exact: bool) -> Callable[[str], bool]:
    """Whether a word of a text is what was searched for."""
    if exact or is_stop_word(searched):
        return lambda word: word == searched
    return lambda word: not is_stop_word(word) and stem(word) == stem(searched)


def _texts(document: IssueDocument, fields: Sequence[str]) -> list[list[str]]:
    return [words(document.texts.get(field, "")) for field in fields or TEXT_FIELDS]


def _holds_phrase(text: list[str], phrase: Phrase) -> bool:
    exact = phrase.exact or all(map(is_stop_word, phrase.words))
    slots = [
        (offset, stands_for(word, exact))
        for offset, word in enumerate(phrase.words)
        if exact or not is_stop_word(word)
    ]

    def holds(slot: int, after: int, slack: int) -> bool:
        """Whether the phrase goes on from ``after``, where the slot before was found."""
        if slot == len(slots):
            return True
        nearest = after + slots[slot][0] - slots[slot - 1][0]
        return any(
            slots[slot][1](text[place]) and holds(slot + 1, place, slack - (place - nearest))
            for place in range(nearest, min(nearest + slack + 1, len(text)))
        )

    return bool(slots) and any(
        slots[0][1](word) and holds(1, place, phrase.slop) for place, word in enumerate(text)
    )


def matching(
    documents: Sequence[IssueDocument], request: SearchRequest, without: str | None = None
) -> list[IssueDocument]:
    """The documents of the answer, in the order given; ``without`` the filters of a facet."""
    filters = [part.query for part in request.filters if part.facet != without]
    return [
        document
        for document in documents
        if matches(document, request.query) and all(matches(document, part) for part in filters)
    ]


def table(
    documents: Sequence[IssueDocument], request: SearchRequest, facet: str
) -> tuple[FacetCount, ...]:
    counts: Counter[str | None] = Counter()
    overturned: Counter[str | None] = Counter()
    for document in matching(documents, request, without=facet):
        held: set[str | None] = set(document.values.get(facet, ()))
        for value in held or {None}:
            counts[value] += 1
            overturned[value] += is_overturned(document)
    rows = [FacetCount(value, count, overturned[value]) for value, count in counts.items()]
    return tuple(sorted(rows, key=lambda row: (row.value is None, -row.count, row.value or "")))


def is_overturned(document: IssueDocument) -> bool:
    return "overturned" in document.values.get("decision", ())


def in_order(documents: Sequence[IssueDocument], sort: str) -> list[IssueDocument]:
    """The documents by date; ``sorted`` keeps the order of what is equal."""

    def key(document: IssueDocument) -> tuple[bool, int]:
        decided = document.numbers.get("decided")
        return decided is None, (decided or 0) * (-1 if sort == "newest" else 1)

    return sorted(documents, key=key)
