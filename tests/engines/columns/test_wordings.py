"""Which documents have the same wording, and what is left when they are folded."""

from __future__ import annotations

import numpy as np
import pytest

from imrsearch.engines.columns.wordings import fold, same_wording

WORDING = np.arange(1, 17, dtype=np.uint16)


def differing(places: int) -> np.ndarray[tuple[int], np.dtype[np.uint16]]:
    """The wording with so many other numbers, one in each band before a second in any."""
    changed = WORDING.copy()
    changed[[place % 4 * 4 + place // 4 for place in range(places)]] += 100
    return changed


@pytest.mark.parametrize(
    ("rows", "apart", "lowest"),
    [
        pytest.param([WORDING, WORDING], [0, 0], [0, 0], id="the same"),
        pytest.param([WORDING, differing(3)], [0, 0], [0, 0], id="nearly the same"),
        pytest.param([WORDING, differing(5)], [0, 0], [0, 1], id="not near enough"),
        pytest.param([WORDING, WORDING], [0, 1], [0, 1], id="decided otherwise"),
        pytest.param([WORDING, WORDING + 50, WORDING], [0, 0, 0], [0, 1, 0], id="one between"),
        pytest.param([WORDING * 0, WORDING * 0], [0, 0], [0, 1], id="no signature"),
        pytest.param([], [], [], id="nothing"),
    ],
)
def test_the_lowest_row_of_each_wording(
    rows: list[object], apart: list[int], lowest: list[int]
) -> None:
    signatures = np.array(rows, np.uint16).reshape(-1, 16)
    assert same_wording(signatures, np.array(apart, bool)).tolist() == lowest


@pytest.mark.parametrize(
    ("first", "last", "rows"),
    [(0, 2, [5, 3]), (2, 4, [1]), (0, 9, [5, 3, 1]), (3, 5, [])],
)
def test_of_each_group_the_best_is_kept(first: int, last: int, rows: list[int]) -> None:
    groups = np.array([0, 1, 0, 3, 3, 0])
    ranked = [(6.0, 5), (5.0, 2), (4.0, 0), (3.0, 3), (2.0, 4), (1.0, 1)]
    asked: list[int] = []

    def best(limit: int) -> list[tuple[float, int]]:
        asked.append(limit)
        return ranked[:limit]

    assert [row for _, row in fold(best, groups, first, last, len(ranked))] == rows
    assert asked == sorted(set(asked))
    assert max(asked) <= len(ranked)
