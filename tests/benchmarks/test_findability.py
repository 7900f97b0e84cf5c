"""The judged searches, and the figures made of them."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.findability import SETS, interval, judged, ndcg, recall

GRADES = {"a#1": 3, "b#1": 2, "c#1": 1}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(["a#1", "b#1", "c#1"], 1.0, id="the best order"),
        pytest.param(["x#1", "y#1"], 0.0, id="nothing that is wanted"),
        # 7 / log2(3) of 7 + 3 / log2(3) + 1 / 2
        pytest.param(["x#1", "a#1"], 0.470, id="one place too low"),
    ],
)
def test_ndcg(found: list[str], expected: float) -> None:
    assert ndcg(found, GRADES) == pytest.approx(expected, abs=0.001)


def test_recall_counts_what_is_wanted_most() -> None:
    wanted = {"a#1": 3, "b#1": 3, "c#1": 1}
    assert recall(["x#1", "a#1", "c#1"], wanted) == 0.5


def test_the_interval_holds_the_mean_and_is_the_same_at_every_run() -> None:
    values = [0.2, 0.9, 0.5, 0.7, 0.4]
    low, high = interval(values)
    assert low < sum(values) / len(values) < high
    assert (low, high) == interval(values)


def test_the_judged_searches_have_both_halves_of_every_kind() -> None:
    searches = [one for one in judged(real=True) if one.set != SETS[0]]
    kinds = Counter((one.kind, one.set) for one in searches)
    assert len(searches) >= 80
    assert {kind for kind, half in kinds if half == "open"} == {
        kind for kind, half in kinds if half == "closing"
    }
    assert min(kinds.values()) >= 4
