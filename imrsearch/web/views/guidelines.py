"""The pages about guidelines: who cites what, and how those issues were decided."""

from __future__ import annotations

from flask import Blueprint, Response, request

from imrsearch.catalogue.guidelines import Guideline, all_guidelines, guideline
from imrsearch.model import CitedPlace
from imrsearch.search.results import Facet
from imrsearch.search.state import SearchState
from imrsearch.system.errors import NotFound
from imrsearch.web.library import library
from imrsearch.web.presenters.guidelines import catalogue_page, guideline_page, place_page
from imrsearch.web.presenters.links import search_of, search_of_rationales
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import answer

blueprint = Blueprint("guidelines", __name__, url_prefix="/guidelines")

EVERYTHING = SearchState()
_GUIDELINES_HINT = "The page “Guidelines” lists those that issues cite."


@blueprint.get("")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def catalogue() -> Response:
    """All guidelines that issues cite, by family."""
    found = library().service.facets(EVERYTHING, "guideline")
    return answer("guidelines.html", catalogue_page(all_guidelines(), found))


@blueprint.get("/<id:guideline_id>")
@RoutePolicy("index", page=True, attacked=True, in_sitemap=True)
def one(guideline_id: str) -> Response:
    """A guideline or chapter with the sections and pages that issues cite."""
    known = _known_guideline(guideline_id)
    service = library().service
    place = CitedPlace(known.id)
    everything = service.facet(EVERYTHING, "guideline")
    found = service.facets(search_of(place), "cites", "subcategory")
    rationales = service.facet(search_of_rationales(place), "rationale_cites")
    shown = guideline_page(known, all_guidelines(), everything, found, rationales)
    return answer("guideline.html", shown)


@blueprint.get("/<id:guideline_id>/page/<int(max=9999):page>")
@RoutePolicy("index", page=True, attacked=True)
def page(guideline_id: str, page: int) -> Response:
    """Every issue in which either side cites this page, ranges expanded, or the rationale does."""
    return _place_page(_known_guideline(guideline_id), CitedPlace(guideline_id, page=page))


@blueprint.get("/<id:guideline_id>/section/<section>")
@RoutePolicy("index", page=True, attacked=True)
def section(guideline_id: str, section: str) -> Response:
    """Every issue in which either side cites this section, or the rationale does."""
    return _place_page(_known_guideline(guideline_id), CitedPlace(guideline_id, section=section))


def _known_guideline(guideline_id: str) -> Guideline:
    known = guideline(guideline_id)
    if known is None:
        raise NotFound("There is no such guideline in the catalogue.", _GUIDELINES_HINT)
    return known


def _counts(facet: Facet) -> dict[CitedPlace, int]:
    """The places that issues cite, parsed: a section of digits only is not one."""
    return {CitedPlace.parse(one.value): one.count for one in facet.values if one.count}


def _place_page(known: Guideline, place: CitedPlace) -> Response:
    service = library().service
    whole = CitedPlace(known.id)
    cites = service.facet(search_of(whole), "cites")
    rationales = service.facet(search_of_rationales(whole), "rationale_cites")
    stated, named = _counts(cites), _counts(rationales)
    if place not in stated and place not in named:
        raise NotFound(f"No issue here cites this place of {known.title}.", _GUIDELINES_HINT)
    asked = SearchState.from_url(request.args).page
    state = search_of(place).with_sort("newest").with_page(asked)
    shown = place_page(known, place, cites, named.get(place, 0), state, service.search(state))
    return answer("place.html", shown)
