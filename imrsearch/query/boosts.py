"""Ranking: wishes added to a query, which raise scores without changing the total.

Adjacent words count more than words apart. Treatments and body parts have separate wishes
(``imrsearch.query.recognize_concepts``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    DisMax,
    Filtered,
    MinShouldMatch,
    Phrase,
    Query,
    Term,
)

TOGETHER_WISH = 0.2
"""Score of two words next to each other as typed."""
_TOGETHER = 1
"""Most other words between them."""


def ranked(query: Query, others: Sequence[Query] = ()) -> Query:
    """``query`` with the wishes for its words, and ``others``."""
    typed = list(_typed_terms(query))
    pairs = (Phrase((a.word, b.word), exact=False, slop=_TOGETHER) for a, b in pairwise(typed))
    wishes = [*(Boost(pair, TOGETHER_WISH) for pair in pairs), *others]
    return Boosted(query, tuple(wishes)) if wishes else query


def _typed_terms(query: Query) -> Iterator[Term]:
    """The words typed without a field, in order."""
    match query:
        case Term(_, ()):
            yield query
        case And(parts) | MinShouldMatch(parts):
            for part in parts:
                yield from _typed_terms(part)
        case DisMax(parts):
            yield from _typed_terms(parts[0])
        case Boosted(part) | Filtered(part):
            yield from _typed_terms(part)
