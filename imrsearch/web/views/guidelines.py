"""The pages about guidelines: who cites what, and how it ended."""

from __future__ import annotations

from flask import Blueprint, Response, request

from imrsearch.catalogue.guidelines import Guideline, all_guidelines, guideline
from imrsearch.errors import NotFound
from imrsearch.model import CitedPlace
from imrsearch.search.state import SearchState
from imrsearch.web.library import library
from imrsearch.web.presenters.guidelines import catalogue_page, guideline_page, place_page
from imrsearch.web.presenters.places import search_of
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.negotiate import answer

blueprint = Blueprint("guidelines", __name__, url_prefix="/guidelines")

EVERYTHING = SearchState()


@blueprint.get("")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def catalogue() -> Response:
    """All guidelines that issues cite, by family."""
    service = library().service
    table = service.facet(EVERYTHING, "guideline")
    total = service.search(EVERYTHING).total
    shown = catalogue_page(all_guidelines(), table, total, library().build.id)
    return answer("guidelines.html", shown)


@blueprint.get("/<id:guideline_id>")
@RoutePolicy("index", page=True, attacked=True, in_sitemap=True)
def one(guideline_id: str) -> Response:
    """A guideline or chapter with the sections and pages that issues cite."""
    known = _known(guideline_id)
    service = library().service
    state = search_of(CitedPlace(known.id))
    everything = service.facet(EVERYTHING, "guideline")
    cites = service.facet(state, "cites")
    shown = guideline_page(known, all_guidelines(), everything, cites, service.search(state))
    return answer("guideline.html", shown)


@blueprint.get("/<id:guideline_id>/page/<int(max=9999):page>")
@RoutePolicy("index", page=True, attacked=True)
def page(guideline_id: str, page: int) -> Response:
    """Every issue in which either side cites this page, ranges expanded."""
    return _place(_known(guideline_id), CitedPlace(guideline_id, page=page))


@blueprint.get("/<id:guideline_id>/section/<section>")
@RoutePolicy("index", page=True, attacked=True)
def section(guideline_id: str, section: str) -> Response:
    """Every issue in which either side cites this section."""
    return _place(_known(guideline_id), CitedPlace(guideline_id, section=section))


def _known(guideline_id: str) -> Guideline:
    known = guideline(guideline_id)
    if known is None:
        raise NotFound("There is no such guideline in the catalogue.", _HINT)
    return known


_HINT = "The page “Guidelines” lists those that issues cite."


def _place(known: Guideline, place: CitedPlace) -> Response:
    service = library().service
    cites = service.facet(search_of(CitedPlace(known.id)), "cites")
    # Parsed, for a section of digits alone is none.
    if place not in {CitedPlace.parse(one.value) for one in cites.values if one.count}:
        raise NotFound(f"No issue here cites this place of {known.title}.", _HINT)
    asked = SearchState.from_url(request.args).page
    state = search_of(place).with_sort("newest").with_page(asked)
    shown = place_page(known, place, cites, state, service.search(state))
    return answer("place.html", shown)
