"""One walker for all: nothing of a query is passed over by accident."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

from imrsearch.query.tree import (
    And,
    Boosted,
    ConstantScore,
    FieldEquals,
    MatchAll,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    children,
    positive_leaves,
    walk,
)

A, B, C = Term("a"), Phrase(("b", "c")), Prefix("d")
PLAIN = {"str": "x", "tuple[str, ...]": ("x",), "bool": False, "int": 1, "float": 1.0}
INNER = {"Query": A, "tuple[Query, ...]": (A, B)}


@pytest.mark.parametrize("kind", get_args(Query))
def test_children_are_all_the_queries_that_a_node_holds(kind: type[Query]) -> None:
    """Also those of a kind of node that is yet to be written."""
    values = {one.name: {**PLAIN, **INNER}.get(str(one.type)) for one in fields(kind)}
    held = [values[one.name] for one in fields(kind) if str(one.type) in INNER]
    expected = [query for some in held for query in (some if isinstance(some, tuple) else [some])]
    assert list(children(kind(**values))) == expected  # type: ignore[arg-type]


QUERY = And((A, Not(B), Boosted(Or((C, A)), (ConstantScore(FieldEquals("f", "v"), 1.0),))))


def test_a_node_comes_before_its_parts() -> None:
    found = list(walk(QUERY, wishes=True, negated=True))
    assert found[0] is QUERY
    assert all(
        found.index(node) < found.index(part, found.index(node))
        for node in found
        for part in children(node)
    )
    assert {A, B, C, FieldEquals("f", "v")} <= set(found)


def test_wishes_and_what_must_not_match_are_left_out() -> None:
    assert B not in walk(QUERY)
    assert FieldEquals("f", "v") not in walk(QUERY)
    assert FieldEquals("f", "v") in walk(QUERY, wishes=True)
    assert B in walk(QUERY, negated=True)


def test_words_are_told_once() -> None:
    assert positive_leaves(QUERY) == (A, C)
    assert positive_leaves(MatchAll()) == ()
