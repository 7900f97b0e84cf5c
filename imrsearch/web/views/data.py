"""Responses for programs: JSON, robots.txt, the sitemap, the browser's search box."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)

from imrsearch.catalogue.guidelines import guideline
from imrsearch.catalogue.treatments import treatment_slug
from imrsearch.schema import UNKNOWN
from imrsearch.search.results import to_json
from imrsearch.search.state import SearchState
from imrsearch.system.errors import NotFound
from imrsearch.text.quantities import count
from imrsearch.web.library import library
from imrsearch.web.middleware.metrics import meter
from imrsearch.web.route_policy import RoutePolicy, routes
from imrsearch.web.views.answers import origin

blueprint = Blueprint("data", __name__)

# "<id:case_id>" in "/case/<id:case_id>/letter"
_VARIABLE = re.compile(r"<[^>]*>")

CASES_IN_PART = 10_000
"""A sitemap may name five times as many; smaller parts are quicker to make."""


@blueprint.get("/search.json")
@RoutePolicy("disallow", page=False, attacked=True)
def search_json() -> Response:
    """One page of results, as documented."""
    result = library().service.search(SearchState.from_url(request.args))
    meter().cut_by(result.notes)
    return jsonify(to_json(result))


@blueprint.get("/suggest.json")
@RoutePolicy("disallow", page=False, attacked=True)
def suggest() -> Response:
    """Suggestions for an incomplete search, in the format of browsers' search boxes:
    the typed text, labels, remarks, addresses."""
    typed = SearchState.from_url(request.args).q
    found = library().service.suggest(typed)
    remarks = [f"{one.kind}, {count(one.count, 'issue')}" for one in found]
    addresses = [origin() + one.url for one in found]
    return jsonify([typed, [one.label for one in found], remarks, addresses])


@blueprint.get("/case/<id:case_id>.json")
@RoutePolicy("noindex", page=False, attacked=True)
def case(case_id: str) -> Response:
    """A case's facts, as ``imrsearch parse --json`` prints them."""
    facts = msgspec.to_builtins(library().collection.determination(case_id))
    return jsonify({name: value for name, value in facts.items() if name != "evidence"})


@blueprint.get("/robots.txt")
@RoutePolicy("noindex", page=False, attacked=False)
def robots() -> Response:
    """What crawlers must not fetch, and the sitemap of what they should."""
    rules = "".join(f"Disallow: {path}\n" for path in _disallowed())
    sitemap = f"Sitemap: {url_for('data.sitemap', _external=True)}\n"
    return Response(f"User-agent: *\n{rules}\n{sitemap}", mimetype="text/plain")


def _disallowed() -> list[str]:
    """The address prefixes from which crawlers are excluded; none is a prefix of another:
    ``/case/*/letter``, ``/facet``, ``/search``."""
    declared = (rule for rule, known in routes(current_app) if known.crawlers == "disallow")
    paths = sorted({_VARIABLE.sub("*", rule.rule).rstrip("*/.") for rule in declared})
    return [path for path in paths if not any(path.startswith(one) for one in paths if one != path)]


@blueprint.get("/sitemap.xml")
@RoutePolicy("noindex", page=False, attacked=False)
def sitemap() -> Response:
    """The sitemap index: the overview pages, then the cases in parts."""
    cases = library().collection.promised().letters
    parts = range(1 + -(-cases // CASES_IN_PART))
    return _xml_response("sitemap.xml", parts=parts, day=_built())


@blueprint.get("/sitemap/<int(max=9999):part>.xml")
@RoutePolicy("noindex", page=False, attacked=True)
def sitemap_part(part: int) -> Response:
    """The addresses of one part. All have the build's date: a new build may change any page."""
    first = (part - 1) * CASES_IN_PART
    cases = library().collection.case_ids(first=first, most=CASES_IN_PART) if part else []
    if part and not cases:
        raise NotFound("The sitemap has no such part.")
    pages = _addresses("case_id", cases) if part else _overviews()
    return _xml_response("urls.xml", pages=pages, day=_built())


def _overviews() -> list[str]:
    """The pages other than cases, without guidelines that no issue cites and treatments that no
    issue disputes."""
    service = library().service
    guidelines = service.facet(SearchState(), "guideline").values
    treatments = service.facet(SearchState(), "treatment").values
    cited = [value.value for value in guidelines if guideline(value.value)]
    disputed = [treatment_slug(one.value) for one in treatments if one.value != UNKNOWN]
    return [
        *(url_for(endpoint, _external=True) for endpoint in _in_sitemap()),
        *_addresses("guideline_id", cited),
        *_addresses("treatment", disputed),
    ]


def _addresses(argument: str, values: Sequence[str]) -> list[str]:
    """The addresses of the sitemap routes that take only this argument, for each value."""
    return [
        url_for(endpoint, **{argument: value}, _external=True)
        for endpoint in _in_sitemap(argument)
        for value in values
    ]


def _in_sitemap(*arguments: str) -> list[str]:
    """The endpoints in the sitemap that take these arguments."""
    declared = (rule for rule, known in routes(current_app) if known.in_sitemap)
    return [rule.endpoint for rule in declared if rule.arguments == set(arguments)]


def _built() -> str:
    return library().build.manifest.created[:10]


def _xml_response(template: str, **values: object) -> Response:
    answer = make_response(render_template(template, **values))
    answer.mimetype = "application/xml"
    return answer


@blueprint.get("/opensearch.xml")
@RoutePolicy("noindex", page=False, attacked=False)
def opensearch() -> Response:
    """Lets a browser add this site as a search engine."""
    answer = make_response(render_template("opensearch.xml"))
    answer.mimetype = "application/opensearchdescription+xml"
    return answer
