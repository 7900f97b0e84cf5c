"""Answers that have not changed are not sent again: each carries the hash of its bytes (ETag)."""

from __future__ import annotations

from flask import Flask, Response, request


def revalidate(app: Flask) -> None:
    """Answer 304 to whoever has the same bytes already. To be set up before what changes bytes:
    Flask calls what comes after a request in reverse order."""
    app.after_request(_compare)


def _compare(response: Response) -> Response:
    is_read = request.method in ("GET", "HEAD") and response.status_code == 200
    if is_read and not response.is_streamed and not response.cache_control.no_store:
        response.add_etag()
        if request.if_none_match or request.if_modified_since:
            response.make_conditional(request)
    return response
