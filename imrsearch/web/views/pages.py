"""The pages: home, results, case, letter, original file, help."""

from __future__ import annotations

import re
from io import BytesIO
from mimetypes import guess_type
from pathlib import PurePath

from flask import Blueprint, Response, render_template, request, send_file
from markupsafe import Markup

from imrsearch.model import IssueId
from imrsearch.schema.documents import documents
from imrsearch.search.excerpts import highlight
from imrsearch.search.similar import both_sides_of
from imrsearch.search.state import SearchState
from imrsearch.web.library import library
from imrsearch.web.middleware.metrics import meter
from imrsearch.web.presenters.case import CaseContext, case_page
from imrsearch.web.presenters.evidence import letter_page
from imrsearch.web.presenters.home import EXAMPLES, HELP, holdings_figures, limits
from imrsearch.web.presenters.quoting import read_chosen
from imrsearch.web.presenters.results import results_page
from imrsearch.web.route_policy import RoutePolicy

blueprint = Blueprint("pages", __name__)

# Not allowed in a download's file name: line ends, quotation marks, text-direction marks.
_UNSAFE = re.compile(r"[^\w .()-]")

MOST_WITH_SIMILAR = 8
"""Similar issues are looked up for this many issues of a case at most."""


@blueprint.get("/")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def home() -> str:
    """The front page: search box, examples, what is in the collection."""
    here = library()
    return render_template(
        "home.html",
        examples=EXAMPLES,
        figures=holdings_figures(here.collection.summary()),
        build=here.build.id,
    )


@blueprint.get("/search")
@RoutePolicy("disallow", page=True, attacked=True)
def search() -> str:
    """One page of results; without words, all issues."""
    state = library().service.known(SearchState.from_url(request.args))
    result = library().service.search(state)
    meter().cut_by(result.notes)
    page = results_page(state, result, library().settings.max_export)
    return render_template("results.html", page=page, state=state, result=result)


@blueprint.get("/case/<id:case_id>")
@RoutePolicy("index", page=True, attacked=True, in_sitemap=True)
def case(case_id: str) -> str:
    """A case with its issues; the words of ``?q=`` are highlighted, the sentence named by
    ``?quote=2.5`` is quoted."""
    here = library()
    state = SearchState.from_url(request.args)
    terms = here.service.terms(state) if state.q else ()
    found = here.collection.determination(case_id)
    whole = "" if found.issues else here.collection.letter(case_id).text

    def marked(text: str, place: str) -> Markup:
        return highlight(text, terms, place)

    issues = {IssueId.parse(one.id).number: one for one in documents([("", found)])}
    around = CaseContext(
        q=state.q,
        highlight=marked,
        comparisons={n: "".join(one.values.get("comparison", ())) for n, one in issues.items()},
        build=here.build.id,
        chosen=read_chosen(request.args.get("quote", "")),
    )
    return render_template(
        "case.html",
        page=case_page(found, whole, around),
        case=found,
        q=state.q,
        similar={
            number: both_sides_of(here.build.index, here.collection, issue)
            for number, issue in list(issues.items())[:MOST_WITH_SIMILAR]
        },
        build=around.build,
    )


@blueprint.get("/case/<id:case_id>/letter")
@RoutePolicy("disallow", page=True, attacked=True)
def letter(case_id: str) -> str:
    """The letter's kept text; ``?fact=`` highlights the place where a fact was read."""
    collection = library().collection
    kept = collection.letter(case_id)
    found = collection.determination(case_id)
    page = letter_page(found, kept.text, request.args.get("fact"))
    return render_template("letter.html", page=page, case=found, name=kept.name)


@blueprint.get("/case/<id:case_id>/original")
@RoutePolicy("disallow", page=False, attacked=True)
def original(case_id: str) -> Response:
    """The original file as a download: foreign content is never displayed on this site."""
    name = _UNSAFE.sub("_", PurePath(library().collection.letter(case_id).name).name)
    return send_file(
        BytesIO(library().original(case_id)),
        mimetype=guess_type(name)[0] or "application/octet-stream",
        as_attachment=True,
        download_name=name,
        max_age=0,
    )


@blueprint.get("/help")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def help_page() -> str:
    """The search language, the terms and the limits."""
    return render_template("help.html", lines=HELP, limits=limits(library().settings))
