"""What every answer carries, and which ids and hosts are let in. No cookies anywhere."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.routing import BaseConverter

from imrsearch.settings import Settings

LARGEST_BODY = 64 * 1024

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Search words are sensitive: no other site learns them.
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

INDEXED_BY_CRAWLERS = frozenset(
    (
        "pages.home",
        "pages.case",
        "pages.help_page",
        "browse.coverage",
        "guidelines.catalogue",
        "guidelines.one",
        "guidelines.page",
        "guidelines.section",
    )
)
"""Everything else is "noindex": searches are endless, letters and exports repeat the cases."""


class IdConverter(BaseConverter):
    """A case's id in a URL: letters, digits, "_" and "-"; it is looked up, never made a path."""

    regex = "[A-Za-z0-9_-]{1,64}"


def protect(app: Flask, settings: Settings) -> None:
    """Set the limits of requests and the headers of every answer, errors and files included."""
    app.url_map.converters["id"] = IdConverter
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts) or None
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.endpoint not in INDEXED_BY_CRAWLERS or response.status_code >= 400:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
