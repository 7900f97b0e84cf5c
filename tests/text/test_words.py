"""Words, stems and sentences."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.text.words import _punkt, is_stop_word, lowered, sentences, stem, tokenize, words
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Manual Therapy", ["manual", "therapy"], id="lower case"),
        pytest.param("L4-5, L5-S1", ["l4", "5", "l5", "s1"], id="spine levels split at hyphens"),
        pytest.param("Norco 10/325mg #60", ["norco", "10", "325", "mg", "60"], id="dose and unit"),
        pytest.param("7.5 mg and 7.5mg", ["7.5", "mg", "and", "7.5", "mg"], id="same with a blank"),
        pytest.param("section 3.3.1.1", ["section", "3.3.1.1"], id="section numbers stay whole"),
        pytest.param("1,000 units", ["1,000", "units"], id="thousands stay whole"),
        pytest.param("1.5lbs 12CM", ["1.5", "lbs", "12", "cm"], id="other measures"),
        pytest.param("5mgs x5mg 5g-tube", ["5mgs", "x5mg", "5", "g", "tube"], id="no measures"),
        pytest.param("snake_case", ["snake", "case"], id="an underscore splits"),
        pytest.param("'tis 90's'", ["tis", "90's"], id="an apostrophe at an end"),
        pytest.param("pages 58, 59", ["pages", "58", "59"], id="a list is no number"),
        pytest.param("patient’s", ["patient's"], id="a typographic apostrophe"),
        pytest.param("EMG/NCV", ["emg", "ncv"], id="slashes split"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    for word, start, end in tokenize(text):
        assert text[start:end].lower().replace("’", "'") == word


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("manipulation", "manipul", id="an ordinary stem"),
        pytest.param("lateral", "lateral", id="not cut to later"),
        pytest.param("internal", "internal", id="not cut to intern"),
        pytest.param("mtus", "mtus", id="an acronym is protected"),
        pytest.param("l4", "l4", id="a spine level is no word"),
        pytest.param("cafés", "cafés", id="a word of other letters"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_words_behind_a_place() -> None:
    text = "Knee pain, left"
    assert list(tokenize(text, 4)) == [("pain", 5, 9), ("left", 11, 15)]
    assert [word for word, _, _ in tokenize(text)] == words(text)


def test_stop_words() -> None:
    assert is_stop_word("the")
    # The decision hangs on these.
    assert not is_stop_word("not")
    assert not is_stop_word("no")


def test_sentences_keep_abbreviations_whole() -> None:
    text = (
        "Dr. Roe saw the 34 y.o. worker. See pgs. 58-60 of the guideline. Therefore it is denied."
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "Dr. Roe saw the 34 y.o. worker.",
        "See pgs. 58-60 of the guideline.",
        "Therefore it is denied.",
    ]


def test_sentences_end_with_their_paragraph() -> None:
    text = "A heading without a stop\n\nThe next paragraph."
    assert [text[start:end] for start, end in sentences(text)] == [
        "A heading without a stop",
        "The next paragraph.",
    ]


def test_ordinary_sentences_do_not_load_the_library() -> None:
    """It takes as long as reading a hundred letters; only what is broken needs its judgement."""
    text = (
        "Dr. Roe saw the 34 y.o. worker. She takes 7.5 mg (see pg. 58). “It helps.” Does it? No!"
        " The MTUS, p. 3, says so (in 2009). 2 of 5 agree. He lost.\n\nRated 8/10, vs. 5. Done."
    )
    code = "import sys; from imrsearch.text.words import sentences; "
    code += f"found = len(sentences({text!r})); sys.exit(100 * ('nltk' in sys.modules) + found)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 10


@pytest.mark.parametrize("text", ["", "\n\n", "\n\n \n\n"])
def test_where_nothing_is_said_there_is_no_sentence(text: str) -> None:
    assert sentences(text) == []


@pytest.mark.parametrize("text", ["\n\nOne here.\n\n\nTwo there. ", "One here.\n\nTwo there."])
def test_blanks_between_sentences_are_of_none(text: str) -> None:
    assert [text[start:end] for start, end in sentences(text)] == ["One here.", "Two there."]


PIECES = """
Dr vs pgs y.o Low-back pain A e.g The the 58 7.5 (see p et al MTUS denied Therefore l’été "No 3 a
necessary) - results). (MTUS). 30). instruction(s) wrist/hand T9-10 10/13/2016 × ×2 #30 50mg P.
Spurling's patient’s "Recommended “Recommended (Colorado, [121] 1. 2) why? self-critical approx No.3
a.m.) end.) _ ² 5% L5-S1. e.g.) X-st & -5 'tis o'clock İ --x x-- . J.Roe what?because
"""
SCRAPS = PIECES.split()
STOPS = [".", ". ", "  ", " ", "? ", "! ", "... ", ".) ", '." ', ".\n", ", ", "; ", ".  ", "\t"]
STOPS += [
    ".” ",
    "). ",
    ".]",
    ".’ ",
    ".\u00a0",
    ". (",
    '. "',
    ".” ",
    "?) ",
    ".: ",
    "?! ",
    "'. ",
    '". ',
]


@given(st.lists(st.sampled_from([*SCRAPS, *STOPS, "\n\n", "\n", " \n\n"]), max_size=25))
def test_every_word_is_in_one_sentence(scraps: list[str]) -> None:
    """In order, and none goes over the end of its paragraph."""
    text, at = "".join(scraps), 0
    for start, end in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert "\n\n" not in text[start:end]
        at = end
    assert not text[at:].strip()


@given(st.lists(st.tuples(st.sampled_from(SCRAPS), st.sampled_from(STOPS)), max_size=15))
def test_sentences_are_those_of_punkt(scraps: list[tuple[str, str]]) -> None:
    text = "".join(word + stop for word, stop in scraps).strip()
    assert sentences(text) == list(_punkt().span_tokenize(text))


@given(st.text())
def test_lowering_moves_no_character(text: str) -> None:
    assert len(lowered(text)) == len(text)
