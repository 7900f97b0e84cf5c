"""Pages for browsing: coverage, and all values of a facet."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from imrsearch.search.state import SearchState
from imrsearch.web.library import library
from imrsearch.web.presenters.coverage import TABLES, coverage_page
from imrsearch.web.presenters.listing import Listing, listing_page
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import answer

blueprint = Blueprint("browse", __name__)


@blueprint.get("/coverage")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def coverage() -> Response:
    """What the collection holds and what it does not."""
    here = library()
    page = coverage_page(
        summary=here.collection.summary(),
        tables=here.service.facets(SearchState(), *TABLES).facets,
        unread=here.collection.unread(),
        manifest=here.build.manifest,
    )
    return answer("coverage.html", page)


@blueprint.get("/facet/<name>")
@RoutePolicy("disallow", page=True, attacked=True)
def facet(name: str) -> Response:
    """All values of a facet within a search, to filter, sort, select and exclude."""
    here = library()
    state = here.service.known(SearchState.from_url(request.args))
    listing = Listing.from_url(name, state, request.args)
    page = listing_page(listing, here.service.facets(state, name))
    return answer("facet.html", page)


@blueprint.get("/search/years")
@RoutePolicy("disallow", page=False, attacked=True)
def years() -> Response:
    """From two fields to the search's own address: ``from=2013&to=2016`` is ``year=2013..2016``,
    and so is ``from=2016&to=2013``. An invalid year is passed on; the search notes it."""
    state = SearchState.from_url(request.args).without_facet("year")
    low, high = (request.args.get(name, "").strip() for name in ("from", "to"))
    if len(low) == len(high) == len("2016"):
        low, high = sorted((low, high))
    span = low if low == high else f"{low}..{high}"
    if low or high:
        state = state.with_value("year", span)
    return redirect(state.to_url(), code=303)
