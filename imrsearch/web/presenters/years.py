"""The years of a result as bars, and the form that asks for some of them."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.query.fields import number_range
from imrsearch.search.results import Facet, FacetValue
from imrsearch.search.state import SearchState

HEIGHT = 40
"""How high the highest bar is."""


@dataclass(frozen=True, slots=True)
class YearBar:
    """One year's bar: its place, its height, and the height of its overturned part."""

    x: int
    height: float
    won: float


@dataclass(frozen=True, slots=True)
class Years:
    """The bars of all years from the first to the last, and what the form's fields hold."""

    bars: tuple[YearBar, ...]
    first: int
    last: int
    low: str
    high: str
    hidden: tuple[tuple[str, str], ...]


def years(facet: Facet, state: SearchState) -> Years | None:
    """The chart and form of the year facet; ``None`` where no year is known."""
    # A value that was asked for but that nothing has may be anything, also no year.
    known = {
        int(value.value): value for value in facet.values if value.count and value.value.isdecimal()
    }
    if not known:
        return None
    first, last = min(known), max(known)
    scale = HEIGHT / max(value.count for value in known.values())
    low, high = _chosen(state)
    return Years(
        bars=tuple(
            YearBar(
                x=(year - first) * 10,
                height=round(value.count * scale, 1),
                won=round(value.overturned * scale, 1),
            )
            for year, value in sorted(known.items())
        ),
        first=first,
        last=last,
        low=low,
        high=high,
        hidden=tuple(state.without_facet("year").parameters()),
    )


def is_span(value: FacetValue) -> bool:
    """Whether the value is a range of numbers, such as years."""
    return ".." in value.value and number_range("year", value.value) is not None


def _chosen(state: SearchState) -> tuple[str, str]:
    """The ends of the one year or range that is asked for, else nothing."""
    values = state.filters.get("year", ())
    span = number_range("year", values[0]) if len(values) == 1 else None
    return (_year_text(span.low), _year_text(span.high)) if span else ("", "")


def _year_text(year: int | None) -> str:
    return "" if year is None else str(year)
