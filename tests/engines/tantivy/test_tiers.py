"""Documents by the values they hold, and the words that decide among them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from imrsearch.engines.columns.values import Mask, Selection
from imrsearch.engines.tantivy.matching import Matching
from imrsearch.engines.tantivy.tiers import Tiers, words_within
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Or,
    Phrase,
    Query,
    Term,
)

KNEE, HIP, MRI = (
    FieldEquals("body", "knee"),
    FieldEquals("body", "hip"),
    FieldEquals("class", "MRI"),
)
HELD: dict[Query, list[int]] = {KNEE: [0, 1, 2, 3, 4], HIP: [4, 5, 6], MRI: [1, 3, 5, 7]}
ROWS = 9


class OfValues(Matching):
    """Knows who holds what, and nothing of words."""

    def __init__(self, held: dict[Query, list[int]] | None = None) -> None:
        """Nothing is searched."""
        self._held = HELD if held is None else held

    def mask(self, query: Query) -> Mask:
        """Of all rows."""
        return np.isin(np.arange(ROWS), self._held[query])

    def mask_at(self, query: Query, rows: NDArray[Any]) -> Mask:
        """Of some."""
        return np.asarray(self.mask(query)[rows])


def tiers(
    query: Query, chosen: list[int], held: dict[Query, list[int]] | None = None
) -> list[tuple[float, list[int]]]:
    """The scores of the tiers with their rows."""
    mask = np.isin(np.arange(ROWS), chosen)
    found = Tiers(query, OfValues(held), Selection(mask, np.ones(ROWS, bool)))
    return [(tier.score, found.rows(tier).tolist()) for tier in found]


ALL = list(range(ROWS))
BODY = DisMax((Term("knee"), ConstantScore(KNEE, 5.0), ConstantScore(HIP, 2.0)))


@pytest.mark.parametrize(
    ("query", "chosen", "expected"),
    [
        pytest.param(Term("knee"), ALL, [], id="words make no tier"),
        pytest.param(
            ConstantScore(KNEE, 1.5),
            ALL,
            [],
            id="a value that scores less than words do makes none",
        ),
        pytest.param(
            BODY,
            ALL,
            [(5.0, [4]), (5.0, [0, 1, 2, 3]), (2.0, [5, 6]), (0.0, [7, 8])],
            id="of alternatives the best counts",
        ),
        pytest.param(
            And((BODY, Boosted(Term("scan"), (ConstantScore(MRI, 4.0),)))),
            [1, 2, 5, 8],
            [(9.0, [1]), (6.0, [5]), (5.0, [2]), (0.0, [8])],
            id="parts and wishes add up, over the documents chosen",
        ),
        pytest.param(
            MinShouldMatch((Filtered(Boost(BODY, 0.5), KNEE), ConstantScore(MRI, 4.0)), 1),
            [3],
            [(6.5, [3])],
            id="one document of many: weights count",
        ),
        pytest.param(
            Boosted(Or((ConstantScore(KNEE, 1.0), Term("scan"))), (ConstantScore(KNEE, 1.0),)),
            [0, 8],
            [(2.0, [0]), (0.0, [8])],
            id="a value that scores little in two places",
        ),
    ],
)
def test_tiers_come_by_what_their_values_score(
    query: Query, chosen: list[int], expected: list[tuple[float, list[int]]]
) -> None:
    found = tiers(query, chosen)
    assert [score for score, _ in found] == pytest.approx([score for score, _ in expected])
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("chosen", [ALL, [1, 4, 8], [6]], ids=["all", "some", "one of many"])
def test_a_tier_is_what_holds_its_values_and_no_others(chosen: list[int]) -> None:
    mask = np.isin(np.arange(ROWS), chosen)
    query = And((BODY, ConstantScore(MRI, 4.0)))
    found = [*Tiers(query, OfValues(), Selection(mask, np.ones(ROWS, bool)))]
    seen = []
    for tier in found:
        rows = Tiers(query, OfValues(), Selection(mask, np.ones(ROWS, bool))).rows(tier).tolist()
        assert tier.size == len(rows)
        for row in rows:
            assert set(tier.values) == {value for value, held in HELD.items() if row in held}
        seen += rows
    assert sorted(seen) == chosen
    assert [tier.score for tier in found] == sorted((tier.score for tier in found), reverse=True)


def test_seven_values_make_tiers_those_that_score_most() -> None:
    """A byte tells which of them a document holds."""
    values: list[Query] = [FieldEquals("body", f"part {number}") for number in range(9)]
    held = {value: [number] for number, value in enumerate(values)}
    scored = And(tuple(ConstantScore(one, 3.0 + at) for at, one in enumerate(values)))
    found = tiers(scored, ALL, held)
    assert [score for score, _ in found] == [11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 0.0]
    assert found[0] == (11.0, [8])
    assert found[-1] == (0.0, [0, 1])


def test_words_in_their_own_right_and_words_wished_for_decide_within_a_tier() -> None:
    wished = Boost(Term("scan", ("service",)), 0.5)
    names = (Term("knee"), Boost(Term("patella"), 0.5), ConstantScore(KNEE, 5.0))
    pair = Boost(Phrase(("knee", "scan"), exact=False), 0.4)
    assert words_within(Boosted(And((DisMax(names), Term("scan"))), (wished, pair))) == [
        Boost(Term("knee"), 1.0),
        Boost(Term("scan"), 1.0),
        wished,
    ]


def test_a_story_has_ten_words_looked_up() -> None:
    story = And(tuple(Term(f"word{number}") for number in range(30)))
    assert len(words_within(story)) == 10
