"""Precedents like a pasted text: the one form that is sent, and nothing of it is kept.

The text is read in memory; the answer leads on to an ordinary search, whose address holds only
names of treatments, body parts and guidelines and words common in the collection. As JSON, the text
is taken apart into its requests; that answer quotes it and is kept nowhere.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request
from werkzeug.exceptions import Forbidden

from imrsearch.search.from_text import LONGEST
from imrsearch.search.kit.kit import kit_json
from imrsearch.web.library import library
from imrsearch.web.route_policy import RoutePolicy

blueprint = Blueprint("pasted", __name__)


@blueprint.get("/like")
@RoutePolicy("disallow", page=True, attacked=False)
def form() -> Response:
    """The form."""
    return _private(Response(render_template("like.html", longest=LONGEST)))


@blueprint.post("/like")
@RoutePolicy("disallow", page=False, attacked=True)
def like() -> Response:
    """On to the search that the text asks for; back to the form where it asks for nothing."""
    _refuse_other_sites()
    state = library().service.like(request.form.get("text", ""))
    if not state.q and not state.choices:
        page = render_template("like.html", longest=LONGEST, nothing=True)
        return _private(Response(page, status=200))
    return _private(Response(headers=redirect(state.to_url(), 303).headers, status=303))


@blueprint.post("/like.json")
@RoutePolicy("disallow", page=False, attacked=True)
def as_json() -> Response:
    """The text's requests, each with who won and who lost with it."""
    _refuse_other_sites()
    return _private(jsonify(kit_json(library().service.kit(request.form.get("text", "")))))


def _refuse_other_sites() -> None:
    """A form on another site must not send here.

    ``Sec-Fetch-Site`` decides, as no page can forge it. Browsers leave it out on plain HTTP; there
    ``Origin`` decides, which they tell because the form's page lets them (``like.html``).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    else:
        # Without its scheme: a proxy may speak another one. Not parsed: anything can be there.
        origin = request.headers.get("Origin", f"//{request.host}").partition("//")[2]
        is_ours = origin == request.host
    if not is_ours:
        raise Forbidden


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
