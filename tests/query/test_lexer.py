from __future__ import annotations

import pytest

from imrsearch.query.lexer import MAX_DEPTH, SENTENCE, QueryLimits, Token, lex
from imrsearch.query.notes import Note

ALPHA, BETA = Token("word", "alpha"), Token("word", "beta")


def tokens(text: str, limits: QueryLimits | None = None) -> tuple[list[Token], list[str]]:
    notes: list[Note] = []
    found = lex(text, limits or QueryLimits(), notes)
    return found, [note.code for note in notes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("alpha,  beta", [Token("word", "alpha,"), BETA], id="words end at blanks"),
        pytest.param("alpha AND beta", [ALPHA, Token("and", "AND"), BETA], id="an operator"),
        pytest.param("-alpha", [Token("not"), ALPHA], id="minus"),
        pytest.param("- alpha", [Token("word", "-"), ALPHA], id="a dash between blanks"),
        pytest.param("x-ray", [Token("word", "x-ray")], id="a hyphen"),
        pytest.param("x—ray", [Token("word", "x-ray")], id="a long dash"),
        pytest.param("«alpha beta»", [Token("phrase", "alpha beta")], id="foreign quotes"),
        pytest.param('"alpha"~5', [Token("phrase", "alpha", slop=5)], id="proximity"),
        pytest.param(
            "alpha /5 beta", [ALPHA, Token("near", "/5", slop=4), BETA], id="within five words"
        ),
        pytest.param(
            "alpha W/5 beta", [ALPHA, Token("near", "W/5", slop=4), BETA], id="the same, spelt out"
        ),
        pytest.param(
            "alpha /s beta", [ALPHA, Token("near", "/s", slop=SENTENCE), BETA], id="same sentence"
        ),
        pytest.param("L4/5", [Token("word", "L4/5")], id="a level is no connector"),
        pytest.param("No. 5", [Token("word", "5")], id="a number's sign"),
        pytest.param("no pain", [Token("word", "no"), Token("word", "pain")], id="no, the word"),
        pytest.param(
            "Case No. CM16 0000101", [Token("word", "CM16-0000101", "case")], id="case number"
        ),
        pytest.param(
            '"CM16-0000101"', [Token("phrase", "CM16-0000101")], id="quoted, it is a word"
        ),
        pytest.param("body:knee", [Token("word", "knee", "body")], id="a field"),
        pytest.param("BODY:OR", [Token("word", "OR", "body")], id="no operator in a field"),
        pytest.param("body: knee", [Token("word", "body:"), Token("word", "knee")], id="a heading"),
        pytest.param(
            "cites:odg-knee:5", [Token("word", "odg-knee:5", "cites")], id="a value with a colon"
        ),
        pytest.param(
            "(alpha)-beta",
            [Token("open"), ALPHA, Token("close"), Token("word", "-beta")],
            id="a hyphen after a parenthesis",
        ),
        pytest.param(
            "body:(knee)",
            [Token("open", field="body"), Token("word", "knee"), Token("close")],
            id="a field before a group",
        ),
    ],
)
def test_tokens(text: str, found: list[Token]) -> None:
    assert tokens(text) == (found, [])


def test_no_more_than_so_many_characters() -> None:
    assert tokens("alpha beta gamma", QueryLimits(chars=12)) == ([ALPHA, BETA], ["too-long"])
    assert tokens("alphabeta", QueryLimits(chars=5)) == ([ALPHA], ["too-long"])


def test_no_more_than_so_many_words() -> None:
    assert tokens("alpha beta gamma", QueryLimits(words=2)) == ([ALPHA, BETA], ["too-many-words"])
    assert tokens("alpha", QueryLimits(words=1)) == ([ALPHA], [])
    phrase = tokens('"alpha beta gamma"', QueryLimits(words=2))
    assert phrase == ([Token("phrase", "alpha beta")], ["too-many-words"])
    assert tokens("alpha " * 90)[1] == ["too-long", "too-many-words"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a" * 61, "a" * 60, id="word"),
        pytest.param("a" * 300 + "/" + "b" * 99, f"{'a' * 60}/{'b' * 60}", id="two in one"),
        pytest.param("9" * 5_000, "9" * 60, id="number"),
    ],
)
def test_words_have_so_many_letters_at_most(text: str, found: str) -> None:
    assert tokens(text, QueryLimits(chars=9_999)) == ([Token("word", found)], ["long-word"])


def test_long_runs_of_short_words_are_left_as_they_are() -> None:
    assert tokens("a-" * 99, QueryLimits(words=999))[1] == []


@pytest.mark.parametrize(
    ("text", "opened", "codes"),
    [
        pytest.param("(a", 1, ["parenthesis"], id="not closed"),
        pytest.param("a))", 0, ["parenthesis", "parenthesis"], id="not opened"),
        pytest.param(")a(", 1, ["parenthesis", "parenthesis"], id="the wrong way round"),
        pytest.param("(" * MAX_DEPTH + ")" * MAX_DEPTH, MAX_DEPTH, [], id="deep"),
        pytest.param("(" * 9 + "a" + ")" * 9, MAX_DEPTH, ["depth", "depth"], id="too deep"),
        pytest.param("(" * 10 + "a", MAX_DEPTH, ["depth", "depth", "parenthesis"], id="both"),
    ],
)
def test_parentheses_are_balanced(text: str, opened: int, codes: list[str]) -> None:
    found, told = tokens(text)
    kinds = [token.kind for token in found]
    assert (kinds.count("open"), kinds.count("close"), told) == (opened, opened, codes)
