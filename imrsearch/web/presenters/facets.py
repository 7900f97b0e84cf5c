"""The facets beside the results; years as bars, with a form that asks for some of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from imrsearch.query.fields import number_range
from imrsearch.search.results import Facet, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import count
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import TELLS_THE_DECISION, typeset

# The facets that most searches are narrowed by; the others open at a click.
_OPEN = frozenset(("decision", "subcategory", "treatment", "body", "guideline", "cites", "year"))


class FacetLine(NamedTuple):
    """A value of a facet; ``overturned`` is empty where it says nothing, ``selected`` unless the
    value is chosen.

    ``spoken`` is the link's name for those who do not see the columns.
    """

    label: str
    spoken: str
    issues: str
    overturned: str
    selected: str
    url: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet with its values; ``plain``: without outcomes; ``all``: the page of all values."""

    label: str
    open: bool
    plain: bool
    selected: int
    values: tuple[FacetLine, ...]
    all: Link
    years: Years | None


def facet_box(facet: Facet, state: SearchState, with_outcomes: bool) -> FacetBox:
    """The box of one facet beside the first page of a search; outcomes stand beside values that are
    no decisions themselves."""
    plain = not with_outcomes or facet.name in TELLS_THE_DECISION
    return FacetBox(
        label=facet.label,
        open=facet.name in _OPEN or facet.selected > 0,
        plain=plain,
        selected=facet.selected,
        values=tuple(
            _facet_line(value, plain)
            for value in facet.values
            # A range that somebody typed is no line of a table, but a filter.
            if value.count or not is_span(value)
        ),
        all=Link(
            f"All {len(facet.values) + facet.more:,} values"
            if facet.more
            else "Include or exclude",
            state.to_url(f"/facet/{facet.name}"),
        ),
        years=bars_of_years(facet, state) if facet.name == "year" else None,
    )


def _facet_line(value: FacetValue, plain: bool) -> FacetLine:
    overturned = f"{value.overturned:,}" if value.overturned and not plain else ""
    spoken = _spoken(value, overturned)
    selected = "selected" if value.selected else ""
    return FacetLine(
        typeset(value.label), spoken, f"{value.count:,}", overturned, selected, value.url
    )


def _spoken(value: FacetValue, overturned: str) -> str:
    words = f"{value.label}, {count(value.count, 'issue')}"
    if overturned:
        words += f", {overturned} overturned"
    return f"Remove filter: {words}" if value.selected else words


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


def bars_of_years(facet: Facet, state: SearchState) -> Years | None:
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
