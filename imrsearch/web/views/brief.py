"""Clipped issues and sentences as a brief: a page to order and comment them, and downloads.

Clips are in the address or the form, as numbers of cases, issues and sentences. Comments are only
in the form, and the server stores neither. A change redirects to the address of the new list, so
that Back and Reload work; a list with comments, which are never part of an address, is returned
directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice

from flask import (
    Blueprint,
    Response,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict

from imrsearch.model import Determination, Issue
from imrsearch.search.brief.authorities import Authority, authorities
from imrsearch.search.brief.clips import MOST_CLIPS, Addition, Clip, read_addition, read_clips
from imrsearch.search.brief.document import Brief, brief_markdown
from imrsearch.search.brief.original_pages import original_or_none
from imrsearch.search.brief.printed import brief_pdf
from imrsearch.search.brief.word import brief_docx
from imrsearch.web.library import library
from imrsearch.web.presenters.brief import brief_of, brief_page
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import (
    attachment,
    origin,
    private,
    private_to_reader,
    refuse_other_sites,
)

blueprint = Blueprint("brief", __name__)

LONGEST_COMMENT = 4_000
LONGEST_NUMBER = 80
"""Most characters of an issue number typed to be added."""
MOST_NOT_ADDED = 5
"""At most this many unreadable clips of an address are reported."""
NOTHING = ""
"""The clip of an address from whose list the last one was removed."""
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
    """The clips in the address; ``?add=`` is input that could not be added."""
    named = request.args.getlist("clip")
    unread = _additions_not_read([*named, request.args.get("add", "")])
    return _brief_html(read_clips(named), {}, unread, is_changed=named == [NOTHING])


@blueprint.post("/brief")
@RoutePolicy("disallow", page=False, attacked=True)
def changed() -> Response:
    """Apply one change of the form, and redirect to the new list."""
    refuse_other_sites()
    comments = _comments(request.form)
    typed = _typed_to_add(request.form)
    addition = read_addition(typed, library().collection) if typed else Addition("")
    clips = _ordered(request.form, addition.clip)
    unread = (addition,) if addition.message else ()
    if not any(comments.values()):
        listed = tuple(map(str, clips)) or NOTHING
        address = url_for("brief.brief", clip=listed, add=typed if unread else None)
        return private(make_response(redirect(address, 303)))
    return private_to_reader(Response(_brief_html(clips, comments, unread, is_changed=True)))


@blueprint.post("/brief.<any(docx, pdf, md):suffix>")
@RoutePolicy("disallow", page=False, attacked=True)
def file(suffix: str) -> Response:
    """The clips of the form, as a file."""
    refuse_other_sites()
    found = _authorities_of(read_clips(request.form.getlist("clip")), _comments(request.form))
    kind, write = _BRIEF_FILES[suffix]
    content = write(brief_of(found, origin(), library().build.id))
    return private(attachment(f"imrsearch-brief.{suffix}", content, kind))


def _brief_html(
    clips: Sequence[Clip],
    comments: dict[str, str],
    unread: Sequence[Addition],
    *,
    is_changed: bool,
) -> str:
    found = _authorities_of(clips, comments)
    words = brief_of(found, origin(), library().build.id)
    return render_template(
        "brief.html",
        page=brief_page(found, words),
        brief=words,
        unread=unread,
        is_changed=is_changed,
        most=MOST_CLIPS,
        longest=LONGEST_COMMENT,
        longest_number=LONGEST_NUMBER,
    )


def _additions_not_read(typed: Iterable[str]) -> tuple[Addition, ...]:
    """The first clips that name no stored issue."""
    some = list(dict.fromkeys(one[:LONGEST_NUMBER] for one in typed if one))[:MOST_CLIPS]
    read = (read_addition(one, library().collection) for one in some)
    return tuple(islice((one for one in read if one.message), MOST_NOT_ADDED))


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


def _typed_to_add(sent: MultiDict[str, str]) -> str:
    """The number to add: that of the button, which follows the field; empty if another button was
    pressed."""
    if any(button in sent for button in ("up", "down", "remove")):
        return ""
    typed = [one.strip()[:LONGEST_NUMBER] for one in sent.getlist("add")]
    return next(filter(None, reversed(typed)), "")


def _ordered(sent: MultiDict[str, str], added: Clip | None) -> tuple[Clip, ...]:
    """The clips after the button that was pressed: ``up``, ``down``, ``remove`` or ``add``."""
    clips = list(read_clips(sent.getlist("clip")))
    for button, step in (("up", -1), ("down", 1)):
        chosen = Clip.parse(sent.get(button, ""))
        if chosen in clips:
            place = clips.index(chosen)
            clips.insert(max(place + step, 0), clips.pop(place))
    removed = Clip.parse(sent.get("remove", ""))
    kept = [clip for clip in clips if clip != removed]
    return read_clips(map(str, (*kept, added) if added else kept))
