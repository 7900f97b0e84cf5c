"""Every error as one humane page, or as JSON where JSON was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from imrsearch.errors import ImrsearchError

RETRY_AFTER = {429: "10", 503: "30"}
"""Seconds after which asking again makes sense."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in words for the reader."""

    status: int
    title: str
    message: str
    hint: str = ""


_WORDS = {
    400: ("This request cannot be read", "The address or the form is not what was expected."),
    404: (
        "There is no such page",
        "The address may be mistyped, or the case is not in this collection.",
    ),
    405: ("This address cannot be used that way", "It can only be opened, not sent to."),
    413: ("That is too much at once", "What was sent is larger than this site accepts."),
    414: ("That search is too long", "Please shorten it."),
    429: ("A moment, please", "Too many searches came from your address. Please try again soon."),
    500: (
        "Something went wrong here",
        "The request could not be answered. It is not your fault; please try again.",
    ),
    503: ("Not ready yet", "There is nothing to search at the moment."),
}


def register(app: Flask) -> None:
    """Answer every error that a view raises, and every one that it does not expect."""
    app.register_error_handler(ImrsearchError, _ours)
    app.register_error_handler(HTTPException, _theirs)


def _ours(error: Exception) -> Response:
    assert isinstance(error, ImrsearchError)
    title, message = _WORDS.get(error.status, _WORDS[500])
    # Messages of other kinds speak to the operator and may name folders of the server.
    told = error.message if error.status == 404 else message
    return _answer(ErrorPage(error.status, title, told, error.hint))


def _theirs(error: Exception) -> Response | HTTPException:
    assert isinstance(error, HTTPException)
    status = error.code or InternalServerError.code
    if status < 400:  # a redirect
        return error
    if isinstance(error, SecurityError):  # an unknown host: no link can be made for it
        return Response("This host is not served here.\n", status, mimetype="text/plain")
    title, message = _WORDS.get(status, (error.name, error.description or ""))
    answer = _answer(ErrorPage(status, title, message))
    kept = ((name, value) for name, value in error.get_headers() if name != "Content-Type")
    answer.headers.extend(kept)
    return answer


def _answer(page: ErrorPage) -> Response:
    if request.path.endswith(".json"):
        answer = jsonify(error={"status": page.status, "message": page.message, "hint": page.hint})
    else:
        answer = make_response(render_template("error.html", page=page))
    answer.status_code = page.status
    if page.status in RETRY_AFTER:
        answer.headers["Retry-After"] = RETRY_AFTER[page.status]
    return answer
