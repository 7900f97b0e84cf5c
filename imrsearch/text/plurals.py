"""A number with its noun, as every page, message and listing words it."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 issue", "1,204 issues"; ``many`` where the plural is more than an "s"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
