"""An index that does not count one kind of evidence."""

from __future__ import annotations

import pytest

from benchmarks.ablation import EVIDENCE, Without
from imrsearch.engines.base import SearchRequest
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    FieldEquals,
    MinShouldMatch,
    Phrase,
    Query,
    Term,
)
from tests.search.memory import MemoryIndex

WORD, PHRASE = Term("knee"), Phrase(("red", "flags"))
PART = ConstantScore(FieldEquals("body", "knee"), 5.0, "body")
KIN = ConstantScore(FieldEquals("body", "lower leg"), 2.5, "kin")


def nothing(query: Query) -> ConstantScore:
    return ConstantScore(query, 0.0)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("words", Boosted(And((nothing(WORD), MinShouldMatch((PHRASE, PART), 1))), (KIN,))),
        ("phrases", Boosted(And((WORD, MinShouldMatch((nothing(PHRASE), PART), 1))), (KIN,))),
        ("body", Boosted(And((WORD, MinShouldMatch((PHRASE, nothing(PART)), 1))), (KIN,))),
        ("kin", Boosted(And((WORD, MinShouldMatch((PHRASE, PART), 1))), (nothing(KIN),))),
    ],
)
def test_one_kind_of_evidence_counts_nothing_and_all_is_found(kind: str, expected: Query) -> None:
    query = Boosted(And((WORD, MinShouldMatch((PHRASE, PART), 1))), (KIN,))
    index = MemoryIndex(())
    Without(index, EVIDENCE[kind]).search(SearchRequest(query))
    assert index.requests[0].query == expected


def test_what_is_weighed_is_looked_into() -> None:
    index = MemoryIndex(())
    Without(index, EVIDENCE["words"]).search(SearchRequest(Boost(WORD, 0.5)))
    assert index.requests[0].query == Boost(nothing(WORD), 0.5)
