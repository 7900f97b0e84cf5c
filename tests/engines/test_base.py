"""What requests and answers are made of."""

from __future__ import annotations

from imrsearch.engines.base import Suggestion, suggestions, weighted_fields
from imrsearch.schema import TEXT_FIELDS


def test_the_most_frequent_words_are_suggested_first() -> None:
    counts = {"pain": 2, "knee": 5, "hip": 2, "ankle": 1}
    ranked = [Suggestion("knee", 5), Suggestion("hip", 2), Suggestion("pain", 2)]
    assert suggestions(counts, 3) == tuple(ranked)
    assert suggestions(counts) == (*ranked, Suggestion("ankle", 1))
    assert suggestions(counts, 0) == suggestions({}) == ()


def test_fields_are_searched_with_their_weights() -> None:
    assert dict(weighted_fields(())) == TEXT_FIELDS
    assert list(weighted_fields(("summary", "service"))) == [("summary", 0.6), ("service", 3.0)]
