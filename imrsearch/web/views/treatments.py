"""The pages about treatments: what is disputed, what won and what lost."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response

from imrsearch.catalogue.treatments import treatment_slug
from imrsearch.schema import UNKNOWN
from imrsearch.search.state import SearchState
from imrsearch.system.errors import NotFound
from imrsearch.web.library import library
from imrsearch.web.presenters.treatments import treatment_page, treatments_page
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import answer

blueprint = Blueprint("treatments", __name__, url_prefix="/treatments")


@blueprint.get("")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def catalogue() -> Response:
    """All treatments that issues dispute, by category."""
    found = library().service.facets(SearchState(), "treatment")
    return answer("treatments.html", treatments_page(found))


@blueprint.get("/<id:treatment>")
@RoutePolicy("index", page=True, attacked=True, in_sitemap=True)
def one(treatment: str) -> Response:
    """One treatment: what is disputed of it, what won and lost, what is cited, precedents."""
    service = library().service
    disputed = service.facet(SearchState(), "treatment").values
    slug = treatment_slug(treatment)
    named = (value.value for value in disputed if value.value != UNKNOWN)
    name = next((each for each in named if treatment_slug(each) == slug), None)
    if name is None:
        raise NotFound(
            "No issue here disputes such a treatment.",
            "The page “Treatments” lists those that are disputed.",
        )
    today = datetime.now(tz=UTC).date()
    return answer("treatment.html", treatment_page(service.treatment(name), today))
