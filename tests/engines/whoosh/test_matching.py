"""What words score, and which leaves are remembered."""

from __future__ import annotations

import math
import time
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from imrsearch.engines import engine
from imrsearch.engines.base import SearchRequest
from imrsearch.engines.whoosh.matching import ScoredRows, weights
from imrsearch.query.tree import And, Not, Or, Query, Term
from imrsearch.schema import IssueDocument

WHOOSH = engine("whoosh")


def test_what_was_not_read_to_the_end_is_not_kept(tmp_path: Path) -> None:
    documents = [IssueDocument("CM16-0000001#1", {"service": "neck pain"}, {}, {})]
    WHOOSH.create(tmp_path, documents)
    index = WHOOSH.open(tmp_path)
    late = index.search(SearchRequest(Term("neck"), seconds=-1.0))
    assert (late.total, late.timed_out) == (0, True)
    found = index.search(SearchRequest(Term("neck"), seconds=60.0))
    assert (found.total, found.timed_out) == (1, False)
    index.close()


def test_what_is_kept_does_not_hide_that_time_is_over(tmp_path: Path) -> None:
    WHOOSH.create(tmp_path, [IssueDocument("CM16-0000001#1", {"service": "neck pain"}, {}, {})])
    index = WHOOSH.open(tmp_path)
    assert index.search(SearchRequest(Term("neck"), seconds=60.0)).total == 1
    assert index.search(SearchRequest(Term("neck"), seconds=-1.0)).timed_out
    index.close()


@pytest.mark.parametrize(
    ("query", "most"),
    [
        pytest.param(Or((Term("neck"), Term("knee"), Term("brace"))), 4, id="words"),
        pytest.param(
            Or((And((Term("neck"), Not(Term("pain")))), Term("knee"), Term("brace"))),
            3,
            id="a word left out, read before",
        ),
    ],
)
def test_what_was_found_in_time_is_answered_best_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: Query, most: int
) -> None:
    """Each look at the clock takes a second."""
    texts = ["neck pain", "knee pain", "back brace", "neck brace"]
    WHOOSH.create(
        tmp_path,
        [IssueDocument(f"{at}#1", {"service": text}, {}, {}) for at, text in enumerate(texts)],
    )
    partial: list[tuple[int, int]] = []  # totals, each with its time
    for seconds in range(1, 20):
        index, looks = WHOOSH.open(tmp_path), count()
        with monkeypatch.context() as clock:
            clock.setattr(time, "monotonic", lambda looks=looks: float(next(looks)))
            found = index.search(SearchRequest(query, seconds=seconds - 0.5))
        index.close()
        assert found.total == len(found.hits)
        scores = [hit.score for hit in found.hits]
        assert scores == sorted(scores, reverse=True)
        assert all(scores)
        if found.timed_out:
            partial.append((found.total, seconds))
    assert partial == sorted(partial)
    assert partial[-1][0] == most


def test_what_is_kept_takes_room_for_masks_and_scores() -> None:
    assert ScoredRows(np.ones(8, dtype=bool), np.ones(8)).nbytes == 8 + 8 * 8


@pytest.mark.parametrize(
    ("field", "lengths", "expected"),
    [
        pytest.param("rationale", [4, 4], [1.0, 1.0], id="as long as the average"),
        pytest.param("service", [2, 6], [3 / 0.625, 3 / 1.375], id="less in a longer text"),
        pytest.param(
            "service", [2, 6, 0], [3 / 0.625, 3 / 1.375, 12], id="no text counts for none"
        ),
        pytest.param("summary", [0, 0], [0.6 / 0.25] * 2, id="no text at all"),
    ],
)
def test_what_an_occurrence_weighs(field: str, lengths: list[int], expected: list[float]) -> None:
    assert weights(field, np.array(lengths)).tolist() == pytest.approx(expected)


def test_a_score_is_bm25_of_the_counts_of_all_fields_together(tmp_path: Path) -> None:
    """Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.5."""
    texts = [
        {"service": "knee brace", "summary": "knee and knee"},
        {"service": "hip brace", "summary": "a knee again"},
        {"service": "back brace"},
    ]
    WHOOSH.create(tmp_path, [IssueDocument(f"a#{n}", one, {}, {}) for n, one in enumerate(texts)])
    index = WHOOSH.open(tmp_path)
    hits = index.search(SearchRequest(Term("knee"))).hits
    index.close()
    rarity = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = [rarity * count * 2.2 / (count + 1.2) for count in (3.0 + 2 * 0.6, 0.6)]
    assert [hit.id for hit in hits] == ["a#0", "a#1"]
    assert [hit.score for hit in hits] == pytest.approx(expected)
