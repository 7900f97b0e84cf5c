"""Words with one letter wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.text.fuzzy import FuzzyVocabulary, is_nearly

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
