from __future__ import annotations

import pytest

from imrsearch.query.relax import KEY_WORDS, relaxed
from imrsearch.query.tree import (
    And,
    Boosted,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Not,
    Phrase,
    Query,
    Term,
)

A, B, C, D, E = (Term(letter) for letter in "abcde")
QUOTED = Phrase(("a", "b"))
MRI = Filtered(Term("mri"), FieldEquals("disputes", "MRI"))


@pytest.mark.parametrize(
    ("query", "text", "loose"),
    [
        pytest.param(A, "a?", A, id="one word"),
        pytest.param(And((A, B, C)), "a b c", And((A, B, C)), id="short: all"),
        pytest.param(
            And((A, B, C, D, E)), "a b c d e", MinShouldMatch((A, B, C, D, E), 3), id="long: most"
        ),
        pytest.param(And((A, B, C)), "a b c?", MinShouldMatch((A, B, C), 2), id="question: most"),
        pytest.param(
            And((A, Term("patient"), B)), "a patient b", And((A, B)), id="fillers are not asked for"
        ),
        pytest.param(
            And((Term("patient"), Term("request"))),
            "patient request",
            And((Term("patient"), Term("request"))),
            id="nothing but fillers: they are",
        ),
        pytest.param(
            And((A, Not(B), C, D, FieldEquals("body", "knee"))),
            "a -b c d body:knee?",
            And((Not(B), FieldEquals("body", "knee"), MinShouldMatch((A, C, D), 2))),
            id="what is left out or a value stays firm",
        ),
        pytest.param(
            And((QUOTED, A, B, C)),
            '"a b" a b c?',
            And((QUOTED, MinShouldMatch((A, B, C), 2))),
            id="what is quoted stays firm",
        ),
        pytest.param(
            And((MRI, A, B)),
            "mri a b?",
            And((MRI, MinShouldMatch((A, B), 1))),
            id="the treatment stays",
        ),
        pytest.param(And((MRI, A)), "mri a?", Boosted(MRI, (A,)), id="a treatment alone is enough"),
    ],
)
def test_how_much_must_match(query: Query, text: str, loose: Query) -> None:
    assert relaxed(query, text, "", None).query == loose


def test_all_words_where_all_are_asked_for() -> None:
    query = And((A, B, C, D, E))
    assert relaxed(query, "a b c d e?", "all", None).query == query


def test_most_words_are_told() -> None:
    loose = relaxed(And((A, B, C)), "a b c", "most", None)
    assert loose.most
    assert loose.note
    assert loose.note.code == "most-words"


def test_the_rarer_words_of_a_paragraph_are_its_key_words() -> None:
    terms = [Term(f"word{number}") for number in range(30)]
    rarity: dict[Query, int] = {term: number for number, term in enumerate(terms)}
    loose = relaxed(And((MRI, *terms)), "…", "", lambda part: rarity.get(part, 0))
    assert loose.query == MinShouldMatch((MRI, *terms[1 : KEY_WORDS + 1]), (KEY_WORDS + 1) // 3)
    assert loose.note
    assert loose.note.code == "key-words"
