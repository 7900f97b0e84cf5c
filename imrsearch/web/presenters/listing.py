"""All values of one facet under a search: filtered, sorted, chosen and left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from imrsearch.schema import UNKNOWN
from imrsearch.search.outcome import wilson
from imrsearch.search.results import FacetTables, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import count
from imrsearch.text.words import words
from imrsearch.web.presenters.links import Link, number_links
from imrsearch.web.presenters.words import (
    TELLS_THE_DECISION,
    overturned_of,
    search_in_words,
    typeset,
)

PER_PAGE = 200
"""How many values one page lists."""

LONGEST_FIND = 100
"""Characters of what values are filtered by: no label is much longer."""

_ABOUT_RATE = (
    "Sorted by the lower end of the 95% Wilson interval, so that values with few issues "
    "do not come first by chance."
)
_ORDER_TITLES = {"count": "Most issues", "name": "A to Z", "rate": "Most often overturned"}


@dataclass(frozen=True, slots=True)
class Listing:
    """How the values of the facet ``name`` are listed beside the search's own parameters.

    ``find``: words that a value's label must have; an order that does not exist is by count.
    """

    name: str
    state: SearchState
    find: str = ""
    order: str = "count"

    @classmethod
    def from_url(cls, name: str, state: SearchState, source: Mapping[str, str]) -> Listing:
        """What the address asks for. Never raises."""
        find = SearchState(q=source.get("find", "")[:LONGEST_FIND]).q
        order = source.get("order", "")
        return cls(name, state, find, order if order in _ORDER_TITLES else "count")

    def url(self) -> str:
        """The canonical address, empty and default parameters dropped."""
        own = [("find", self.find), ("order", self.order)]
        kept = [pair for pair in own if pair[1] not in ("", "count")]
        query = urlencode(sorted([*self.state.parameters(), *kept]), safe=":~,")
        return f"/facet/{self.name}" + (f"?{query}" if query else "")

    def under(self, state: SearchState) -> Listing:
        """The same list under another search."""
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value: ``toggle`` adds or removes it, ``exclude`` leaves it out or takes it back in."""

    label: str
    state: str
    issues: str
    overturned: str
    toggle: Link
    exclude: Link


@dataclass(frozen=True, slots=True)
class ListingPage:
    """Everything on the page of a facet's values."""

    name: str
    title: str
    under: str
    url: str
    find: str
    hidden: tuple[tuple[str, str], ...]
    q: str
    orders: tuple[Link, ...]
    about_order: str
    lines: tuple[ValueLine, ...]
    found: str
    plain: bool
    results: Link
    clear: Link | None
    pager: tuple[Link, ...]
    build: str


def listing_page(listing: Listing, tables: FacetTables) -> ListingPage:
    """The page for the values of the listing's facet."""
    state, facet, total = listing.state, tables.facets[listing.name], tables.total
    key = _KEYS[listing.order]
    found = sorted(
        _filtered(facet.values, listing.find),
        key=lambda value: (value.value == UNKNOWN, *key(value)),  # what is unknown last
    )
    pages = max(-(-len(found) // PER_PAGE), 1)
    page = min(state.page, pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    chosen = any(choice.facet == listing.name for choice in state.choices)
    cleared = listing.under(state.without_facet(listing.name))
    order = [("order", listing.order)] if listing.order != "count" else []
    return ListingPage(
        name=facet.name,
        title=facet.label,
        under=search_in_words(state, total),
        url=listing.url(),
        find=listing.find,
        hidden=tuple(listing.state.with_page(1).parameters() + order),
        q=state.q,
        orders=_orders(listing),
        about_order=_ABOUT_RATE if listing.order == "rate" else "",
        lines=tuple(_value_line(listing, value) for value in shown),
        found=_found_words(len(found), len(facet.values), listing.find),
        plain=facet.name in TELLS_THE_DECISION,
        results=Link(f"Show {count(total, 'issue')}", state.with_page(1).to_url()),
        clear=Link("Clear this filter", cleared.url()) if chosen else None,
        pager=number_links(page, pages, lambda n: listing.under(state.with_page(n)).url()),
        build=tables.build,
    )


def _filtered(values: Iterable[FacetValue], find: str) -> list[FacetValue]:
    """The values whose label has words that begin as those of ``find`` do."""
    wanted = words(find)
    return [
        value
        for value in values
        if all(any(w.startswith(start) for w in words(value.label)) for start in wanted)
    ]


def _by_rate(value: FacetValue) -> tuple[float, int]:
    """By the lower end of the likely range: 3 of 7 (16 to 75%) stands before 2 of 15 (4 to 38%) and
    that before 0 of 18 (0 to 18%), as it does before 1 of 9 (2 to 44%)."""
    low = wilson(value.overturned, value.count)[0] if value.count else 0.0
    return -low, -value.count


_KEYS: Mapping[str, Callable[[FacetValue], tuple[object, ...]]] = {
    "count": lambda value: (-value.count,),
    "name": lambda value: (value.label.casefold(),),
    "rate": _by_rate,
}


def _value_line(listing: Listing, value: FacetValue) -> ValueLine:
    state, name = listing.state, listing.name
    excluded = value.value in state.excluded.get(name, ())
    without = state.without_value(name, value.value)
    chosen = without if value.selected else state.with_value(name, value.value)
    left_out = without if excluded else state.with_excluded(name, value.value)
    return ValueLine(
        label=typeset(value.label),
        state="selected" if value.selected else "excluded" if excluded else "",
        issues=f"{value.count:,}",
        overturned=overturned_of(value.overturned, value.count) if value.count else "",
        toggle=Link("Remove" if value.selected else "Add", listing.under(chosen).url()),
        exclude=Link("Include again" if excluded else "Exclude", listing.under(left_out).url()),
    )


def _orders(listing: Listing) -> tuple[Link, ...]:
    first = listing.under(listing.state.with_page(1))
    return tuple(
        Link(label, replace(first, order=order).url(), current=order == listing.order)
        for order, label in _ORDER_TITLES.items()
    )


def _found_words(found: int, known: int, find: str) -> str:
    if not find:
        return count(known, "value")
    return (
        f"{found:,} of {count(known, 'value')} for “{find}”" if found else f"No value for “{find}”"
    )
