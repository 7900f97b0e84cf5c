"""Stretches of a search take the meanings that recognizers find, and operators keep their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given

from imrsearch.query.lexer import QueryLimits, Token, lex
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning, Recogniser, recognise
from imrsearch.query.tree import Or, Term
from tests.query.words import LANGUAGE

A, B = Term("alpha"), Term("beta")


def told(word: str) -> Note:
    return Note("expanded", f"“{word}” was read.")


def knows(*known: str, wish: bool = False, unit: bool = False) -> Recogniser:
    """Recognises each of these wherever its letters stand."""

    def found(text: str) -> Iterator[Meaning]:
        for word in known:
            for place in re.finditer(word, text):
                query = None if wish else Term(word)
                yield Meaning(*place.span(), query, told(word), is_unit=unit)

    return found


def read(text: str, *recognisers: Recogniser) -> tuple[list[Token], list[Note]]:
    notes: list[Note] = []
    return recognise(lex(text, QueryLimits(), []), recognisers, notes), notes


def outline(tokens: Sequence[Token]) -> str:
    """The tokens with those that were recognised in brackets."""
    return " ".join(f"<{one.text}>" if one.kind == "meant" else one.text for one in tokens)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        pytest.param("gamma alpha beta delta", "gamma <alpha beta> delta", id="in its place"),
        pytest.param("gamma 'alpha beta',", "gamma <alpha beta>", id="without marks around it"),
        pytest.param("alphabet", "alphabet", id="whole words only"),
        pytest.param("not-alpha beta", "not-alpha beta", id="from the beginning of a word"),
        pytest.param("alpha beta-blocker", "alpha beta-blocker", id="to the end of one"),
        pytest.param("alpha beta AND gamma", "<alpha beta> AND gamma", id="AND takes all"),
        pytest.param("alpha beta OR gamma", "alpha beta OR gamma", id="OR takes a word"),
        pytest.param("gamma OR alpha beta", "gamma OR alpha beta", id="on either side"),
        pytest.param("gamma OR delta alpha beta", "gamma OR delta <alpha beta>", id="one, no more"),
        pytest.param("NOT alpha beta", "not alpha beta", id="NOT takes a word"),
        pytest.param("gamma (alpha beta)", "gamma  <alpha beta> ", id="in a group"),
        pytest.param("body:(alpha beta)", " alpha beta ", id="in a group of a field"),
        pytest.param("body:(gamma (delta) alpha beta)", " gamma  delta  alpha beta ", id="deep"),
        pytest.param("body:(gamma) alpha beta", " gamma  <alpha beta>", id="behind such a group"),
        pytest.param("(gamma) alpha beta", " gamma  <alpha beta>", id="behind any group"),
        pytest.param("body:alpha beta", "alpha beta", id="nothing of a field"),
        pytest.param("alpha beta*", "alpha beta*", id="no beginnings"),
        pytest.param('"alpha beta"', "alpha beta", id="nothing quoted"),
        pytest.param("alpha beta /5 gamma", "alpha beta /5 gamma", id="a distance takes a word"),
        pytest.param("gamma /5 alpha beta", "gamma /5 alpha beta", id="on either side, too"),
        pytest.param("alpha beta x /5 gamma", "<alpha beta> x /5 gamma", id="and no other"),
        pytest.param("x /5 gamma alpha beta", "x /5 gamma <alpha beta>", id="nor behind it"),
    ],
)
def test_what_is_recognised_takes_the_place_of_its_words(text: str, read_as: str) -> None:
    tokens, notes = read(text, knows("alpha beta"))
    assert outline(tokens).replace("NOT", "not").split() == read_as.split()
    assert notes == [told("alpha beta")] * read_as.count("<")


@pytest.mark.parametrize("text", ["alpha OR gamma", "gamma OR alpha", "NOT alpha"])
def test_an_operator_takes_a_word_with_its_meaning(text: str) -> None:
    (token,) = (one for one in read(text, knows("alpha"))[0] if one.kind == "meant")
    assert token == Token("meant", "alpha", meaning=A)


@pytest.mark.parametrize("text", ["alpha OR gamma", "gamma OR alpha", "NOT alpha"])
def test_an_operator_takes_no_word_that_need_not_match(text: str) -> None:
    """Words that only order the issues give it nothing to apply to."""
    tokens, notes = read(text, knows("alpha", wish=True))
    assert "<" not in outline(tokens)
    assert notes == []


@pytest.mark.parametrize("text", ["alpha /5 gamma", "gamma /5 alpha"])
@pytest.mark.parametrize("unit", [True, False])
def test_a_distance_takes_words_without_their_meaning(text: str, unit: bool) -> None:
    tokens, notes = read(text, knows("alpha", unit=unit))
    assert outline(tokens) == text
    assert notes == []


def test_a_word_that_need_not_match_is_taken_elsewhere() -> None:
    assert outline(read("alpha gamma", knows("alpha", wish=True))[0]) == "<alpha> gamma"


@pytest.mark.parametrize("text", ["alpha beta OR gamma", "gamma OR alpha beta", "NOT alpha beta"])
def test_an_operator_takes_a_unit_as_a_whole(text: str) -> None:
    assert "<alpha beta>" in outline(read(text, knows("alpha beta", unit=True))[0])


def test_the_earlier_recogniser_comes_first() -> None:
    tokens, notes = read("alpha beta gamma", knows("beta"), knows("alpha beta", "gamma"))
    assert outline(tokens) == "alpha <beta> <gamma>"
    assert notes == [told("beta"), told("gamma")]


def test_a_wish_goes_with_its_words() -> None:
    wished = Meaning(0, 5, None, wish=B)
    assert read("alpha", lambda text: [wished]) == ([Token("meant", "alpha", wish=B)], [])


def test_an_empty_stretch_only_tells_its_note() -> None:
    tokens, notes = read("alpha beta", lambda text: [Meaning(6, 6, A, told("beta"))])
    assert outline(tokens) == "alpha beta"
    assert notes == [told("beta")]
    assert read("alpha", lambda text: [Meaning(0, 0, A)]) == ([Token("word", "alpha")], [])


@pytest.mark.parametrize(
    ("text", "known", "read_as"),
    [
        pytest.param("alpha/beta", ["alpha", "beta"], "<alpha/beta>", id="each is known"),
        pytest.param("x alpha/beta, x", ["alpha", "beta"], "x <alpha/beta> x", id="in its place"),
        pytest.param("alpha/beta OR x", ["alpha", "beta"], "<alpha/beta> OR x", id="as one word"),
        pytest.param("alpha/gamma", ["alpha", "beta"], "alpha/gamma", id="one is not"),
        pytest.param("alpha/beta/gamma", ["alpha", "beta"], "alpha/beta/gamma", id="nor the last"),
        pytest.param("alpha/beta", ["alpha/beta", "alpha", "beta"], "<alpha/beta>", id="as one"),
    ],
)
def test_pieces_of_a_word(text: str, known: list[str], read_as: str) -> None:
    assert outline(read(text, knows(*known))[0]) == read_as


def test_a_word_of_known_pieces_means_any_of_them() -> None:
    tokens, notes = read("alpha/beta", knows("alpha", "beta"))
    assert tokens == [Token("meant", "alpha/beta", meaning=Or((A, B)))]
    assert notes == [told("alpha"), told("beta")]


@given(LANGUAGE)
def test_without_a_meaning_nothing_changes(text: str) -> None:
    tokens = lex(text, QueryLimits(), [])
    assert recognise(tokens, [knows()], []) == recognise(tokens, [], []) == tokens
