"""What of a query scores, where the words of a phrase stand, and what was found a while ago."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from imrsearch.engines.queries import RecentQueries, is_scored, sought, strip_scoring
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from tests.engines import reference
from tests.engines.corpus import CORPUS, random_query

KNEE, PAIN = FieldEquals("body", "knee"), Term("pain")
SCORED = ConstantScore(KNEE, 2.0)
WISHED = Boosted(KNEE, (PAIN,))


@pytest.mark.parametrize(
    ("leaf", "exact", "places"),
    [
        (Phrase(("range", "of", "motion")), True, [(0, "range"), (1, "of"), (2, "motion")]),
        (Phrase(("ranges", "of", "motion"), exact=False), False, [(0, "rang"), (2, "motion")]),
        (Phrase(("the", "knees"), exact=False), False, [(1, "knee")]),
        (Phrase(("to", "be"), exact=False), True, [(0, "to"), (1, "be")]),
        (Phrase(()), True, []),
        (Term("knees"), False, [(0, "knee")]),
        (Term("knees", exact=True), True, [(0, "knees")]),
        (Term("the"), True, [(0, "the")]),
    ],
)
def test_stop_words_of_a_stemmed_phrase_are_places_for_any_word(
    leaf: Term | Phrase, exact: bool, places: list[tuple[int, str]]
) -> None:
    assert sought(leaf) == (places, exact, 0)


def test_words_between_are_those_of_the_phrase() -> None:
    assert sought(Phrase(("low", "back"), slop=3)).slop == 3


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        (SCORED, KNEE),
        (WISHED, KNEE),
        (Boost(PAIN, 3.0), PAIN),
        (Boost(Boosted(SCORED, (PAIN,)), 3.0), KNEE),
        (And((SCORED, PAIN)), And((KNEE, PAIN))),
        (Or((SCORED, PAIN)), Or((KNEE, PAIN))),
        (DisMax((SCORED, PAIN)), Or((KNEE, PAIN))),
        (MinShouldMatch((SCORED, PAIN), 2), MinShouldMatch((KNEE, PAIN), 2)),
        (Not(SCORED), Not(KNEE)),
        (Filtered(SCORED, WISHED), And((KNEE, KNEE))),
        (PAIN, PAIN),
    ],
)
def test_a_query_without_what_only_ranks(query: Query, plain: Query) -> None:
    assert strip_scoring(query) == plain


@given(random_query)
def test_it_matches_the_same(query: Query) -> None:
    plain = strip_scoring(query)
    assert strip_scoring(plain) == plain
    for one in CORPUS:
        assert reference.matches(one, plain) == reference.matches(one, query)


@pytest.mark.parametrize(
    ("query", "scored"),
    [
        (PAIN, True),
        (Phrase(("low", "back")), True),
        (Prefix("pa"), True),
        (SCORED, True),
        (WISHED, True),
        (And((KNEE, Or((KNEE, PAIN)))), True),
        (And((KNEE, Not(PAIN))), False),
        (Filtered(KNEE, PAIN), False),
        (Filtered(PAIN, KNEE), True),
        (Or((MatchAll(), MatchNone(), KNEE, FieldMissing("body"), Range("age", 1, 2))), False),
    ],
)
def test_whether_anything_scores(query: Query, scored: bool) -> None:
    """What does not is shown in the order of writing, which costs nothing."""
    assert is_scored(query) == scored


Kept = NDArray[np.uint8]
TEN_BYTES: Kept = np.zeros(10, np.uint8)
WORDS = [Term(word) for word in ("neck", "knee", "hip", "ankle")]


@pytest.mark.parametrize(
    ("recent", "kept"),
    [
        pytest.param(RecentQueries(30), "neck hip ankle", id="as far as there is room"),
        pytest.param(RecentQueries(29), "hip ankle", id="a byte less"),
        pytest.param(RecentQueries(99, most=3), "neck hip ankle", id="so many at most"),
        pytest.param(RecentQueries(99), "neck knee hip ankle", id="all"),
        pytest.param(RecentQueries(9), "", id="nothing has room"),
    ],
)
def test_what_was_asked_for_last_is_kept(recent: RecentQueries[Kept], kept: str) -> None:
    neck, knee, hip, ankle = WORDS
    for one in (neck, knee, hip):
        recent.put(one, TEN_BYTES)
    recent.get(neck)
    recent.put(ankle, TEN_BYTES)
    assert " ".join(one.word for one in WORDS if recent.get(one) is not None) == kept


def test_what_two_threads_find_takes_its_room_once() -> None:
    recent = RecentQueries[Kept](20)
    for _ in range(3):
        recent.put(WORDS[0], TEN_BYTES)
    recent.put(WORDS[1], TEN_BYTES)
    assert [recent.get(one) is not None for one in WORDS] == [True, True, False, False]
