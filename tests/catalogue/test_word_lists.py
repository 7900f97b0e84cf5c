"""The word lists of searches: what their words mean, and what may stand before others."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.word_lists import (
    circumstance_cue,
    decision_words,
    fillers,
    glue,
    misspellings,
    operation_words,
    people,
    request_cue,
    time_words,
    word_lists,
)
from imrsearch.text.words import words


@pytest.mark.parametrize(
    ("before", "asks"),
    [
        pytest.param("a request for ", True, id="for it"),
        pytest.param("her doctor wants an ", True, id="an article between"),
        pytest.param("WANTS the\n", True, id="in capitals, before the end of a line"),
        pytest.param("he seeks further ", True, id="more of it"),
        pytest.param("he seeks further more ", False, id="no two words between"),
        pytest.param("she wants", False, id="no blank behind it"),
        pytest.param("unwants ", False, id="inside of a word"),
        pytest.param("a request for rest, then ", False, id="of something else"),
    ],
)
def test_words_of_request(before: str, asks: bool) -> None:
    assert bool(request_cue().search(before)) is asks


@pytest.mark.parametrize(
    ("before", "is_circumstance"),
    [
        pytest.param("acupuncture after ", True, id="after it"),
        pytest.param("Despite all her prior ", True, id="many small words between"),
        pytest.param("after 6 weeks of ", True, id="so many weeks of it"),
        pytest.param("before a low risk ", True, id="words behind an article"),
        pytest.param("before a very low risk, small ", False, id="too many of them"),
        pytest.param("before low risk ", False, id="and none without an article"),
        pytest.param("gabapentin with ", True, id="with it"),
        pytest.param("sessions with ", False, id="sessions with a person are the request"),
        pytest.param("visits with the ", False, id="so are visits"),
        pytest.param("treatment with ", False, id="and treatment"),
        pytest.param("hereafter ", False, id="inside of a word"),
        pytest.param("after", False, id="no blank behind it"),
    ],
)
def test_words_of_circumstance(before: str, is_circumstance: bool) -> None:
    assert bool(circumstance_cue().search(before)) is is_circumstance


@pytest.mark.parametrize(
    ("before", "said"),
    [
        pytest.param("tests before ", "preoperative", id="before it"),
        pytest.param("tests Prior to a low risk ", "preoperative", id="words between"),
        pytest.param("therapy s/p ", "postoperative", id="after it"),
        pytest.param("tests before. The ", None, id="in another sentence"),
        pytest.param("tests before" + " so" * 11, None, id="too far behind"),
        pytest.param("hereafter ", None, id="inside of a word"),
        pytest.param("tests without ", None, id="neither"),
    ],
)
def test_what_is_said_instead_of_an_operation(before: str, said: str | None) -> None:
    found = operation_words(before)
    assert said in found if said else found == ()


def test_no_word_means_two_decisions() -> None:
    tables = [word_lists()["decisions"][decision] for decision in set(decision_words().values())]
    assert len(tables) == 2
    assert len(decision_words()) == sum(map(len, tables))
    assert decision_words()["granted"] == "overturned"
    assert decision_words()["denied"] == "upheld"


@pytest.mark.parametrize(
    ("listed", "held", "missing"),
    [
        pytest.param(glue(), "the", "knee", id="what nobody misses"),
        pytest.param(fillers(), "allow", "knee", id="what nothing hangs on"),
        pytest.param(people(), "physiotherapist", "knee", id="who treats"),
    ],
)
def test_lists_of_small_words(listed: frozenset[str], held: str, missing: str) -> None:
    assert held in listed
    assert missing not in listed
    assert all(word == word.lower() for word in listed)


def test_words_of_time_set_a_bound() -> None:
    assert {time_words()[word] for word in ("since", "after", "before", "until", "in")} == {
        *("from", "above", "below", "to", "equal")
    }


def test_a_misspelling_is_no_word_that_is_meant_by_another() -> None:
    meant = misspellings()
    assert meant["accupuncture"] == "acupuncture"
    assert meant.keys().isdisjoint(meant.values())
    assert all(" ".join(words(word)) == word for word in meant)
