"""Phrases are found whatever their case, punctuation and plural."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.text.phrases import (
    PhraseIndex,
    any_phrase,
    phrase_key,
    split_words,
    without_longer,
)

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


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("X-Rays", "x"),
        ("bone scans", "bone"),
        ("bone", None),
        ("a bone scan", None),
        ("bone scan today", None),
        ("", None),
    ],
)
def test_a_phrase_as_a_whole(phrase: str, value: str | None) -> None:
    assert INDEX.get(phrase) == value


def test_an_index_tells_its_phrases_and_their_words() -> None:
    assert dict(INDEX) == {
        ("x", "ray"): "x",
        ("bone", "scan"): "bone",
        ("three", "phase", "bone", "scan"): "three",
    }
    assert INDEX.words == {"x", "ray", "bone", "scan", "three", "phase"}


def test_a_shorter_phrase_is_found_where_the_longer_one_breaks_off() -> None:
    index = PhraseIndex([("bone scan", "short"), ("bone scan of the hip", "long"), ("hip", "hip")])
    text = "bone scan of the knee, hip, bone scan of the hip, bone scan"
    assert [found.value for found in index.find(split_words(text))] == [
        *("short", "hip", "long", "short")
    ]


def test_nothing_is_found_among_no_words_or_by_no_phrases() -> None:
    assert list(INDEX.find([])) == []
    assert list(PhraseIndex[str]([]).find(split_words("bone scan"))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least", "at least"),
        ("at\n  least", "at\n  least"),
        ("at", "at"),
        ("c.r.", "c.r."),
        ("cxrx", None),
    ],
)
def test_a_pattern_of_phrases(text: str, found: str | None) -> None:
    """The longest first, so that "at" takes nothing from "at least"; marks stand for themselves."""
    match = re.match(any_phrase(["at", "at least", "c.r."]), text)
    assert (match and match.group()) == found


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
        pytest.param("hips", "hip", id="four do not"),
        pytest.param("MENS, PENS and OATS", "mens pens and oats", id="nor names of devices"),
        pytest.param("snake_case", "snake case", id="an underscore parts words"),
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


def test_a_phrase_finds_the_longer_ones() -> None:
    names = {"hot pack": 1, "pack": 2, "packed": 3, "pack of ice": 4, "ice": 5}
    assert without_longer(names) == {"pack": 2, "packed": 3, "ice": 5}
    assert without_longer({}) == {}
