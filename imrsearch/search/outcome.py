"""How often issues were overturned, and how certain that share is."""

from __future__ import annotations

from math import sqrt

from imrsearch.search.results import Outcome

FEWEST_FOR_RANGE = 10
"""For fewer decisions neither a rate nor a range is given: it would say nothing."""
_Z = 1.96  # the normal deviate of a 95 % interval


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share, both ends in 0 to 1.

    Raises ValueError unless 0 <= successes <= trials and trials > 0. (E. B. Wilson, 1927: unlike
    the textbook interval it stays sensible for few trials and for shares near 0 and 1.)
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"{successes} of {trials} is no share")
    share = successes / trials
    spread = _Z * _Z / trials
    centre = share + spread / 2
    half = _Z * sqrt(share * (1 - share) / trials + spread / (4 * trials))
    low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
    # At the ends the square root is only nearly the centre: 2e-17 in place of 0.
    return (low if successes else 0.0), (high if successes < trials else 1.0)


def told_range(successes: int, trials: int) -> tuple[float, float] | tuple[None, None]:
    """The Wilson interval of a share where there are enough trials to tell one."""
    return wilson(successes, trials) if trials >= FEWEST_FOR_RANGE else (None, None)


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares, the first minus the second, from -1 to 1.

    Each is (successes, trials). (R. G. Newcombe, 1998, method 10: the ends of both Wilson intervals
    are combined. It holds for two sets that have no issue in common.)
    """
    (low, high), (other_low, other_high) = wilson(*first), wilson(*second)
    share, other = first[0] / first[1], second[0] / second[1]
    difference = share - other
    return (
        difference - sqrt((share - low) ** 2 + (other_high - other) ** 2),
        difference + sqrt((high - share) ** 2 + (other - other_low) ** 2),
    )


def outcome(
    issues: int, overturned: int, collection_rate: float | None, by_decision: bool = False
) -> Outcome:
    """The outcome of a result set, beside the rate of the whole collection."""
    if not issues:
        return Outcome(0, 0, None, None, None, collection_rate, by_decision)
    low, high = wilson(overturned, issues)
    rate = overturned / issues
    return Outcome(issues, overturned, rate, low, high, collection_rate, by_decision)
