"""How query trees are put to OpenSearch. What they match is the contract's."""

from __future__ import annotations

import pytest

from imrsearch.engines.opensearch.query import RequestTranslation, has_words, without_words
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    Filtered,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)

FACTOR = 2.0


def told(field: str, value: str, boost: float) -> dict[str, object]:
    return {"term": {field: {"value": value, "boost": boost}}}


@pytest.mark.parametrize(
    ("query", "body"),
    [
        pytest.param(Term("knees"), told("stems.all", "knee", 2.0), id="one field for all stems"),
        pytest.param(
            Term("knees", ("service",)), told("stems.service", "knee", 6.0), id="a field's weight"
        ),
        pytest.param(
            Term("of", ("service",)), told("words.service", "of", 6.0), id="a stop word as written"
        ),
        pytest.param(
            Phrase(("low", "back"), exact=False),
            {"match_phrase": {"stems.all": {"query": "low back", "boost": 2.0}}},
            id="adjacent words are a phrase, which is cheaper than spans",
        ),
        pytest.param(
            Phrase(("range", "of", "motion"), ("service",), exact=False, slop=2),
            {
                "span_near": {
                    "clauses": [
                        {"span_term": {"stems.service": {"value": "rang"}}},
                        {"span_gap": {"stems.service": 1}},
                        {"span_term": {"stems.service": {"value": "motion"}}},
                    ],
                    "slop": 2,
                    "in_order": True,
                    "boost": 6.0,
                }
            },
            id="a stop word is a gap",
        ),
        pytest.param(
            And((MatchAll(), Not(FieldEquals("body", "hip")))),
            {
                "bool": {
                    "must": [{"bool": {"filter": [{"match_all": {}}]}}],
                    "must_not": [
                        {"bool": {"filter": [{"term": {"values.body": {"value": "hip"}}}]}}
                    ],
                }
            },
            id="what must not match is left out at once, not looked for in all other documents",
        ),
        pytest.param(Or((Term("knee"),)), told("stems.all", "knee", 2.0), id="one of one is it"),
    ],
)
def test_what_is_asked(query: Query, body: dict[str, object]) -> None:
    assert RequestTranslation(FACTOR)(query) == body


KNEE, HIP = FieldEquals("body", "knee"), FieldEquals("body", "hip")
PAIN = Term("pain")


@pytest.mark.parametrize(
    ("query", "left"),
    [
        pytest.param(PAIN, MatchNone(), id="a word"),
        pytest.param(Phrase(("low", "back")), MatchNone(), id="a phrase"),
        pytest.param(Prefix("pa"), MatchNone(), id="a beginning"),
        pytest.param(KNEE, KNEE, id="a value"),
        pytest.param(Not(KNEE), Not(KNEE), id="but a value"),
        pytest.param(Not(PAIN), MatchNone(), id="but a word: it may be there"),
        pytest.param(Not(Filtered(KNEE, PAIN)), MatchNone(), id="but a word that narrows"),
        pytest.param(Not(Not(PAIN)), MatchNone(), id="a word denied twice"),
        pytest.param(And((PAIN, KNEE)), And((MatchNone(), KNEE)), id="both"),
        pytest.param(Or((PAIN, KNEE)), Or((MatchNone(), KNEE)), id="either"),
        pytest.param(DisMax((PAIN, KNEE)), Or((MatchNone(), KNEE)), id="the best"),
        pytest.param(
            MinShouldMatch((PAIN, KNEE, HIP), 2),
            MinShouldMatch((MatchNone(), KNEE, HIP), 2),
            id="most",
        ),
        pytest.param(Filtered(KNEE, PAIN), And((KNEE, MatchNone())), id="narrowed by a word"),
        pytest.param(Boost(KNEE, 2.0), KNEE, id="a weight"),
        pytest.param(ConstantScore(PAIN, 2.0), MatchNone(), id="a word that scores the same"),
        pytest.param(Boosted(KNEE, (PAIN,)), KNEE, id="a wish"),
    ],
)
def test_when_time_is_over_words_count_as_absent(query: Query, left: Query) -> None:
    assert without_words(query) == left


@pytest.mark.parametrize(
    ("query", "has"),
    [
        (KNEE, False),
        (And((KNEE, Not(HIP))), False),
        (And((KNEE, Not(PAIN))), True),
        (Boosted(KNEE, (PAIN,)), True),
        (Filtered(KNEE, Not(PAIN)), True),
        (Filtered(KNEE, Filtered(HIP, PAIN)), True),
        (Filtered(KNEE, HIP), False),
    ],
)
def test_words_are_seen_wherever_they_stand(query: Query, has: bool) -> None:
    """Else an answer without them would pass for a whole one."""
    assert has_words(query) == has
