"""Security headers of every response, and the accepted ids and hosts. No cookies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Flask, Request, Response, current_app, request
from werkzeug.exceptions import BadRequest
from werkzeug.routing import BaseConverter

from imrsearch.model import known_as
from imrsearch.system.settings import Settings
from imrsearch.web.route_policy import policy_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LARGEST_BODY = 64 * 1024
LONGEST_ADDRESS = 8_000
"""Bytes of the query string; gunicorn's own limit is only slightly higher."""
MOST_PARAMETERS = 100
"""More than any person chooses; the work grows with their square."""
A_MINUTE = "private, max-age=60"
"""Browsers may reuse a page this long: going back costs nothing."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Search words are sensitive: other sites must not learn them.
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_PROBED = frozenset(("/healthz", "/metrics"))
# A host given as an address: "127.0.0.1:8000", "[::1]", "localhost:8000". A page of another site
# cannot make its visitor's browser send that.
_ADDRESS = re.compile(r"(?:[\d.]+|\[[\da-fA-F:.]+\]|localhost)(?::\d+)?")


class TooLong(BadRequest):
    """An address longer than any accepted search."""


class TooMuchChosen(BadRequest):
    """An address with more parameters than any person chooses."""


class IdConverter(BaseConverter):
    """A case's id in a URL: letters, digits, "_" and "-"; it is looked up, never used as a path."""

    regex = "[A-Za-z0-9_-]{1,64}"

    def to_python(self, value: str) -> str:
        """The id as stored, also if it is typed in lower case."""
        return known_as(value)


class RequestInMemory(Request):
    """A request whose files never touch the disk: a denial letter contains names and diagnoses."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def protect(app: Flask, settings: Settings) -> None:
    """Set the request limits and the headers of every response, including errors and files."""
    app.url_map.converters["id"] = IdConverter
    app.request_class = RequestInMemory
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    if settings.trusted_hosts:
        app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
        named = _naming(app.wsgi_app, settings.trusted_hosts[0])
        app.wsgi_app = named  # type: ignore[assignment, method-assign]  # Flask's way to add a layer
    app.before_request(_refuse_too_much)
    app.after_request(_add_headers)


def _naming(site: WSGIApplication, name: str) -> WSGIApplication:
    """Accept health and metrics requests by IP address, as load balancers send them."""

    def named(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        is_probe = environ.get("PATH_INFO") in _PROBED
        if is_probe and _ADDRESS.fullmatch(environ.get("HTTP_HOST", "")):
            environ["HTTP_HOST"] = name
        return site(environ, start)

    return named


def _refuse_too_much() -> None:
    """Check limits before anything is parsed: each link of a page repeats the parameters."""
    if len(request.query_string) > LONGEST_ADDRESS:
        raise TooLong
    if request.query_string.count(b"&") >= MOST_PARAMETERS:
        raise TooMuchChosen


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    is_read = response.status_code == 200 and request.method in ("GET", "HEAD")
    response.headers.setdefault("Cache-Control", A_MINUTE if is_read else "no-cache")
    declared = policy_of(current_app, request.endpoint)
    if declared is None or declared.crawlers != "index" or response.status_code >= 400:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
