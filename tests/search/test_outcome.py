from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.search.outcome import FEWEST_FOR_RANGE, newcombe, outcome, told_range, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # Worked out by hand from Wilson's formula, in whole percent.
    [(0, 3, 0, 56), (3, 7, 16, 75), (1, 12, 1, 35), (9, 100, 5, 16), (90, 1000, 7, 11)],
)
def test_known_intervals(successes: int, trials: int, low: int, high: int) -> None:
    assert tuple(round(end * 100) for end in wilson(successes, trials)) == (low, high)


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (2, 1), (-1, 5)])
def test_no_share_no_interval(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, trials)


@given(st.integers(1, 10**7).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts: tuple[int, int]) -> None:
    successes, trials = counts
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= high <= 1


def test_an_interval_ends_exactly_where_the_share_does() -> None:
    """The square root is only nearly as large as the centre."""
    for trials in range(1, 100):
        assert wilson(0, trials)[0] == 0
        assert wilson(trials, trials)[1] == 1


def test_outcome_of_nothing_has_no_rate() -> None:
    none = outcome(0, 0, 0.1)
    assert (none.issues, none.overturned) == (0, 0)
    assert (none.rate, none.low, none.high, none.collection_rate) == (None, None, None, 0.1)


def test_outcome() -> None:
    found = outcome(12, 3, None)
    assert (found.issues, found.overturned, found.rate) == (12, 3, 0.25)
    assert (found.low, found.high) == wilson(3, 12)
    assert not found.by_decision
    assert outcome(12, 3, None, by_decision=True).by_decision


def test_a_range_is_told_from_ten_trials_on() -> None:
    """Fewer decisions say nothing, whatever Wilson's formula gives for them."""
    assert told_range(3, FEWEST_FOR_RANGE - 1) == (None, None)
    assert told_range(3, FEWEST_FOR_RANGE) == wilson(3, FEWEST_FOR_RANGE)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    # The examples (a), (b) and (e) of Newcombe (1998), table II, method 10.
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_known_differences(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    assert newcombe(first, second) == pytest.approx((low, high), abs=0.0002)


counted = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counted, counted)
def test_a_difference_holds_its_estimate_and_turns_round(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    """Which side stands first changes the sign alone: the page can swap the two sides."""
    low, high = newcombe(first, second)
    assert -1 - 1e-9 <= low <= first[0] / first[1] - second[0] / second[1] + 1e-9
    assert high <= 1 + 1e-9
    assert newcombe(second, first) == pytest.approx((-high, -low), abs=1e-9)


@given(counted)
def test_more_trials_of_one_share_narrow_the_range(counts: tuple[int, int]) -> None:
    successes, trials = counts
    low, high = wilson(successes, trials)
    closer_low, closer_high = wilson(successes * 4, trials * 4)
    assert closer_high - closer_low < high - low
