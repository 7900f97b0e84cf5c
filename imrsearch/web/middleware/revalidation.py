"""Unchanged responses are not sent again: each carries a hash of its bytes (ETag)."""

from __future__ import annotations

from flask import Flask, Response, request


def revalidate(app: Flask) -> None:
    """Answer 304 if the client already has the same bytes. Register this before handlers that
    change bytes: Flask calls after-request handlers in reverse order."""
    app.after_request(_compare)


def _compare(response: Response) -> Response:
    is_read = request.method in ("GET", "HEAD") and response.status_code == 200
    if is_read and not response.is_streamed and not response.cache_control.no_store:
        response.add_etag()
        if request.if_none_match or request.if_modified_since:
            response.make_conditional(request)
    return response
