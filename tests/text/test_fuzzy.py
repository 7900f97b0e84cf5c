"""Words with one letter wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.text.fuzzy import FuzzyVocabulary, closest, is_nearly, with_like_parts

WORDS = ("complaints", "shoulder", "disorders", "hand", "diagnosticcriteria")
SPELLER = FuzzyVocabulary(WORDS)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        pytest.param("complaints", "complaints", id="right as it is"),
        pytest.param("complaintsl", "complaints", id="one letter too many"),
        pytest.param("complants", "complaints", id="one missing"),
        pytest.param("complainds", "complaints", id="one replaced"),
        pytest.param("compalints", "complaints", id="two swapped"),
        pytest.param("diagnositccriteria", "diagnosticcriteria", id="swapped in a long key"),
        pytest.param("complexity", None, id="another word"),
        pytest.param("band", None, id="too short to have neighbours"),
        pytest.param("", None, id="nothing"),
        pytest.param("c" * 100_000, None, id="endless, and answered at once"),
    ],
)
def test_word_meant(printed: str, meant: str | None) -> None:
    assert SPELLER.correct(printed) == meant


def test_a_word_between_two_is_neither() -> None:
    assert FuzzyVocabulary(["treating", "greating"]).correct("reating") is None


@pytest.mark.parametrize(
    ("known", "printed", "meant"),
    [
        pytest.param("lumbars", "lumbar", None, id="six letters are too few"),
        pytest.param("lumbar", "lumbars", None, id="of the word meant as well"),
        pytest.param("lumbars", "lumbarss", "lumbars", id="seven are enough"),
    ],
)
def test_short_words_have_too_many_neighbours(known: str, printed: str, meant: str | None) -> None:
    assert FuzzyVocabulary([known]).correct(printed) == meant


def test_the_closest_come_first_and_no_more_than_asked_for() -> None:
    words = ["spline", "spin", "spine", "skin"]
    assert list(closest("spine", words, 60.0, most=3)) == ["spine", "spline", "spin"]
    assert list(closest("spine", words, 60.0)) == ["spine"]
    assert closest("spine", words, 100.0, most=9) == {"spine": 100.0}
    assert closest("zebra", words, 60.0) == {}


def test_values_with_like_parts_in_any_order() -> None:
    known = {"a": "hand surgery", "b": "orthopedic surgery", "c": "psychiatry"}
    assert with_like_parts("surgery hand", known, 60.0, 9) == ("a", "b")
    assert with_like_parts("surgery hand", known, 60.0, 1) == ("a",)
    assert with_like_parts("surgery hand", known, 99.0, 9) == ()


@given(st.sampled_from([word for word in WORDS if len(word) > 6]), st.data())
def test_any_single_omission_is_mended(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert SPELLER.correct(word[:place] + word[place + 1 :]) == word


@given(st.text(max_size=30))
def test_what_comes_back_is_a_word_of_the_vocabulary(word: str) -> None:
    assert SPELLER.correct(word) in (None, *WORDS)


@pytest.mark.parametrize(
    ("word", "nearly"),
    [
        ("upheld", True),
        ("upeld", True),
        ("uphelld", True),
        ("uphelt", True),
        ("uphedl", True),
        ("upel", False),
        ("uhpedl", False),
    ],
)
def test_one_letter_wrong(word: str, nearly: bool) -> None:
    assert is_nearly(word, "upheld") is nearly


@pytest.mark.parametrize(
    ("word", "meant"),
    [("overtumed", "overturned"), ("ovetumed", "overturned"), ("clairns", "claims")],
)
def test_two_letters_that_text_recognition_takes_for_one(word: str, meant: str) -> None:
    assert is_nearly(word, meant)
