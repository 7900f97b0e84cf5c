from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.format import MOST_SHOWN, printed
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.tree import (
    And,
    Boost,
    ConstantScore,
    DisMax,
    FieldEquals,
    Filtered,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Term,
)
from tests.query.words import LANGUAGE, read


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "all issues"),
        ("alpha beta", "alpha AND beta, in all text"),
        ('alpha (beta OR "gamma ray")', 'alpha AND (beta OR "gamma ray"), in all text'),
        ("decision:denied service:chiro*", "decision:upheld AND service:chiro*"),
        ("decision:denied x-ray", "decision:upheld AND x-ray, in all text"),
        ("-alpha", "NOT alpha, in all text"),
        ("body:back", 'body:"low back" OR body:"upper back"'),
        pytest.param(
            "treatment:brace",
            'treatment:"Brace A" OR treatment:"Brace B" OR treatment:"Brace C"'
            ' OR treatment:"Brace D" OR 2 more',
            id="a value that stands for many",
        ),
        ("year:2014.. -year:2016", "year:2014.. AND NOT year:2016"),
    ],
)
def test_read_as(text: str, line: str) -> None:
    assert read(text).read_as == line


@given(LANGUAGE | st.text())
def test_what_is_printed_reads_back_as_the_same_tree(text: str) -> None:
    query = read(text, QueryLimits(chars=10_000, words=1_000)).query
    again = read(printed(query), QueryLimits(chars=100_000, words=10_000))
    assert again.query == query


def phrase(*words: str) -> Phrase:
    return Phrase(words, exact=False)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param(MatchNone(), "()", id="nothing"),
        pytest.param(Range("decided", 20161201, 20170131), "decided:2016-12..2017-01", id="months"),
        pytest.param(Range("decided", 20161201, 20161231), "decided:2016-12", id="one month"),
        pytest.param(Range("age", None, 50), "age:..50", id="no lower end"),
        pytest.param(Range("age", 50, 50), "age:50", id="a number"),
        pytest.param(Range("age", None, None), "age:..", id="any number"),
        pytest.param(FieldEquals("body", 'low "back"'), 'body:"low  back "', id="a quotation mark"),
        pytest.param(MinShouldMatch((Term("a"), Term("b")), 1), "a b", id="some words"),
        pytest.param(DisMax((Term("esi"), phrase("a", "b"))), "esi", id="only what was typed"),
        pytest.param(Not(Or((Term("a"), Term("b")))), "NOT (a OR b)", id="grouped"),
    ],
)
def test_printed_to_be_read_again(query: Query, text: str) -> None:
    assert printed(query) == text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        pytest.param(
            MinShouldMatch((Term("a"), Term("b"), Term("c")), 2), "2 of: a, b, c", id="some words"
        ),
        pytest.param(
            DisMax((Term("esi"), Boost(phrase("epidural", "injection"), 0.5))),
            "esi or “epidural injection”",
            id="other names",
        ),
        pytest.param(
            DisMax(tuple(map(Term, "abcde"))), "a or b or c or d or e", id="four names beside it"
        ),
        pytest.param(
            DisMax(tuple(map(Term, "abcdefg"))), "a or b or c or d or e or 2 more", id="more names"
        ),
        pytest.param(
            And((DisMax((Term("a"), Term("b"))), Term("c"))), "(a or b) AND c", id="grouped"
        ),
        pytest.param(Or(tuple(map(Term, "abcdef"))), "a OR b OR c OR d OR e OR f", id="words"),
        pytest.param(
            Filtered(
                DisMax((Term("mri"), ConstantScore(FieldEquals("disputes", "MRI"), 1.0))),
                FieldEquals("disputes", "MRI"),
            ),
            "disputed (mri)",
            id="the value goes without saying",
        ),
    ],
)
def test_printed_for_people(query: Query, text: str) -> None:
    assert printed(query, MOST_SHOWN) == text
