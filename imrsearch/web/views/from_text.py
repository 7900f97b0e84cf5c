"""The kit for a pasted text, the site's only form with private data; nothing of it is stored.

The text is read in memory. The page shows it again, redacted, in its form; no address, log or file
contains any of it. Links and briefs made here contain only case numbers and names of treatments,
body parts and guidelines.
"""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict

from imrsearch.search.brief.clips import read_clips
from imrsearch.search.from_text import LONGEST
from imrsearch.search.kit.corrections import Correction
from imrsearch.search.kit.kit import kit_json
from imrsearch.search.pasted.files.uploaded import LARGEST_FILE, text_of
from imrsearch.search.pasted.told import MOST_REQUESTS
from imrsearch.web.library import library
from imrsearch.web.middleware.security import LARGEST_BODY
from imrsearch.web.presenters.kit import fingerprint, kit_page
from imrsearch.web.route_policy import RoutePolicy
from imrsearch.web.views.answers import private, refuse_other_sites

blueprint = Blueprint("pasted", __name__)


@blueprint.get("/like")
@RoutePolicy("disallow", page=True, attacked=False)
def form() -> Response:
    """The form."""
    largest = LARGEST_FILE >> 20
    return private(Response(render_template("like.html", longest=LONGEST, largest_file=largest)))


@blueprint.post("/like")
@RoutePolicy("disallow", page=False, attacked=True)
def like() -> Response:
    """The kit, or a redirect to the brief of its clips."""
    refuse_other_sites()
    _let_a_file_in()
    sent = request.form
    clips = tuple(map(str, read_clips(sent.getlist("clip"))))
    if "brief" in sent:
        return private(make_response(redirect(url_for("brief.brief", clip=clips), 303)))
    text = _sent_text(sent)
    kit = library().kit_maker.kit(text, _corrections(sent, text))
    words = None if kit.requests else library().service.like(kit.text)
    page = kit_page(kit, clips)
    return private(
        Response(
            render_template(
                "kit.html", page=page, kit=kit, words=words, clipped=clips, longest=LONGEST
            )
        )
    )


@blueprint.post("/like.json")
@RoutePolicy("disallow", page=False, attacked=True)
def as_json() -> Response:
    """The text's requests, each with who won and who lost with it."""
    refuse_other_sites()
    _let_a_file_in()
    return private(jsonify(kit_json(library().kit_maker.kit(_sent_text(request.form)))))


def _let_a_file_in() -> None:
    """A form with a file may be larger than others; its text may not."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = LARGEST_FILE + LARGEST_BODY


def _sent_text(sent: MultiDict[str, str]) -> str:
    """The submitted text, that of the file, or the example; line ends are normalized.

    Raises UnusableFile.
    """
    if "example" in sent:
        return render_template("example_denial.txt")
    file = request.files.get("file")
    if file and file.filename:
        return text_of(file.filename, file.stream.read()).replace("\r\n", "\n")
    return sent.get("text", "").replace("\r\n", "\n")


def _corrections(sent: MultiDict[str, str], text: str) -> dict[int, Correction]:
    """The visitor's corrections of each request, if they refer to exactly this text."""
    if sent.get("read_from") != fingerprint(text):
        return {}
    return {
        place: Correction(
            treatment=sent.get(f"r{place}.treatment", ""),
            body_parts=tuple(sent.getlist(f"r{place}.body")),
            amount=sent.get(f"r{place}.amount", ""),
            reasons=tuple(sent.getlist(f"r{place}.reason")),
            citations=tuple(sent.getlist(f"r{place}.citation")),
        )
        for place in range(MOST_REQUESTS)
        if f"r{place}.treatment" in sent
    }
