"""What is close to a search: some of its words, a mention, the class of its treatment."""

from __future__ import annotations

import pytest

from imrsearch.query.close import asked_for, classes_in, close_to
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
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

GYM, POOL = Term("gym"), Term("pool")
NORCO = Filtered(Term("norco"), FieldEquals("disputes", "hydrocodone/acetaminophen"))
OPIOIDS = ConstantScore(FieldEquals("subcategory", "Pharmaceuticals > Opioids"), 4.0)
UPHELD = FieldEquals("decision", "upheld")
PAGE = Or((FieldEquals("cites", "mtus-chronic-pain:58"),))


def some(*parts: Query) -> MinShouldMatch:
    return MinShouldMatch(parts, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(And((GYM, POOL)), And((some(GYM, POOL),)), id="any of the words"),
        pytest.param(
            And((GYM, UPHELD, Not(POOL))),
            And((UPHELD, Not(POOL), some(GYM))),
            id="typed values, and what is left out, still hold",
        ),
        pytest.param(MinShouldMatch((GYM, POOL), 2), And((some(GYM, POOL),)), id="most words"),
        pytest.param(
            And((NORCO, GYM)),
            And((some(Term("norco"), GYM, OPIOIDS),)),
            id="a treatment: where it is only mentioned, and its class",
        ),
        pytest.param(
            Phrase(("red", "flags")),
            And(
                (
                    some(
                        Or(
                            (
                                Phrase(("red", "flags"), exact=False),
                                Boost(Term("red"), 0.5),
                                Boost(Term("flags"), 0.5),
                            )
                        )
                    ),
                )
            ),
            id="quoted words in other forms and places",
        ),
        pytest.param(
            Boosted(And((UPHELD,)), (GYM,)), And((UPHELD, some(GYM))), id="words that only rank"
        ),
        pytest.param(And((GYM, PAGE)), And((PAGE, some(GYM))), id="a typed citation holds"),
    ],
)
def test_close_to(query: Query, expected: And) -> None:
    assert close_to(query) == And((*expected.parts, Not(query)))


def test_a_citation_read_from_words_is_given_up_too() -> None:
    query = And((GYM, PAGE))
    found = close_to(query, cited_in_words=True)
    assert found == And((some(GYM, ConstantScore(PAGE, 6.0)), Not(query)))


@pytest.mark.parametrize("query", [MatchAll(), UPHELD, Not(GYM)])
def test_nothing_to_give_up(query: Query) -> None:
    assert close_to(query) is None


def test_what_is_asked_for_one_by_one() -> None:
    assert asked_for(And((NORCO, GYM, UPHELD))) == (Term("norco"), GYM)
    assert classes_in(And((NORCO, GYM))) == ("Pharmaceuticals > Opioids",)
