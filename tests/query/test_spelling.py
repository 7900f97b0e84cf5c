from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.query.lexer import Token
from imrsearch.query.notes import Note
from imrsearch.query.spelling import MOST_TRIED, SpellingCorrector, corrected
from tests.processor_time import processor_seconds

SPELLER = SpellingCorrector(
    {"lumbar": 50, "lumber": 1, "epidural": 9, "acupuncture": 7, "aquatic": 2, "back": 60, "500": 5}
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        pytest.param("epidoral", "epidural", id="one letter wrong"),
        pytest.param("epidurall", "epidural", id="one too many"),
        pytest.param("epidual", "epidural", id="one missing"),
        pytest.param("epiduarl", "epidural", id="two swapped"),
        pytest.param("lumbarr", "lumbar", id="the nearer one"),
        pytest.param("lumba", "lumbar", id="the more frequent of two as near"),
        pytest.param("lumbar", None, id="known"),
        pytest.param("zebra", None, id="nothing like it"),
        pytest.param("bakc", None, id="too short to tell"),
        pytest.param("50000", None, id="numbers are never wrong"),
        pytest.param("epid", None, id="shorter than the words that are tried"),
        pytest.param("aquat", "aquatic", id="two letters missing"),
        pytest.param("acupunct", None, id="three missing"),
        pytest.param("backk", "back", id="a word of four letters meant"),
        pytest.param("50o00", None, id="digits among letters"),
        pytest.param("kpidural", None, id="the first letter is taken for right"),
    ],
)
def test_the_word_meant(word: str, meant: str | None) -> None:
    assert SPELLER.correct(word) == meant


@pytest.mark.parametrize("known", [("omeprazole", "omeprozole"), ("omeprozole", "omeprazole")])
def test_of_equals_the_first_from_a_to_z(known: tuple[str, ...]) -> None:
    """Whatever order they come in: a set has another one in each process."""
    assert SpellingCorrector(dict.fromkeys(known, 0)).correct("omeprezole") == "omeprazole"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(Token("phrase", "epidoral"), id="quoted"),
        pytest.param(Token("word", "epidoral", "service"), id="in a field"),
        pytest.param(Token("word", "epidor*"), id="continued"),
        pytest.param(Token("word", "epidoral/steroid"), id="two words in one"),
        pytest.param(Token("word", "which"), id="stop word"),
    ],
)
def test_what_was_typed_on_purpose_stays(token: Token) -> None:
    notes: list[Note] = []
    assert corrected([token], lambda word: "epidural", notes) == [token]
    assert notes == []


def test_so_many_words_are_tried_and_no_more() -> None:
    tokens = [Token("word", f"epidoral{letter}") for letter in "abcdefgh"]
    tried: list[str] = []
    corrected(tokens, lambda word: tried.append(word), [])
    assert len(tried) == MOST_TRIED


def test_a_large_vocabulary_is_searched_in_time() -> None:
    speller = SpellingCorrector({f"e{number:05}".translate(DIGITS): 1 for number in range(20_000)})
    assert processor_seconds(lambda: speller.correct("ebcdefg"), 2) < 2


DIGITS = str.maketrans("0123456789", "abcdefghij")


def test_a_correction_is_told_and_the_rest_of_the_token_stays() -> None:
    notes: list[Note] = []
    token = Token("word", "Epidoral")
    (found,) = corrected([token], SPELLER.correct, notes)
    assert found == replace(token, text="epidural")
    assert [(note.code, note.message) for note in notes] == [
        (
            "spelling",
            "“epidoral” hardly ever occurs in the letters; “epidural” was searched for.",
        )
    ]


def test_without_a_dictionary_nothing_is_corrected() -> None:
    notes: list[Note] = []
    assert corrected([Token("word", "epidoral")], None, notes) == [Token("word", "epidoral")]
    assert notes == []


def test_short_words_and_stop_words_use_up_no_tries() -> None:
    """Else a long question would have no tries left for its last word."""
    tokens = [Token("word", word) for word in ("which", "about", "knee", "back", "these", "where")]
    found = corrected([*tokens, Token("word", "epidoral")], SPELLER.correct, [])
    assert found == [*tokens, Token("word", "epidural")]


def test_of_words_as_near_the_more_frequent() -> None:
    """Whatever stands first in the alphabet."""
    speller = SpellingCorrector({"omeprazole": 2, "omeprozole": 9})
    assert speller.correct("omeprezole") == "omeprozole"


def test_the_nearer_word_before_the_more_frequent() -> None:
    speller = SpellingCorrector({"physical": 900, "physician": 2})
    assert speller.correct("physicin") == "physician"


def test_words_of_five_letters_are_tried() -> None:
    (found,) = corrected([Token("word", "lumba")], SPELLER.correct, [])
    assert found.text == "lumbar"
