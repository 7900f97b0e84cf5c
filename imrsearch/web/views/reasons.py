"""What won, what lost: the reasons of a search's decisions."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import won_lost_csv, won_lost_json
from imrsearch.web.library import library
from imrsearch.web.presenters.won_lost import shown_rows
from imrsearch.web.presenters.words import subject_in_words
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import attachment

blueprint = Blueprint("reasons", __name__)


@blueprint.get("/reasons")
@RoutePolicy("disallow", page=True, attacked=True)
def reasons() -> str:
    """The criteria that decided the issues found, on both sides, with sentences."""
    state = library().service.known(SearchState.from_url(request.args))
    table = library().service.won_lost(state)
    return render_template(
        "reasons.html",
        state=state,
        table=table,
        subject=subject_in_words(state),
        rows=shown_rows(table),
    )


@blueprint.get("/reasons.json")
@RoutePolicy("disallow", page=False, attacked=True)
def as_json() -> Response:
    """The same as data."""
    return jsonify(won_lost_json(library().service.won_lost(SearchState.from_url(request.args))))


@blueprint.get("/reasons.csv")
@RoutePolicy("disallow", page=False, attacked=True)
def as_csv() -> Response:
    """The same as a table."""
    table = library().service.won_lost(SearchState.from_url(request.args))
    return attachment("imrsearch-reasons.csv", "".join(won_lost_csv(table)))
