"""The server's log: one line of JSON for each request and for each failure.

A line names the route, never its contents: no search words, no path, no client address unless the
settings say so. The message of a failure is omitted if it repeats a word of the request, so that
no such word enters the log.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, has_request_context, request
from gunicorn.config import Config
from gunicorn.glogging import Logger

from imrsearch.storage.builds.reading import Build
from imrsearch.system.errors import ImrsearchError
from imrsearch.system.settings import Settings
from imrsearch.text.words import words
from imrsearch.web.library import library
from imrsearch.web.middleware.clients import address
from imrsearch.web.middleware.metrics import meter

_OWN_LOGGER = "imrsearch"
log = logging.getLogger("imrsearch.web")
_SHORTEST_SECRET = 3


def log_requests(app: Flask, settings: Settings) -> None:
    """Give each request a number; add it to the log and the metrics when it is answered."""

    def start() -> None:
        g.started = time.perf_counter()
        g.request_id = secrets.token_hex(8)

    def tell(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        response.headers["X-Request-ID"] = g.get("request_id", "")
        meter().answered(_route(), _method(), response.status_code, seconds)
        facts = {
            "ms": round(1000 * seconds, 1),
            "status": response.status_code,
            "build": _build_id(),
        }
        if settings.log_addresses:
            facts["address"] = address()
        log.info("request", extra={"facts": _about_request() | facts})
        return response

    app.before_request(start)
    app.after_request(tell)


def log_fault(error: BaseException) -> None:
    """Log a failure of ours: its type, its place, and its request."""
    facts = {
        "error": type(error).__name__,
        "about": _without_search(str(error)),
        "at": _traceback_places(error.__traceback__),
    }
    cause = error.__cause__ or error.__context__
    if cause is not None:
        facts |= {"cause": type(cause).__name__, "cause_at": _traceback_places(cause.__traceback__)}
    log.error("fault", extra={"facts": _about_request() | facts})


def _about_request() -> dict[str, Any]:
    if not has_request_context():
        return {}
    return {"request": g.get("request_id", ""), "method": _method(), "route": _route()}


def _route() -> str:
    return request.url_rule.rule if request.url_rule else "none"


def _method() -> str:
    """The HTTP method; clients can send any word as one."""
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"


def _build_id() -> str | None:
    with suppress(ImrsearchError):
        build: Build = g.get("build") or library().build
        return build.id
    return None


def _traceback_places(trace: TracebackType | None) -> list[str]:
    """File, line and function of each frame, without values."""
    return [f"{step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(trace)]


def _without_search(message: str) -> str:
    """The message, unless it contains a word of the request."""
    if not has_request_context():
        return message
    if request.method == "POST":  # a pasted text
        return "(left out)"
    asked = (*request.args.values(), *(request.view_args or {}).values())
    found = {word for text in asked for word in words(str(text)) if len(word) >= _SHORTEST_SECRET}
    return "(left out)" if found & set(words(message)) else message


class JsonLines(logging.Formatter):
    """One JSON object per line. Records of other libraries keep their message without its
    arguments: gunicorn puts addresses and whole request lines there."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
            "process": record.process,
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            kind, _, trace = record.exc_info
            line |= {"error": kind.__name__ if kind else "", "at": _traceback_places(trace)}
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """Our own event unchanged; ``Invalid request from ip=203.0.113.7: GET /?q=…`` as
    ``Invalid request``."""
    if record.name.startswith(_OWN_LOGGER):
        return record.getMessage()
    message = str(record.msg)
    return message.partition(" from ip=")[0].partition("%")[0].strip()


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's logger: its lines and ours in one format, without an access log."""

    def setup(self, cfg: Config) -> None:
        """Send everything to standard error as lines of JSON."""
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        ours = logging.getLogger(_OWN_LOGGER)
        for logger, level in ((self.error_log, logging.WARNING), (ours, logging.INFO)):
            logger.handlers = [handler]
            logger.propagate = False
            logger.setLevel(level)

    def access(self, *_: object) -> None:
        """No access log: ``log_requests`` logs requests."""

    def reopen_files(self) -> None:
        """There are none."""
