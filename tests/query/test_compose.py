"""Words as leaves of a query, leaves put together, and the wishes for neighbours."""

from __future__ import annotations

import pytest

from imrsearch.query.compose import (
    TOGETHER_WISH,
    all_of,
    any_of,
    as_name,
    as_typed,
    named_phrases,
    near,
    ranked,
)
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    DisMax,
    FieldEquals,
    Filtered,
    MatchAll,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)

A, B, C = Term("alpha"), Term("beta"), Term("gamma")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("Alpha", A, id="a word"),
        pytest.param("alpha beta", And((A, B)), id="words"),
        pytest.param("x-ray", Phrase(("x", "ray"), exact=False), id="joined by a hyphen"),
        pytest.param("EMG/NCV", And((Term("emg"), Term("ncv"))), id="two words by a slash"),
        pytest.param("alpha,beta;gamma", And((A, B, C)), id="by commas"),
        pytest.param("L4/5", Phrase(("l4", "5"), exact=False), id="a level stays together"),
        pytest.param("the alpha of", A, id="common words say nothing"),
        pytest.param("state-of-the-art", Phrase(("state", "of", "the", "art")), id="but in one"),
        pytest.param("the of", None, id="nothing but common words"),
        pytest.param("... !", None, id="nothing but marks"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_text_as_typed(text: str, query: Query | None) -> None:
    assert as_typed(text) == query


def test_common_words_count_where_they_are_asked_for() -> None:
    """They stand for themselves, not for words of the same stem."""
    assert as_typed("the alpha", keep_stop_words=True) == And((Term("the", exact=True), A))


def test_words_are_looked_for_in_their_fields() -> None:
    assert as_typed("alpha x-ray", ("service",)) == And(
        (Term("alpha", ("service",)), Phrase(("x", "ray"), ("service",), exact=False))
    )


def test_a_name_is_its_words_one_after_the_other() -> None:
    assert as_name("alpha") == A
    assert as_name("Alpha of beta") == Phrase(("alpha", "of", "beta"), exact=False)
    assert as_name("alpha", ("service",)) == Term("alpha", ("service",))


@pytest.mark.parametrize(
    ("parts", "query"),
    [
        pytest.param([A, None, B], And((A, B)), id="those that are there"),
        pytest.param([And((A, B)), C], And((A, B, C)), id="flat"),
        pytest.param([Or((A, B)), C], And((Or((A, B)), C)), id="alternatives stay"),
        pytest.param([MatchAll(), A], A, id="everything says nothing beside a word"),
        pytest.param([A], A, id="one"),
        pytest.param([Not(A)], Not(A), id="one left out"),
        pytest.param([Not(A), Not(B)], And((MatchAll(), Not(A), Not(B))), id="out of everything"),
        pytest.param([Not(A), B], And((Not(A), B)), id="out of something"),
        pytest.param([None, MatchAll()], None, id="none"),
    ],
)
def test_all_of_some_parts(parts: list[Query | None], query: Query | None) -> None:
    assert all_of(parts) == query


@pytest.mark.parametrize(
    ("parts", "query"),
    [
        pytest.param([A, None, B], Or((A, B)), id="those that are there"),
        pytest.param([Or((A, B)), C], Or((A, B, C)), id="flat"),
        pytest.param([And((A, B)), C], Or((And((A, B)), C)), id="words together stay"),
        pytest.param([A, Not(B)], Or((A, And((MatchAll(), Not(B))))), id="all but one"),
        pytest.param([Not(B)], Not(B), id="one"),
        pytest.param([None], None, id="none"),
    ],
)
def test_any_of_some_parts(parts: list[Query | None], query: Query | None) -> None:
    assert any_of(parts) == query


@pytest.mark.parametrize(
    ("left", "right", "orders"),
    [
        pytest.param(A, B, (("alpha", "beta"), ("beta", "alpha")), id="words"),
        pytest.param(
            Phrase(("alpha", "beta")),
            C,
            (("alpha", "beta", "gamma"), ("gamma", "alpha", "beta")),
            id="a phrase stays in its order",
        ),
    ],
)
def test_nearness_has_no_order(
    left: Query, right: Query, orders: tuple[tuple[str, ...], ...]
) -> None:
    assert near(left, right, 5) == Or(tuple(Phrase(order, exact=False, slop=5) for order in orders))


def test_nearness_stays_in_the_field_of_the_first() -> None:
    fields = ("rationale",)
    found = near(Term("alpha", fields), B, 2)
    assert isinstance(found, Or)
    assert {leaf.fields for leaf in found.parts if isinstance(leaf, Phrase)} == {fields}


@pytest.mark.parametrize(("left", "right"), [(And((A, B)), C), (A, Or((B, C)))])
def test_only_words_have_neighbours(left: Query, right: Query) -> None:
    assert near(left, right, 5) is None
    assert near(FieldEquals("body", "neck"), A, 5) is None


def test_the_names_of_several_words_are_told_once() -> None:
    found = list(named_phrases())
    assert len(found) == len(set(found))
    assert {as_name("low back"), as_name("Physical therapy")} <= set(found)
    assert min(len(name.words) for name in found) == 2


def pair(first: str, second: str) -> Boost:
    return Boost(Phrase((first, second), exact=False, slop=1), TOGETHER_WISH)


def test_words_are_wished_for_together() -> None:
    query = And((A, DisMax((B, Boost(C, 0.5)))))
    assert ranked(query) == Boosted(query, (pair("alpha", "beta"),))


def test_what_is_left_out_or_bound_to_a_field_makes_no_wish() -> None:
    query = And((Not(A), Term("beta", ("summary",)), FieldEquals("body", "knee")))
    assert ranked(query) == query


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
    assert ranked(query) == Boosted(query, (pair("alpha", "beta"), pair("beta", "gamma")))


def test_alternatives_have_no_order() -> None:
    """Nor has a single word; only the wishes that are given are left."""
    assert ranked(Or((A, B))) == Or((A, B))
    assert ranked(A) == A
    assert ranked(A, [B]) == Boosted(A, (B,))
    assert ranked(And((A, B)), [C]) == Boosted(And((A, B)), (pair("alpha", "beta"), C))
