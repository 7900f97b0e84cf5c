"""Facet tables and chips as people see them: labels, counts, and links that change the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from imrsearch.engines.base import Count
from imrsearch.schema import FACETS, UNKNOWN, FacetKind
from imrsearch.search.results import Chip, Facet, FacetValue
from imrsearch.search.state import SearchState

SHOWN = 10
"""How many values a facet shows before "more"; chosen ones are always shown."""


def facet_tables(
    counts: Mapping[str, Sequence[Count]], state: SearchState, shown: int | None = SHOWN
) -> tuple[Facet, ...]:
    """The tables of an answer in the order facets are declared; without ``shown``, all values."""
    urls = state.value_urls()
    chosen = state.filters
    return tuple(
        _table(kind, counts[name], chosen.get(name, ()), urls(name), shown)
        for name, kind in FACETS.items()
        if name in counts
    )


def chips(state: SearchState) -> tuple[Chip, ...]:
    """One chip for every value chosen or left out, with the link that takes it away."""
    return tuple(
        Chip(
            f"{FACETS[choice.facet].title}: {'not ' if choice.excluded else ''}"
            f"{FACETS[choice.facet].label(choice.value)}",
            state.without_value(choice.facet, choice.value).to_url(),
        )
        for choice in state.choices
    )


def _table(
    kind: FacetKind,
    counts: Sequence[Count],
    chosen: Sequence[str],
    url: Callable[[str], str],
    shown: int | None,
) -> Facet:
    ordered = kind.ordered(counts)
    lines = {line.value or UNKNOWN: line for line in ordered[:shown]}
    if shown is not None and not lines.keys() >= set(chosen):
        further = {line.value or UNKNOWN: line for line in ordered[shown:]}
        lines |= {value: line for value, line in further.items() if value in chosen}
    absent = [value for value in chosen if value not in lines]
    values = [
        FacetValue(
            value=value,
            label=kind.label(value),
            count=lines[value].count if value in lines else 0,
            overturned=lines[value].overturned if value in lines else 0,
            selected=value in chosen,
            url=url(value),
        )
        for value in [*lines, *absent]
    ]
    return Facet(kind.name, kind.title, tuple(values), more=len(ordered) - len(lines))
