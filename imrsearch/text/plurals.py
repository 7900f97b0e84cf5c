"""A number with its noun, as every page, message and listing words it."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 issue", "1,204 issues"; ``many`` where the plural is more than an "s"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def unit_of(amount: float, unit: str) -> str:
    """The unit beside an amount, which is kept in the plural: "visit" of 1, "boxes" of 2."""
    if amount != 1:
        return unit
    has_hissing_end = unit.endswith(("xes", "ches", "shes", "sses"))
    return unit.removesuffix("es" if has_hissing_end else "s")
