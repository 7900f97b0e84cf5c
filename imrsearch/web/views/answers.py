"""How views answer: a page as HTML or JSON, a file to save; and forms with private data, accepted
only from this site and never stored."""

from __future__ import annotations

import msgspec
from flask import Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import Forbidden

from imrsearch.web.library import library

_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets recognize a CSV file as UTF-8 only by this byte order mark."""
_CSV = "text/csv"


def answer(template: str, page: object) -> Response:
    """The page from a presenter, rendered with its template, or as JSON.

    ``page`` is one of the presenters' dataclasses; its fields are the keys.
    """
    if request.args.get("format") == "json":
        return jsonify(msgspec.to_builtins(page, enc_hook=str))
    return make_response(render_template(template, page=page))


def origin() -> str:
    """Such as ``https://imr.example``: from the setting, else from the request."""
    return library().settings.site_url or request.host_url.rstrip("/")


def attachment(name: str, content: str | bytes, media_type: str = _CSV) -> Response:
    """The content as a download with this file name."""
    if media_type == _CSV and isinstance(content, str):
        content = _BYTE_ORDER_MARK + content
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def refuse_other_sites() -> None:
    """Reject a form submitted from another site.

    ``Sec-Fetch-Site`` decides, as no page can forge it. Browsers omit it on plain HTTP; then
    ``Origin`` decides, which they send because the form's page allows it (``like.html``).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    else:
        # Without the scheme: a proxy may use another one. Not parsed: it can contain anything.
        origin = request.headers.get("Origin", f"//{request.host}").partition("//")[2]
        is_ours = origin == request.host
    if not is_ours:
        raise Forbidden


def private(answer: Response) -> Response:
    """The response, not to be stored by any cache."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def private_to_reader(answer: Response) -> Response:
    """The response to a form, cached only by the visitor's own browser, so that Back works: without
    that, the browser would have to submit the form again."""
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
