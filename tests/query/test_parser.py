from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.lexer import QueryLimits
from imrsearch.query.tree import (
    And,
    FieldEquals,
    FieldMissing,
    MatchAll,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    positive_leaves,
)
from tests.processor_time import processor_seconds
from tests.query.words import LANGUAGE, read

A, B, C = Term("alpha"), Term("beta"), Term("gamma")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("", MatchAll(), id="nothing typed"),
        pytest.param("Alpha", A, id="one word, lower case"),
        pytest.param("alpha beta", And((A, B)), id="all words"),
        pytest.param("alpha AND beta", And((A, B)), id="AND said"),
        pytest.param("alpha OR beta", Or((A, B)), id="any word"),
        pytest.param("alpha beta OR gamma", And((A, Or((B, C)))), id="OR binds its neighbours"),
        pytest.param("alpha AND beta OR gamma", Or((And((A, B)), C)), id="AND binds before OR"),
        pytest.param("(alpha beta) OR gamma", Or((And((A, B)), C)), id="parentheses"),
        pytest.param("alpha NOT beta", And((A, Not(B))), id="NOT"),
        pytest.param("alpha -beta", And((A, Not(B))), id="minus"),
        pytest.param("alpha -(beta gamma)", And((A, Not(And((B, C))))), id="minus before a group"),
        pytest.param("-alpha", Not(A), id="only left out"),
        pytest.param("-alpha -beta", And((MatchAll(), Not(A), Not(B))), id="two left out"),
        pytest.param("alpha OR -beta", Or((A, And((MatchAll(), Not(B))))), id="OR NOT"),
        pytest.param("NOT NOT alpha", Not(A), id="NOT twice is still NOT"),
        pytest.param("and alpha or beta", And((A, B)), id="operators are upper case"),
        pytest.param(
            '"it was not alpha"', Phrase(("it", "was", "not", "alpha")), id="stop words kept"
        ),
        pytest.param('"alpha"', Term("alpha", exact=True), id="one exact word"),
        pytest.param('"alpha beta"~5', Phrase(("alpha", "beta"), slop=5), id="proximity"),
        pytest.param("“alpha beta”", Phrase(("alpha", "beta")), id="smart quotes of a phone"),
        pytest.param("alpha – beta", And((A, B)), id="a lone dash is punctuation"),
        pytest.param("–alpha", Not(A), id="a typographic minus"),
        pytest.param("the alpha of beta", And((A, B)), id="stop words dropped"),
        pytest.param("not alpha", And((Term("not"), A)), id="lower-case not is a word"),
        pytest.param("L4-5", Phrase(("l4", "5"), exact=False), id="spine level"),
        pytest.param("x–ray", Phrase(("x", "ray"), exact=False), id="hyphenated word, en dash"),
        pytest.param(
            "state-of-the-art", Phrase(("state", "of", "the", "art")), id="stop words inside"
        ),
        pytest.param("50mg", Phrase(("50", "mg"), exact=False), id="number and unit"),
        pytest.param("EMG/NCV", And((Term("emg"), Term("ncv"))), id="slash: both words"),
        pytest.param("alpha,beta", And((A, B)), id="comma without a blank"),
        pytest.param("L4/5", Phrase(("l4", "5"), exact=False), id="slash before a number"),
        pytest.param("11/14/16", Phrase(("11", "14", "16"), exact=False), id="a date"),
        pytest.param("1,000", Term("1,000"), id="comma inside a number"),
        pytest.param("§ 9792.24 ¶", Term("9792.24"), id="section sign"),
        pytest.param("alpha?", A, id="a question's end"),
        pytest.param("chiro*", Prefix("chiro"), id="beginning of a word"),
        pytest.param("Chiro*,", Prefix("chiro"), id="beginning with a comma after it"),
        pytest.param(
            "service:chiropractic*", Prefix("chiropractic", ("service",)), id="field, prefix"
        ),
        pytest.param("Rationale:alpha", Term("alpha", ("rationale",)), id="field in any case"),
        pytest.param(
            'summary:"alpha beta"', Phrase(("alpha", "beta"), ("summary",)), id="field, phrase"
        ),
        pytest.param("service: alpha", And((Term("service"), A)), id="a heading is no field"),
        pytest.param(
            "service:(alpha OR beta)",
            Or((Term("alpha", ("service",)), Term("beta", ("service",)))),
            id="field before a group",
        ),
        pytest.param("decision:Upheld", FieldEquals("decision", "upheld"), id="decision"),
        pytest.param("decision:approved", FieldEquals("decision", "overturned"), id="approved"),
        pytest.param("decision:denied", FieldEquals("decision", "upheld"), id="denied"),
        pytest.param(
            "category:rehab*", FieldEquals("category", "Rehabilitation"), id="value's beginning"
        ),
        pytest.param("body:knee", FieldEquals("body", "knee"), id="whole value"),
        pytest.param(
            "body:back",
            Or((FieldEquals("body", "low back"), FieldEquals("body", "upper back"))),
            id="all values with the word",
        ),
        pytest.param('body:"low back"', FieldEquals("body", "low back"), id="value of two words"),
        pytest.param(
            "specialty:orthopedic",
            FieldEquals("specialty", "Orthopedic Surgery"),
            id="part of a value",
        ),
        pytest.param("state:california", FieldEquals("state", "California"), id="state"),
        pytest.param(
            "cites:mtus-chronic-pain:58",
            FieldEquals("cites", "mtus-chronic-pain:58"),
            id="cited page",
        ),
        pytest.param("case:cm16-0000001", FieldEquals("case", "CM16-0000001"), id="case number"),
        pytest.param("year:2014", Range("year", 2014, 2014), id="year"),
        pytest.param("year:2014..2016", Range("year", 2014, 2016), id="years"),
        pytest.param("year:2014-2016", Range("year", 2014, 2016), id="years with a dash"),
        pytest.param("year:..2016", Range("year", None, 2016), id="up to a year"),
        pytest.param("visits:>12", Range("visits", 13, None), id="visits asked for"),
        pytest.param("visits:7..12", Range("visits", 7, 12), id="a band"),
        pytest.param("tablets:>=120", Range("tablets", 120, None), id="tablets"),
        pytest.param("amount:6", Range("quantity", 6, 6), id="another name of a field"),
        pytest.param("body:~unknown", FieldMissing("body"), id="missing value"),
        pytest.param(
            "-decision:upheld alpha",
            And((Not(FieldEquals("decision", "upheld")), A)),
            id="not a value",
        ),
    ],
)
def test_the_tree(text: str, query: Query) -> None:
    reading = read(text)
    assert (reading.query, reading.notes) == (query, ())


@pytest.mark.parametrize(
    ("text", "query", "code"),
    [
        pytest.param('alpha "beta', And((A, B)), "quote", id="quotation mark not closed"),
        pytest.param("(alpha beta", And((A, B)), "parenthesis", id="parenthesis not closed"),
        pytest.param("alpha) beta", And((A, B)), "parenthesis", id="parenthesis not opened"),
        pytest.param("alpha OR", A, "operator", id="OR at the end"),
        pytest.param("AND alpha", A, "operator", id="AND at the beginning"),
        pytest.param("alpha NOT", A, "operator", id="NOT at the end"),
        pytest.param("alpha OR OR beta", Or((A, B)), "operator", id="OR twice"),
        pytest.param("(OR)", MatchAll(), "operator", id="an operator alone"),
        pytest.param("al*", Term("al"), "wildcard", id="too short before the star"),
        pytest.param("*alpha", A, "wildcard", id="star in front"),
        pytest.param("al*pha", Phrase(("al", "pha"), exact=False), "wildcard", id="star inside"),
        pytest.param('"alpha be*"', Phrase(("alpha", "be")), "wildcard", id="star in a phrase"),
        pytest.param(
            "a1a* b2b* c3c* alpha*",
            And((Prefix("a1a"), Prefix("b2b"), Prefix("c3c"), A)),
            "wildcard",
            id="fourth star",
        ),
        pytest.param(
            '"alpha beta"~99', Phrase(("alpha", "beta"), slop=50), "proximity", id="far apart"
        ),
        pytest.param(
            '"alpha of beta"~5',
            Phrase(("alpha", "beta"), slop=6),
            "proximity",
            id="a common word in between, which takes long to place",
        ),
        pytest.param(
            '"alpha beta gamma delta epsilon"~5',
            Phrase(("alpha", "beta", "gamma", "delta", "epsilon")),
            "proximity",
            id="too many words apart",
        ),
        pytest.param(
            '"of the"~5', Phrase(("of", "the")), "proximity", id="only common words apart"
        ),
        pytest.param(
            '"alpha beta"~45 "beta alpha"~45 "alpha alpha"~45',
            And(
                (
                    Phrase(("alpha", "beta"), slop=45),
                    Phrase(("beta", "alpha"), slop=45),
                    Phrase(("alpha", "alpha"), slop=10),
                )
            ),
            "proximity",
            id="too far apart in all",
        ),
        pytest.param(
            f'"{"alpha " * 51}"', Phrase(("alpha",) * 50), "phrase", id="a phrase without end"
        ),
        pytest.param("colour:beta", And((Term("colour"), B)), "unknown-field", id="no such field"),
        pytest.param(
            "decison:overturned",
            FieldEquals("decision", "overturned"),
            "unknown-field",
            id="a field misspelt",
        ),
        pytest.param(
            "amont:12", Range("quantity", 12, 12), "unknown-field", id="its other name misspelt"
        ),
        pytest.param(
            "category:Magic", FieldEquals("category", "Magic"), "no-such-value", id="no such value"
        ),
        pytest.param("year:soon", FieldEquals("year", "soon"), "no-such-value", id="no year"),
        pytest.param(
            "to be",
            And((Term("to", exact=True), Term("be", exact=True))),
            "stop-words",
            id="only stop words",
        ),
    ],
)
def test_repairs_are_told(text: str, query: Query, code: str) -> None:
    reading = read(text)
    assert (reading.query, [note.code for note in reading.notes]) == (query, [code])


def test_terms_to_mark_are_those_that_find() -> None:
    reading = read('alpha OR beta* -gamma "alpha beta" alpha decision:upheld')
    assert reading.terms == (A, Prefix("beta"), Phrase(("alpha", "beta")))
    assert positive_leaves(reading.query) == reading.terms


@given(LANGUAGE | st.text())
def test_nothing_raises(text: str) -> None:
    reading = read(text)
    assert reading.read_as
    assert all(note.code and note.message for note in reading.notes)


@pytest.mark.parametrize(
    "attack",
    [
        pytest.param("(" * 20_000, id="parentheses"),
        pytest.param('"' * 20_001, id="quotation marks"),
        pytest.param("NOT " * 5_000, id="NOT"),
        pytest.param("a" * 20_000, id="one word"),
        pytest.param("a:" * 10_000, id="colons"),
        pytest.param("-" * 20_000, id="minus"),
        pytest.param("a*" * 10_000, id="stars"),
        pytest.param("(a OR " * 3_000, id="groups"),
        pytest.param("a/" * 10_000, id="slashes"),
    ],
)
def test_reading_is_linear_even_without_limits(attack: str) -> None:
    limits = QueryLimits(chars=10**6, words=10**6)
    assert processor_seconds(lambda: read(attack, limits), 1) < 1
