"""Suggestions for a mistyped name."""

from __future__ import annotations

from collections.abc import Iterable

from imrsearch.text.fuzzy import closest

_LEAST_ALIKE = 66.0


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Such as "Did you mean search?", or a list of all names if none is similar."""
    names = list(known)
    near = closest(typed.lower(), names, _LEAST_ALIKE, most=3)
    return f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(names)}."
