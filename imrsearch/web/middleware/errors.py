"""Every error as a friendly page, or as JSON for JSON addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from imrsearch.system.errors import DamagedCollection, ImrsearchError, NotIndexed
from imrsearch.text.quantities import count
from imrsearch.web.middleware.logs import log_fault
from imrsearch.web.middleware.security import MOST_PARAMETERS, TooLong, TooMuchChosen
from imrsearch.web.middleware.turns import Busy

RETRY_AFTER = {429: 10, 503: 30}
"""Seconds after which a retry makes sense, by status."""
_BUSY_RETRY_AFTER = 5


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in words for the visitor."""

    status: int
    title: str
    message: str
    hint: str = ""
    retry_after: int | None = None


_MESSAGES = {
    400: ("This request cannot be read", "The address or the form is not valid."),
    404: (
        "There is no such page",
        "The address may be mistyped, or the case is not in this collection.",
    ),
    405: (
        "This address cannot be used that way",
        "It can only be opened; nothing can be sent to it.",
    ),
    413: ("That is too much at once", "What was sent is larger than this site accepts."),
    414: ("That search is too long", "Please shorten it."),
    422: ("This file cannot be read", "Its text cannot be extracted."),
    429: ("A moment, please", "Too many requests came from your address at once."),
    500: (
        "Something went wrong here",
        "The request could not be answered. It is not your fault; please try again.",
    ),
    503: ("Not ready yet", "There is nothing to search at the moment."),
}
_WITH_MESSAGE = (404, 422)
"""The statuses of errors whose own message is meant for visitors."""
_TORN = (
    "This cannot be shown",
    "What is stored here about it is damaged. The site’s operator has to repair it.",
)
_OWN_MESSAGES: Mapping[type[HTTPException], tuple[str, str]] = {
    Busy: (
        "A moment, please",
        "More people are searching here right now than this site can answer at once.",
    ),
    TooLong: ("That search is too long", "Please remove words or filters."),
    TooMuchChosen: (
        "That is too much at once",
        f"An address can hold {MOST_PARAMETERS} choices. Please remove some filters.",
    ),
}


def handle_errors(app: Flask) -> None:
    """Answer every error, expected or not, with a page."""
    app.register_error_handler(ImrsearchError, _ours)
    app.register_error_handler(HTTPException, _theirs)


def _ours(error: Exception) -> Response:
    assert isinstance(error, ImrsearchError)
    is_torn = isinstance(error, DamagedCollection)
    title, message = _TORN if is_torn else _MESSAGES.get(error.status, _MESSAGES[500])
    # Other messages are for the operator and may name folders of the server.
    told = error.message if error.status in _WITH_MESSAGE else message
    if error.status >= 500 and not isinstance(error, NotIndexed):
        log_fault(error)
    return _answer(ErrorPage(error.status, title, told, error.hint, RETRY_AFTER.get(error.status)))


def _theirs(error: Exception) -> Response | HTTPException:
    assert isinstance(error, HTTPException)
    status = error.code or InternalServerError.code
    if status < 400:  # a redirect
        return error
    if isinstance(error, SecurityError):  # an unknown host, for which no link can be built
        return Response("This host is not served here.\n", status, mimetype="text/plain")
    answer = _answer(_html_page(status, error))
    kept = ((name, value) for name, value in error.get_headers() if name != "Content-Type")
    answer.headers.extend(kept)
    return answer


def _html_page(status: int, error: HTTPException) -> ErrorPage:
    known = _OWN_MESSAGES.get(type(error)) or _MESSAGES.get(status)
    title, message = known or (error.name, error.description or "")
    seconds = _BUSY_RETRY_AFTER if isinstance(error, Busy) else RETRY_AFTER.get(status)
    hint = ""
    if seconds:
        wait = count(seconds, "second")
        hint = f"Please try again in {wait}: reloading this page repeats your search."
    elif status >= 500 and (number := g.get("request_id")):
        hint = f"If it happens again, tell the site’s operator the request number: {number}."
    return ErrorPage(status, title, message, hint, seconds)


def _answer(page: ErrorPage) -> Response:
    if request.path.endswith(".json"):
        answer = jsonify(error={"status": page.status, "message": page.message, "hint": page.hint})
    else:
        answer = make_response(render_template("error.html", page=page))
    answer.status_code = page.status
    answer.headers["Cache-Control"] = "no-store"
    if page.retry_after:
        answer.headers["Retry-After"] = str(page.retry_after)
    return answer
