"""Clipped issues and sentences as a brief: a page to order and comment, and files to take along.

What is clipped stands in the address or in the form, as numbers of cases, issues and sentences.
Comments stand in the form alone, and nothing is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from flask import Blueprint, Response, render_template, request
from werkzeug.datastructures import MultiDict

from imrsearch.model import Determination, Issue
from imrsearch.search.brief.authorities import Authority, authorities
from imrsearch.search.brief.clips import Clip, read_clips
from imrsearch.search.brief.document import Brief, brief_markdown
from imrsearch.search.brief.original_pages import original_or_none
from imrsearch.search.brief.printed import brief_pdf
from imrsearch.search.brief.word import brief_docx
from imrsearch.web.library import library
from imrsearch.web.presenters.brief import brief_of, brief_page
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.attachment import attachment
from imrsearch.web.views.origin import origin
from imrsearch.web.views.private import private, refuse_other_sites

blueprint = Blueprint("brief", __name__)

LONGEST_COMMENT = 4_000
_BRIEF_FILES: dict[str, tuple[str, Callable[[Brief], bytes]]] = {
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        brief_docx,
    ),
    "pdf": ("application/pdf", brief_pdf),
    "md": ("text/markdown", lambda brief: brief_markdown(brief).encode()),
}


@blueprint.get("/brief")
@RoutePolicy("disallow", page=True, attacked=True)
def brief() -> str:
    """What the address clips."""
    return _brief_html(read_clips(request.args.getlist("clip")), {}, is_changed=False)


@blueprint.post("/brief")
@RoutePolicy("disallow", page=False, attacked=True)
def changed() -> Response:
    """What the form clips, after one more change of it."""
    refuse_other_sites()
    return private(
        Response(_brief_html(_ordered(request.form), _comments(request.form), is_changed=True))
    )


@blueprint.post("/brief.<any(docx, pdf, md):suffix>")
@RoutePolicy("disallow", page=False, attacked=True)
def file(suffix: str) -> Response:
    """What the form clips, as a file."""
    refuse_other_sites()
    found = _authorities_of(read_clips(request.form.getlist("clip")), _comments(request.form))
    kind, write = _BRIEF_FILES[suffix]
    content = write(brief_of(found, origin(), library().build.id))
    return private(attachment(f"imrsearch-brief.{suffix}", content, kind))


def _brief_html(clips: Sequence[Clip], comments: dict[str, str], *, is_changed: bool) -> str:
    found = _authorities_of(clips, comments)
    words = brief_of(found, origin(), library().build.id)
    page = brief_page(found, words, is_changed=is_changed)
    return render_template("brief.html", page=page, longest=LONGEST_COMMENT)


def _authorities_of(clips: Sequence[Clip], comments: dict[str, str]) -> tuple[Authority, ...]:
    shelf = library()
    collection = shelf.collection

    @cache
    def text_of(case_id: str) -> str:
        return collection.letter(case_id).text

    def pages_of(case: Determination, issue: Issue, quotation: str) -> tuple[int, int] | None:
        original = original_or_none(lambda: shelf.original(case.case_id))
        if original is None:
            return None
        rationale = case.evidence.get(f"issues.{issue.number}.rationale")
        before = text_of(case.case_id)[: rationale.start] if rationale else ""
        return original.pages_of(quotation, before)

    return tuple(authorities(clips, collection, pages_of, comments))


def _comments(sent: MultiDict[str, str]) -> dict[str, str]:
    clips = map(str, read_clips(sent.getlist("clip")))
    return {clip: sent.get(f"comment.{clip}", "")[:LONGEST_COMMENT] for clip in clips}


def _ordered(sent: MultiDict[str, str]) -> tuple[Clip, ...]:
    """The clips after the button that was pressed: ``up``, ``down``, ``remove`` or ``add``."""
    clips = list(read_clips(sent.getlist("clip")))
    for button, step in (("up", -1), ("down", 1)):
        chosen = Clip.parse(sent.get(button, ""))
        if chosen in clips:
            place = clips.index(chosen)
            clips.insert(max(place + step, 0), clips.pop(place))
    removed = Clip.parse(sent.get("remove", ""))
    added = _clip_added(sent.get("add", "").strip())
    kept = [clip for clip in clips if clip != removed]
    return read_clips(map(str, (*kept, added) if added else kept))


def _clip_added(told: str) -> Clip | None:
    """A clip, or an issue as it is cited: ``CM16-0000105#1``."""
    if "#" not in told:
        return Clip.parse(told)
    case_id, _, number = told.partition("#")
    return Clip.parse(f"{case_id}.{number}")
