"""Complete results, and cases, for other programs: CSV, JSON, Atom, RIS, BibTeX."""

from __future__ import annotations

from flask import Blueprint, Response, request

from imrsearch.engines.base import Hit
from imrsearch.model import WHOLE_LETTER, IssueId
from imrsearch.search.export import FORMATS
from imrsearch.search.results import Export
from imrsearch.search.rows import make_rows
from imrsearch.search.state import SearchState
from imrsearch.web.library import library
from imrsearch.web.presenters.codebook import codebook_page, file_name
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import answer, attachment, origin

blueprint = Blueprint("exports", __name__)


@blueprint.get("/search.<any(csv, atom, ris, bib):suffix>")
@RoutePolicy("disallow", page=False, attacked=True)
def search(suffix: str) -> Response:
    """All results, up to the export limit."""
    return _search_file(suffix)


@blueprint.get("/search/all.json")
@RoutePolicy("disallow", page=False, attacked=True)
def everything_json() -> Response:
    """The same as JSON; ``/search.json`` is one page of results with its facets and notes."""
    return _search_file("json")


@blueprint.get("/case/<id:case_id>.<any(ris, bib):suffix>")
@RoutePolicy("noindex", page=False, attacked=True)
def case(case_id: str, suffix: str) -> Response:
    """A case's issues as references."""
    return _file(suffix, _case_export(case_id), case_id)


@blueprint.get("/codebook")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def codebook() -> Response:
    """What the columns of exports mean."""
    return answer("codebook.html", codebook_page(library().settings.max_export))


def _search_file(suffix: str) -> Response:
    """A feed has the newest decisions first, whatever the order of the page that links to it:
    otherwise, new decisions would never enter a full feed."""
    asked = SearchState.from_url(request.args)
    state = asked.with_sort("newest") if suffix == "atom" else asked
    return _file(suffix, library().service.export(state), file_name(state))


def _case_export(case_id: str) -> Export:
    here = library()
    issues = here.collection.determination(case_id).issues
    numbers = [issue.number for issue in issues] or [WHOLE_LETTER]
    hits = [Hit(str(IssueId(case_id, number)), 0.0) for number in numbers]
    rows = make_rows(hits, here.collection, with_excerpts=False)
    return Export(
        rows=rows,
        q=case_id,
        address=f"/case/{case_id}",
        read_as=f"case {case_id}",
        total=len(rows),
        limit=len(rows),
        build=here.build.id,
    )


def _file(suffix: str, export: Export, name: str) -> Response:
    """The export as a download; a feed is displayed."""
    form = FORMATS[suffix]
    text = "".join(form.write(export, origin()))
    if suffix == "atom":
        return Response(text, mimetype=form.media_type)
    return attachment(f"{name}.{suffix}", text, form.media_type)
