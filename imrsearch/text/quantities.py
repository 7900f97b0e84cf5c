"""A number with its noun or as a share, as every page, message and listing words it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

_MOST_NAMED = 20


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 issue", "1,204 issues"; ``many`` where the plural is more than an "s"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def count_named(names: Collection[str], one: str) -> str:
    """The same with the names of what is counted, of many the first ones: "1 letter (a.txt)"."""
    named = ", ".join(islice(names, _MOST_NAMED))
    more = f" and {len(names) - _MOST_NAMED:,} more" * (len(names) > _MOST_NAMED)
    return f"{count(len(names), one)} ({named}{more})"


def unit_of(amount: float, unit: str) -> str:
    """The unit beside an amount, which is kept in the plural: "visit" of 1, "boxes" of 2."""
    if amount != 1:
        return unit
    has_hissing_end = unit.endswith(("xes", "ches", "shes", "sses"))
    return unit.removesuffix("es" if has_hissing_end else "s")


def quantity_words(amount: float, unit: str, minimum: float | None = None) -> str:
    """An amount that was asked for: "12 visits", "1 visit", "8–12 visits"."""
    least = f"{minimum:,}–" if minimum else ""
    return f"{least}{amount:,} {unit_of(amount, unit)}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent: 0.094 -> "9%"."""
    return f"{share:.0%}"


def share_words(rate: float | None, low: float | None, high: float | None) -> str:
    """A share with its likely range: "21%, likely 8–48%"; empty where either is not known."""
    if rate is None or low is None or high is None:
        return ""
    return f"{percent(rate)}, likely {percent(low).removesuffix('%')}–{percent(high)}"
