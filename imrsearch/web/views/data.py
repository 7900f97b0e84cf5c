"""Answers for machines: JSON, robots, sitemap, the browser's search box."""

from __future__ import annotations

import msgspec
from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for

from imrsearch.catalogue.guidelines import guideline
from imrsearch.errors import NotFound
from imrsearch.search.results import to_json
from imrsearch.search.state import SearchState
from imrsearch.web.library import library
from imrsearch.web.middleware.metrics import meter
from imrsearch.web.presenters.words import count

blueprint = Blueprint("data", __name__)

# Filters make endless addresses; one case is one page.
ROBOTS = """\
User-agent: *
Disallow: /search
Disallow: /facet
Disallow: /*/letter
Disallow: /*/original
Disallow: /like
Disallow: /suggest.json
Disallow: /metrics
"""

CASES_IN_PART = 10_000
"""A sitemap may name five times as many; smaller parts are quicker to make."""


@blueprint.get("/search.json")
def search_json() -> Response:
    """One page of results, as documented."""
    result = library().service.search(SearchState.from_url(request.args))
    meter().cut_by(result.notes)
    return jsonify(to_json(result))


@blueprint.get("/suggest.json")
def suggest() -> Response:
    """What a search may be going to be, in the form that browsers' search boxes read:
    what was typed, labels, remarks, addresses."""
    typed = SearchState.from_url(request.args).q
    found = library().service.suggest(typed)
    remarks = [f"{one.kind}, {count(one.count, 'issue')}" for one in found]
    addresses = [request.host_url.rstrip("/") + one.url for one in found]
    return jsonify([typed, [one.label for one in found], remarks, addresses])


@blueprint.get("/case/<id:case_id>.json")
def case(case_id: str) -> Response:
    """A case's facts, as ``imrsearch parse --json`` prints them."""
    facts = msgspec.to_builtins(library().collection.determination(case_id))
    return jsonify({name: value for name, value in facts.items() if name != "evidence"})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers should leave alone, and where the pages are that they should not."""
    sitemap = f"Sitemap: {url_for('data.sitemap', _external=True)}\n"
    return Response(f"{ROBOTS}\n{sitemap}", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the sitemap: the pages about everything, then the cases, some in each part."""
    cases = library().collection.promised().letters
    parts = range(1 + -(-cases // CASES_IN_PART))
    return _xml("sitemap.xml", parts=parts, day=_built())


@blueprint.get("/sitemap/<int(max=9999):part>.xml")
def sitemap_part(part: int) -> Response:
    """The addresses of one part. All have the index's day: a new index may change any page."""
    first = (part - 1) * CASES_IN_PART
    cases = library().collection.case_ids(first=first, most=CASES_IN_PART) if part else []
    if part and not cases:
        raise NotFound("The sitemap has no such part.")
    pages = [url_for("pages.case", case_id=case, _external=True) for case in cases]
    return _xml("urls.xml", pages=pages if part else _overviews(), day=_built())


def _overviews() -> list[str]:
    """The pages that are no cases, guidelines that nobody cites left out."""
    table = library().service.facet(SearchState(), "guideline")
    cited = [value.value for value in table.values if guideline(value.value)]
    names = ("pages.home", "browse.coverage", "guidelines.catalogue", "pages.help_page")
    return [
        *(url_for(name, _external=True) for name in names),
        *(url_for("guidelines.one", guideline_id=one, _external=True) for one in cited),
    ]


def _built() -> str:
    return library().build.manifest.created[:10]


def _xml(template: str, **values: object) -> Response:
    answer = make_response(render_template(template, **values))
    answer.mimetype = "application/xml"
    return answer


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser add this search to its own."""
    answer = make_response(render_template("opensearch.xml"))
    answer.mimetype = "application/opensearchdescription+xml"
    return answer
