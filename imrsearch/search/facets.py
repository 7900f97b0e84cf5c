"""Facet tables and chips for display: labels, counts, and links that change the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from imrsearch.engines.base import Filter
from imrsearch.query.fields import field_query
from imrsearch.query.tree import And, Not, Or
from imrsearch.schema import FACETS, UNKNOWN, FacetCount, FacetKind
from imrsearch.search.results import Chip, Facet, FacetValue
from imrsearch.search.state import SearchState

SHOWN = 10
"""How many values a facet shows before "more"; chosen ones are always shown."""


def facet_tables(
    counts: Mapping[str, Sequence[FacetCount]], state: SearchState, shown: int | None = SHOWN
) -> tuple[Facet, ...]:
    """The tables of an answer in the order facets are declared; without ``shown``, all values."""
    urls = state.value_urls()
    chosen = state.filters
    return tuple(
        _facet_table(kind, counts[name], chosen.get(name, ()), urls(name), shown)
        for name, kind in FACETS.items()
        if name in counts
    )


def chips(state: SearchState) -> tuple[Chip, ...]:
    """One chip for every value selected or excluded, with the link that removes it."""
    return tuple(
        Chip(
            f"{FACETS[choice.facet].title}: {'not ' if choice.excluded else ''}"
            f"{FACETS[choice.facet].label(choice.value)}",
            state.without_value(choice.facet, choice.value).to_url(),
        )
        for choice in state.choices
    )


def _facet_table(
    kind: FacetKind,
    counts: Sequence[FacetCount],
    chosen: Sequence[str],
    url: Callable[[str], str],
    shown: int | None,
) -> Facet:
    ordered = kind.ordered(counts)
    lines = {line.value or UNKNOWN: line for line in ordered[:shown]}
    if not lines.keys() >= set(chosen):
        further = {line.value or UNKNOWN: line for line in ordered[shown:]}
        lines |= {value: line for value, line in further.items() if value in chosen}
    more = len(ordered) - len(lines)
    lines |= {value: FacetCount(value, 0, 0) for value in chosen if value not in lines}
    values = [
        FacetValue(
            value,
            _value_label(kind.name, value),
            line.count,
            line.overturned,
            value in chosen,
            url(value),
        )
        for value, line in lines.items()
    ]
    return Facet(kind.name, kind.title, tuple(values), more)


@lru_cache(maxsize=10_000)
def _value_label(facet: str, value: str) -> str:
    """Cached: a page has two hundred values, most of them the same as on the previous page."""
    return FACETS[facet].label(value)


def facet_filter(name: str, values: Sequence[str], excluded: Sequence[str]) -> Filter:
    """One facet's restriction: any of ``values`` and none of ``excluded``."""
    wanted = (Or(tuple(field_query(name, value) for value in values)),) if values else ()
    unwanted = tuple(Not(field_query(name, value)) for value in excluded)
    parts = wanted + unwanted
    return Filter(name, parts[0] if len(parts) == 1 else And(parts))
