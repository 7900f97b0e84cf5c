"""Answers for machines: JSON, CSV, health, robots, the browser's search box."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, jsonify, make_response, render_template, request

from imrsearch.errors import ImrsearchError
from imrsearch.search.exports import to_csv
from imrsearch.search.results import to_json
from imrsearch.search.state import SearchState
from imrsearch.web.holdings import holdings

blueprint = Blueprint("data", __name__)

# Filters make endless addresses; one case is one page.
ROBOTS = """\
User-agent: *
Disallow: /search
Disallow: /facet
Disallow: /*/letter
Disallow: /*/original
"""


@blueprint.get("/search.json")
def search_json() -> Response:
    """One page of results, as documented."""
    return jsonify(to_json(holdings().service.search(SearchState.from_url(request.args))))


@blueprint.get("/search.csv")
def search_csv() -> Response:
    """All results up to the export's limit, for spreadsheets (hence the byte order mark)."""
    rows = holdings().service.export(SearchState.from_url(request.args))
    answer = Response("".join(("\ufeff", *to_csv(rows))), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="imrsearch.csv"'
    return answer


@blueprint.get("/case/<id:case_id>.json")
def case(case_id: str) -> Response:
    """A case's facts, as ``imrsearch parse --json`` prints them."""
    facts = msgspec.to_builtins(holdings().collection.determination(case_id))
    return jsonify({name: value for name, value in facts.items() if name != "evidence"})


@blueprint.get("/healthz")
def healthz() -> Response:
    """Whether the process lives and can answer searches, and from which build."""
    try:
        build = holdings().build
    except ImrsearchError as error:
        answer = jsonify(live=True, ready=False, build=None, note=type(error).__name__)
        answer.status_code = 503
        return answer
    return jsonify(live=True, ready=True, build=build.id, note=build.note)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers should leave alone."""
    return Response(ROBOTS, mimetype="text/plain")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser add this search to its own."""
    answer = make_response(render_template("opensearch.xml"))
    answer.mimetype = "application/opensearchdescription+xml"
    return answer
