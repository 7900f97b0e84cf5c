"""What queries match and score, from their parts; what combines bits works on bitmaps too."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from imrsearch.engines.columns.combining import Bits, Masking, Scoring, at_least
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    Filtered,
    Leaf,
    MinShouldMatch,
    Not,
    Or,
    Query,
    Term,
)
from tests.engines import reference
from tests.engines.corpus import CORPUS, random_query

_ROWS = st.integers(1, 70)


@given(data=st.data(), rows=_ROWS, parts=st.integers(0, 9), count=st.integers(0, 12))
def test_where_most_of_several_are_set(
    data: st.DataObject, rows: int, parts: int, count: int
) -> None:
    masks = [
        np.array(data.draw(st.lists(st.booleans(), min_size=rows, max_size=rows)), bool)
        for _ in range(parts)
    ]
    summed = np.sum(masks, axis=0, dtype=int) if masks else np.zeros(rows, int)
    by_masks = at_least(masks, count, np.zeros(rows, bool))
    packed = [np.packbits(mask) for mask in masks]
    by_bitmaps = at_least(packed, count, np.packbits(np.zeros(rows, bool)))
    assert by_masks.tolist() == (summed >= count).tolist()
    assert np.unpackbits(by_bitmaps, count=rows).view(bool).tolist() == by_masks.tolist()


class OfCorpus(Masking):
    """Masks of the corpus, its words and values looked up one document at a time."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(np.ones(len(CORPUS), bool), seconds)

    def text(self, query: Leaf) -> Bits:
        """Words; none once time is over."""
        return self._nothing if self.is_late() else self.values(query)

    def values(self, query: Query) -> Bits:
        """Values and numbers."""
        return np.array([reference.matches(one, query) for one in CORPUS])


class OneEach(Scoring):
    """Each word scores a point."""

    def __init__(self) -> None:
        self._matching = OfCorpus()
        super().__init__(np.zeros(len(CORPUS)), self._matching.matched)

    def leaf(self, leaf: Leaf) -> NDArray[Any]:
        """A point where it is."""
        return self._matching.text(leaf).astype(float)


@given(random_query)
def test_a_mask_is_put_together_from_its_parts(query: Query) -> None:
    found = OfCorpus()
    expected = [reference.matches(one, query) for one in CORPUS]
    assert found.mask(query).tolist() == expected
    assert found.count(query) == sum(expected)
    assert not found.is_partial


@given(random_query)
def test_only_what_matches_scores(query: Query) -> None:
    scores = OneEach().score(query)
    assert scores.shape == (len(CORPUS),)
    assert not scores[~OfCorpus().mask(query)].any()


@given(random_query)
def test_what_is_found_when_time_is_over_matches(query: Query) -> None:
    late = OfCorpus(seconds=-1.0)
    assert not (late.mask(query) & ~OfCorpus().mask(query)).any()


KNEE, PAIN, NECK = FieldEquals("body", "knee"), Term("pain"), Term("neck")


@pytest.mark.parametrize(
    ("query", "score"),
    [
        pytest.param(And((PAIN, ConstantScore(KNEE, 2.5))), 3.5, id="all parts"),
        pytest.param(Or((PAIN, NECK, ConstantScore(KNEE, 2.5))), 3.5, id="those that match"),
        pytest.param(And((PAIN, NECK)), 0.0, id="not all"),
        pytest.param(MinShouldMatch((PAIN, NECK, KNEE), 2), 1.0, id="most"),
        pytest.param(MinShouldMatch((PAIN, NECK), 2), 0.0, id="not most"),
        pytest.param(DisMax((PAIN, ConstantScore(KNEE, 2.5))), 2.5, id="the best"),
        pytest.param(Boost(PAIN, 0.5), 0.5, id="a weight"),
        pytest.param(Boosted(KNEE, (PAIN, PAIN, NECK)), 2.0, id="wishes"),
        pytest.param(Boosted(NECK, (PAIN,)), 0.0, id="wishes for what does not match"),
        pytest.param(Filtered(PAIN, KNEE), 1.0, id="narrowed"),
        pytest.param(Filtered(PAIN, NECK), 0.0, id="narrowed too far"),
        pytest.param(Not(NECK), 0.0, id="what is not there"),
        pytest.param(KNEE, 0.0, id="a value"),
    ],
)
def test_a_score_is_put_together_from_its_parts(query: Query, score: float) -> None:
    """Of a document about the pain of a knee."""
    held = OfCorpus().mask(And((KNEE, PAIN, Not(NECK))))
    assert held.any()
    assert OneEach().score(query)[held].tolist() == [score] * int(held.sum())
