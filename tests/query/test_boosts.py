from __future__ import annotations

import pytest

from imrsearch.query.boosts import TOGETHER_WISH, ranked
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    DisMax,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)

A, B, C = Term("a"), Term("b"), Term("c")


def test_words_are_wished_for_together() -> None:
    query = And((A, DisMax((B, Boost(Term("c"), 0.5)))))
    together = Boost(Phrase(("a", "b"), exact=False, slop=1), TOGETHER_WISH)
    assert ranked(query) == Boosted(query, (together,))


def test_what_is_left_out_or_bound_to_a_field_makes_no_wish() -> None:
    query = And((Not(A), Term("b", ("summary",)), FieldEquals("body", "knee")))
    assert ranked(query) == query


def pair(first: str, second: str) -> Boost:
    return Boost(Phrase((first, second), exact=False, slop=1), TOGETHER_WISH)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(MinShouldMatch((A, B, C), 2), id="most of the words"),
        pytest.param(And((Filtered(A, FieldEquals("body", "neck")), B, C)), id="a value beside"),
        pytest.param(And((Boosted(A, (C,)), B, C)), id="wishes of its own"),
        pytest.param(And((And((A, B)), C)), id="parts in parts"),
    ],
)
def test_neighbours_are_wished_for_in_the_order_typed(query: Query) -> None:
    assert ranked(query) == Boosted(query, (pair("a", "b"), pair("b", "c")))


def test_alternatives_have_no_order() -> None:
    """Nor has a single word; only the wishes that are given are left."""
    assert ranked(Or((A, B))) == Or((A, B))
    assert ranked(A) == A
    assert ranked(A, [B]) == Boosted(A, (B,))
    assert ranked(And((A, B)), [C]) == Boosted(And((A, B)), (pair("a", "b"), C))
