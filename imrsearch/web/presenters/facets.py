"""The facets beside the results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from imrsearch.search.results import Facet, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.text.plurals import count
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import typeset
from imrsearch.web.presenters.years import Years, is_span, years

TELLS_THE_DECISION = ("decision", "outcome")
"""Facets whose values are decisions themselves."""

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
        years=years(facet, state) if facet.name == "year" else None,
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
