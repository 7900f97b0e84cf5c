"""The search that a pasted text asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.search.from_text import LONGEST, Pasted, read_pasted
from imrsearch.text.words import words


def common(word: str) -> float:
    """Every word in a tenth of all issues."""
    return 0.1


def nowhere(word: str) -> float:
    """No word in any issue."""
    return 0.0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Massage of the neck. Massage, acupuncture; the neck and the knee.",
            ("massage therapy", "acupuncture", "neck", "knee"),
            id="treatments first, of each kind the most frequent",
        ),
        pytest.param(
            "Massage, acupuncture, an MRI, gabapentin. Neck, knee, hip, wrist.",
            ("massage therapy", "acupuncture", "MRI", "neck", "knee", "hip"),
            id="three of each kind",
        ),
        pytest.param("Nothing of this is known.", (), id="none"),
    ],
)
def test_what_is_named(text: str, names: tuple[str, ...]) -> None:
    found = read_pasted(text, nowhere)
    assert found.names == names
    assert found.q == " ".join(names)


def test_the_first_three_places_that_are_cited() -> None:
    text = "MTUS Chronic Pain Guidelines, pages 58, 59, 60 and 92, were cited."
    assert read_pasted(text, nowhere).cites == tuple(f"mtus-chronic-pain:{n}" for n in (58, 59, 60))


@pytest.mark.parametrize(
    ("share", "told"), [(0.0099, False), (0.01, True), (0.29, True), (0.3, False)]
)
def test_a_word_is_searched_for_that_is_neither_rare_nor_in_most_issues(
    share: float, told: bool
) -> None:
    """A rare one may name a person."""
    assert read_pasted("Sparrow.", lambda word: share).words == (("sparrow",) if told else ())


def test_the_six_most_frequent_words_that_tell_something() -> None:
    """No names again, no stop words, no short words, no numbers."""
    text = "the with jog 1234 acupuncture word1 " * 20 + " ".join(
        f"{letter * 4} " * times for letter, times in zip("abcdefgh", range(1, 9), strict=True)
    )
    assert read_pasted(text, common).words == ("hhhh", "gggg", "ffff", "eeee", "dddd", "cccc")


def test_of_a_long_text_the_beginning_is_read() -> None:
    text = "x" * (LONGEST - 8) + " massage"
    assert read_pasted(text, nowhere).names == ("massage therapy",)
    assert read_pasted(f"x{text}", nowhere).names == ()


@given(st.text(alphabet="Mr Smith,1990 MRI knee pain\n", max_size=60))
def test_nothing_leaves_a_text_that_is_neither_a_known_name_nor_a_common_word(text: str) -> None:
    found = read_pasted(text, lambda word: 0.1 if word == "pain" else 0.0)
    assert set(found.words) <= {"pain"}
    assert "smith" not in words(found.q)
    assert not any(letter.isdigit() for letter in found.q)


def test_names_stand_before_words() -> None:
    assert Pasted(("mri", "neck"), ("stiff",), ("odg:5",)).q == "mri neck stiff"
