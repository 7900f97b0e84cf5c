"""Which issues are like a request: those of its treatment, narrowed by body part and amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imrsearch.catalogue.treatments import PHARMACEUTICALS
from imrsearch.schema.extract import VISITS, band
from imrsearch.search.pasted.request import Request
from imrsearch.search.state import SearchState

BODY, AMOUNT = "body", "amount"
_WAYS = ((BODY, AMOUNT), (BODY,), (AMOUNT,), ())
COUNTED_AMOUNTS = ("visits", "tablets")
"""The facets of amounts, which are named after their units."""
_TABLET_UNITS = ("units", "tablets", "capsules", "pills")


def narrowed_searches(request: Request) -> Iterator[tuple[tuple[str, ...], SearchState]]:
    """The searches for issues like a request, the narrowest first, each with what narrows it.

    The last one, narrowed by nothing, is that of the treatment or, where none is known, of its
    category.
    """
    field = "treatment" if request.treatment else "category"
    wide = SearchState().with_value(field, request.treatment or request.category or "")
    body = {"body": request.body_parts} if request.body_parts else {}
    choices = {BODY: body, AMOUNT: amount_band(request)}
    for way in _WAYS:
        if all(choices[name] for name in way):
            state = wide
            for facet, values in (pair for name in way for pair in choices[name].items()):
                for value in values:
                    state = state.with_value(facet, value)
            yield way, state


def amount_band(request: Request) -> Mapping[str, tuple[str, ...]]:
    """The facet of an amount and the band that it is in: ``{"visits": ("7..12",)}``."""
    amount = request.quantity
    if amount is None:
        return {}
    is_tablets = request.category == PHARMACEUTICALS and amount.unit in _TABLET_UNITS
    facet = "visits" if amount.unit in VISITS else "tablets" if is_tablets else ""
    value = band(facet, round(amount.amount)) if facet else None
    return {facet: (value,)} if value else {}


def narrowing_words(request: Request, narrowed: tuple[str, ...]) -> str:
    """How the issues were narrowed, in words: "low back, 7 to 12 visits"."""
    words = {
        BODY: " or ".join(request.body_parts),
        AMOUNT: ", ".join(_band_words(*pair) for pair in amount_band(request).items()),
    }
    return ", ".join(words[name] for name in narrowed)


def _band_words(facet: str, values: tuple[str, ...]) -> str:
    low, _, high = values[0].partition("..")
    if not low:
        return f"up to {high} {facet}"
    return f"{low} to {high} {facet}" if high else f"{low} {facet} or more"
