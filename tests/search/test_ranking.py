from __future__ import annotations

from imrsearch.engines.base import (
    And,
    Best,
    Not,
    Phrase,
    Prefer,
    Term,
    Value,
    Weighted,
)
from imrsearch.query.boosts import SERVICE_WISH, TOGETHER_WISH, ranked

A, B = Term("a"), Term("b")


def in_service(word: str) -> Weighted:
    return Weighted(Term(word, ("service",)), SERVICE_WISH)


def test_words_are_wished_for_in_the_service_and_together() -> None:
    query = And((A, Best((B, Weighted(Term("c"), 0.5)))))
    together = Weighted(Phrase(("a", "b"), exact=False, slop=1), TOGETHER_WISH)
    assert ranked(query) == Prefer(query, (in_service("a"), in_service("b"), together))


def test_what_is_left_out_or_bound_to_a_field_makes_no_wish() -> None:
    query = And((Not(A), Term("b", ("summary",)), Value("body", "knee")))
    assert ranked(query) == query
