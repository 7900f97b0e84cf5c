from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imrsearch.query.format import MOST_SHOWN, printed, read_as
from imrsearch.query.lexer import QueryLimits
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
        pytest.param(
            "service:alpha -beta", "service:alpha AND NOT beta, in all text", id="left out"
        ),
    ],
)
def test_a_search_is_told_in_one_line(text: str, line: str) -> None:
    assert read(text).read_as == line


@example("body:chiro*back")  # the back, which issues have as the low back
@given(LANGUAGE | st.text())
def test_what_is_printed_reads_back_as_the_same_tree(text: str) -> None:
    query = read(text, QueryLimits(chars=10_000, words=1_000)).query
    again = read(printed(query), QueryLimits(chars=100_000, words=10_000))
    assert again.query == query


def phrase(*words: str) -> Phrase:
    return Phrase(words, exact=False)


MRI = Filtered(
    Boosted(DisMax((Term("mri"), phrase("magnetic", "imaging"))), (Term("wish"),)),
    FieldEquals("disputes", "MRI"),
)
KNEE = Filtered(phrase("left", "knee"), FieldEquals("body", "knee"), "body")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        pytest.param(MatchAll(), "all issues", id="everything"),
        pytest.param(MRI, "disputed (mri or “magnetic imaging”)", id="what is in dispute"),
        pytest.param(And((MRI, KNEE)), None, id="its body part beside it"),
        pytest.param(
            And((MRI, Term("pain"))),
            "disputed (mri or “magnetic imaging”) AND pain, in all text",
            id="a word beside it",
        ),
        pytest.param(
            And((MRI, Term("pain", ("service",)))),
            "disputed (mri or “magnetic imaging”) AND service:pain",
            id="a word of a field",
        ),
    ],
)
def test_only_plain_words_are_read_in_all_text(query: Query, line: str | None) -> None:
    """What an issue must dispute, or be about, says by itself where it is looked for."""
    both = "disputed (mri or “magnetic imaging”) AND body part (left-knee)"
    assert read_as(query) == (line or both)


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
        pytest.param(FieldMissing("body"), "body:~unknown", id="no value"),
        pytest.param(FieldEquals("cites", "odg-knee:5"), "cites:odg-knee:5", id="a plain value"),
        pytest.param(FieldEquals("body", "-neck"), 'body:"-neck"', id="a value of other marks"),
        pytest.param(Prefix("chiro", ("service",)), "service:chiro*", id="a beginning of a field"),
        pytest.param(Term("alpha", exact=True), '"alpha"', id="an exact word"),
        pytest.param(phrase("x", "ray"), "x-ray", id="stems side by side"),
        pytest.param(Phrase(("a", "b"), slop=5), '"a b"~5', id="words apart"),
        pytest.param(
            And((MatchAll(), Not(Term("a")), Not(Term("b")))), "NOT a AND NOT b", id="all but two"
        ),
        pytest.param(
            Or((And((Term("a"), Term("b"))), Boost(Or((Term("c"), Term("d"))), 2.0))),
            "(a AND b) OR (c OR d)",
            id="weights group nothing",
        ),
        pytest.param(
            And((MinShouldMatch((Term("a"), Term("b")), 1), Term("c"))), "(a b) AND c", id="most"
        ),
        pytest.param(And((MRI, KNEE)), "mri AND left-knee", id="one name of each thing"),
        pytest.param(
            Or((Filtered(And((Term("low"), Term("back"))), FieldEquals("body", "x")), Term("c"))),
            "(low back) OR c",
            id="the words of a name, without an operator",
        ),
        pytest.param(
            Or((DisMax((And((Term("low"), Term("back"))), Term("lumbar"))), Term("c"))),
            "(low back) OR c",
            id="the words of one name of several",
        ),
        pytest.param(ConstantScore(Term("a"), 2.0), "a", id="scores are not told"),
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
            Or(tuple(FieldEquals("body", letter) for letter in "abcd")),
            "body:a OR body:b OR body:c OR body:d",
            id="four values",
        ),
        pytest.param(
            Or(tuple(FieldEquals("body", letter) for letter in "abcdef")),
            "body:a OR body:b OR body:c OR body:d OR 2 more",
            id="more values",
        ),
        pytest.param(
            DisMax((And((Term("a"), phrase("b", "c"))), Phrase(("d", "e"), ("service",)))),
            "a “b c” or service:“d e”",
            id="names of several words",
        ),
        pytest.param(DisMax((Term("a"), Phrase(("b", "c"), slop=2))), 'a or "b c"~2', id="apart"),
        pytest.param(
            Not(Filtered(phrase("a", "b"), FieldEquals("body", "x"), "body")),
            "NOT body part (a-b)",
            id="in parentheses once",
        ),
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
