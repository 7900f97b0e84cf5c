"""Phrases are found whatever their case, punctuation and plural."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.text.phrases import PhraseIndex, phrase_key, split_words

INDEX = PhraseIndex([("x-ray", "x"), ("bone scan", "bone"), ("three phase bone scan", "three")])


@pytest.mark.parametrize(
    "printed",
    ["X-rays of the hip", "the x ray", "X-RAY.", "(xray or) x - ray"],
)
def test_a_phrase_is_found_in_any_print(printed: str) -> None:
    assert [found.value for found in INDEX.find(split_words(printed))] == ["x"]


def test_the_longest_phrase_wins_and_is_not_found_inside_again() -> None:
    found = list(INDEX.find(split_words("Three-phase bone scans, then a bone scan")))
    assert [(match.value, match.first) for match in found] == [("three", 0), ("bone", 6)]


def test_of_equal_phrases_the_first_one_is_found() -> None:
    index = PhraseIndex([("x-ray", "first"), ("X rays", "second")])
    assert [found.value for found in index.find(split_words("x-ray"))] == ["first"]
    assert [value for _, value in index] == ["first", "second"]


def test_a_match_tells_its_place() -> None:
    text = "repeat Bone Scan today"
    (match,) = INDEX.find(split_words(text))
    assert text[match.start : match.end] == "Bone Scan"


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        pytest.param("Studies", "study", id="-ies becomes -y"),
        pytest.param("visits", "visit", id="-s falls"),
        pytest.param("patches, boxes", "patch box", id="-es falls"),
        pytest.param("mattresses", "mattress", id="after a double s too"),
        pytest.param("TENS for ten weeks", "tens for ten week", id="ten is no TENS unit"),
        pytest.param("headaches", "headache", id="-e stays"),
        pytest.param("NCS", "ncs", id="three letters stay"),
        pytest.param("process", "process", id="-ss stays"),
        pytest.param("Lidocaine 5%", "lidocaine 5 %", id="the percent sign is a word"),
        pytest.param("EMG/NCV", "emg ncv", id="strokes part words"),
    ],
)
def test_keys(printed: str, key: str) -> None:
    assert phrase_key(printed) == key


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    words = split_words(text)
    assert all(text[word.start : word.end].strip() for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
