"""Searches that compare are read as alternatives, and that is told."""

from __future__ import annotations

import pytest

from imrsearch.query.comparisons import compared_searches
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.tree import And, Or, Query, Term
from tests.query.words import read

A, B, C = Term("alpha"), Term("beta"), Term("gamma")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("alpha vs beta", Or((A, B)), id="vs"),
        pytest.param("alpha vs. beta gamma", Or((A, And((B, C)))), id="whole sides"),
        pytest.param("alpha versus beta vs gamma", Or((A, B, C)), id="three"),
        pytest.param("compare alpha and beta", Or((A, B)), id="compare"),
        pytest.param("alpha compared to beta", Or((A, B)), id="compared to"),
        pytest.param("compare alpha", A, id="nothing to compare with"),
        pytest.param("vs alpha", A, id="one side alone"),
    ],
)
def test_what_is_compared_is_either(text: str, query: Query) -> None:
    reading = read(text)
    assert reading.query == query
    assert [note.code for note in reading.notes] == ["comparison"]


@pytest.mark.parametrize("text", ['"alpha vs beta"', "alpha with beta", "alpha (beta vs gamma)"])
def test_nothing_else_is_a_comparison(text: str) -> None:
    assert "comparison" not in {note.code for note in read(text).notes}


@pytest.mark.parametrize("text", ["alpha NEAR/5 beta", "alpha ADJ5 beta", "alpha pre/5 beta"])
def test_connectors_of_other_systems(text: str) -> None:
    assert read(text).query == read("alpha /5 beta").query


@pytest.mark.parametrize(
    ("text", "query"), [("alpha & beta", And((A, B))), ("alpha | beta", Or((A, B)))]
)
def test_operators_of_other_systems(text: str, query: Query) -> None:
    reading = read(text)
    assert (reading.query, reading.notes) == (query, ())


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("alpha > beta", "“>”"), ("alpha %", "“%”"), ("alpha § beta", "")],
)
def test_signs_that_are_not_searched_for_are_told(text: str, left_out: str) -> None:
    notes = [note.message for note in read(text).notes if note.code == "left-out"]
    assert notes == (
        [f"Not searched for: {left_out}. Put a word in quotation marks to require it."]
        if left_out
        else []
    )


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("alpha vs beta", ("alpha", "beta")),
        ("compare Alpha beta with gamma", ("Alpha beta", "gamma")),
        pytest.param(
            '(body:neck OR "low back"~3) NOT mri vs. year:2015',
            ('(body:neck OR "low back"~3) NOT mri', "year:2015"),
            id="as typed",
        ),
        pytest.param('"alpha" vs beta:gamma', ('"alpha"', "beta:gamma"), id="quoted, and a field"),
        pytest.param("alpha OR beta versus gamma", ("alpha OR beta", "gamma"), id="operators"),
        pytest.param("Compare: alpha, and beta", ("alpha,", "beta"), id="marks behind words"),
        pytest.param("(alpha vs beta) versus gamma", ("(alpha vs beta)", "gamma"), id="inside"),
        pytest.param("service:vs vs beta", ("service:vs", "beta"), id="a value"),
        pytest.param("alpha and beta", None, id="'and' compares behind a verb alone"),
        pytest.param("alpha vs beta vs gamma", None, id="three"),
        pytest.param("vs alpha", None, id="one side alone"),
        pytest.param("alpha beta", None, id="nothing compared"),
    ],
)
def test_the_two_sides_of_a_comparison(text: str, sides: tuple[str, str] | None) -> None:
    assert compared_searches(text, QueryLimits()) == sides


def test_the_words_of_comparison_are_told_in_their_order() -> None:
    (note,) = read("compare alpha with beta").notes
    assert note.message.startswith("“compare … with” compares nothing here")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param("alpha vs vs beta", Or((A, B)), id="nothing between two joints"),
        pytest.param("(alpha beta) vs gamma", Or((And((A, B)), C)), id="parentheses stay whole"),
        pytest.param("alpha beta vs gamma", Or((And((A, B)), C)), id="the whole side"),
    ],
)
def test_alternatives_are_whole_sides(text: str, query: Query) -> None:
    assert read(text).query == query
