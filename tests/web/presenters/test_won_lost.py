"""The page of what won and what lost."""

from __future__ import annotations

import pytest

from imrsearch.search.results import ReasonRow, ReasonSide
from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import WonLost
from imrsearch.web.presenters.won_lost import won_lost_page


def side(count: int) -> ReasonSide:
    return ReasonSide("Pain relief documented", count, "/search?reason=x", ())


@pytest.mark.parametrize(
    ("met", "low", "high", "told"),
    [
        pytest.param(
            4,
            0.117,
            0.546,
            "Of these 14 issues, 4 were overturned: 29%, likely 12–55%",
            id="with its interval",
        ),
        pytest.param(
            1,
            0.016,
            0.377,
            "Of these 11 issues, 1 was overturned: 9%, likely 2–38%",
            id="a single one",
        ),
        pytest.param(4, None, None, "", id="too few to tell a share"),
    ],
)
def test_the_share_of_a_reason(met: int, low: float | None, high: float | None, told: str) -> None:
    row = ReasonRow("pain-relief", side(met), side(10), low, high)
    table = WonLost("", "/search", 14, 4, (row,), 0, "/search", partial=False, build="b")
    assert won_lost_page(SearchState(), table).rows[0].range == told
