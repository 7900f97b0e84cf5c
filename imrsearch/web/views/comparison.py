"""Two searches side by side."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from imrsearch.search.comparison import Comparison, comparison_csv, comparison_json
from imrsearch.search.state import SearchState
from imrsearch.web.library import library
from imrsearch.web.presenters.comparison import shown_comparison
from imrsearch.web.presenters.words import subject_in_words
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import attachment

blueprint = Blueprint("comparison", __name__)


@blueprint.get("/compare")
@RoutePolicy("disallow", page=True, attacked=True)
def compare() -> str:
    """Two searches side by side, and the form that changes either; the form alone where one is
    missing."""
    beside, a, b = _searches_asked()
    found = library().service.compare(a, b) if a.q and b.q else None
    within = subject_in_words(beside).removeprefix(", ")
    return render_template(
        "compare.html",
        a=a.q,
        b=b.q,
        beside=beside,
        within=within,
        found=found,
        shown=found and shown_comparison(found),
        build=library().build.id,
    )


@blueprint.get("/compare.json")
@RoutePolicy("disallow", page=False, attacked=True)
def as_json() -> Response:
    """The same as data; a search that is missing finds everything."""
    return jsonify(comparison_json(_compared()))


@blueprint.get("/compare.csv")
@RoutePolicy("disallow", page=False, attacked=True)
def as_csv() -> Response:
    """The same as a table."""
    return attachment("imrsearch-compare.csv", "".join(comparison_csv(_compared())))


def _searches_asked() -> tuple[SearchState, SearchState, SearchState]:
    """The filters that hold for both searches, and the two."""
    beside = library().service.known(SearchState.from_url(request.args))
    beside = beside.with_query("").with_page(1)
    a, b = (beside.with_query(request.args.get(name, "")) for name in ("a", "b"))
    return beside, a, b


def _compared() -> Comparison:
    _, a, b = _searches_asked()
    return library().service.compare(a, b)
