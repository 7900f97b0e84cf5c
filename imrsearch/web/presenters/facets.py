"""The facets beside the results."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.results import Facet, FacetValue
from imrsearch.web.presenters.words import count

TELLS_THE_DECISION = ("decision", "outcome")
"""Facets whose values are decisions themselves."""

# The facets that most searches are narrowed by; the others open at a click.
_OPEN = frozenset(("decision", "category", "body", "guideline", "cites", "specialty", "year"))


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A value of a facet; ``overturned`` is empty where it says nothing.

    ``spoken`` is the link's name for those who do not see the columns.
    """

    label: str
    spoken: str
    count: str
    overturned: str
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet with its values; ``plain``: without outcomes; ``more``: what is not shown."""

    label: str
    open: bool
    plain: bool
    selected: int
    values: tuple[FacetLine, ...]
    more: str


def facet_box(facet: Facet, with_outcomes: bool) -> FacetBox:
    """The box of one facet; outcomes stand beside values that are no decisions themselves."""
    plain = not with_outcomes or facet.name in TELLS_THE_DECISION
    return FacetBox(
        label=facet.label,
        open=facet.name in _OPEN or facet.selected > 0,
        plain=plain,
        selected=facet.selected,
        values=tuple(_facet_line(value, plain) for value in facet.values),
        more=f"and {facet.more:,} more" if facet.more else "",
    )


def _facet_line(value: FacetValue, plain: bool) -> FacetLine:
    overturned = f"{value.overturned:,}" if value.overturned and not plain else ""
    return FacetLine(
        label=value.label,
        spoken=_spoken(value, overturned),
        count=f"{value.count:,}",
        overturned=overturned,
        selected=value.selected,
        url=value.url,
    )


def _spoken(value: FacetValue, overturned: str) -> str:
    words = f"{value.label}, {count(value.count, 'issue')}"
    if overturned:
        words += f", {overturned} overturned"
    return f"Remove filter: {words}" if value.selected else words
