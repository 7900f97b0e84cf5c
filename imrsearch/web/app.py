"""The application factory."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import Flask, url_for
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from imrsearch.system.memory import tune_collector
from imrsearch.system.package_data import folder
from imrsearch.system.settings import Settings
from imrsearch.web.library import Library
from imrsearch.web.middleware import (
    clients,
    errors,
    kept_pages,
    logs,
    security,
    throttle,
    transfer,
    turns,
)
from imrsearch.web.middleware.metrics import Metrics
from imrsearch.web.templating import LineFiller, kept_macros
from imrsearch.web.views import (
    brief,
    browse,
    comparison,
    data,
    exports,
    from_text,
    guidelines,
    operations,
    pages,
    reasons,
    treatments,
)

A_YEAR = 365 * 24 * 3600


class _Site(Flask):
    """Flask, with failures logged in our format: without anything from the request."""

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - as Flask calls it
        """Log an unexpected error."""
        logs.log_fault(exc_info[1])


class _JsonProvider(DefaultJSONProvider):
    """Keys in the documented order, characters unescaped."""

    sort_keys = False
    ensure_ascii = False


def create_app(settings: Settings) -> Flask:
    """The web application over the index folder that ``settings`` name.

    Nothing is opened before the first request, so worker processes share no open file and a
    server started before the first ``imrsearch index`` serves as soon as there is something.
    """
    tune_collector()
    app = _Site(__name__, template_folder=folder("templates"), static_folder=folder("static"))
    app.json = _JsonProvider(app)
    app.extensions["imrsearch"] = Library(settings)
    app.extensions["imrsearch.meter"] = Metrics()
    _set_up_templates(app, settings)
    clients.trust_proxies(app, settings)
    logs.log_requests(app, settings)
    transfer.revalidate(app)
    security.protect(app, settings)
    throttle.throttle(app, settings)
    kept_pages.keep_pages(app)
    turns.take_turns(app, settings)
    errors.handle_errors(app)
    transfer.compress(app)
    about = (guidelines, treatments, reasons, comparison)
    for room in (pages, browse, *about, data, exports, from_text, brief, operations):
        app.register_blueprint(room.blueprint)
    return app


def _set_up_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    static = folder("static")
    files = (file for file in static.rglob("*") if file.is_file())
    # A short hash of the content: browsers cache a file for a year, a changed file has a new URL.
    versions = {
        file.relative_to(static).as_posix(): sha256(file.read_bytes()).hexdigest()[:12]
        for file in files
    }
    app.jinja_env.filters["fill"] = LineFiller(app.jinja_env)
    app.jinja_env.globals.update(
        url_for=_url_for,
        asset=lambda name: _path("static", filename=name, v=versions[name]),
        longest_query=settings.max_query_chars,
        **kept_macros(app.jinja_env),
    )


@lru_cache(maxsize=1_000)
def _path(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as Flask takes them
    """Kept, as a page asks for a dozen addresses, most of them the same as the page before. The
    site stands at the root of its host, so a path is the same in every request."""
    return url_for(endpoint, **values)


def _url_for(
    endpoint: str,
    *,
    _external: bool = False,
    **values: Any,  # noqa: ANN401 - as Flask takes them
) -> str:
    """As Flask's ``url_for``; addresses with their host depend on the request."""
    return url_for(endpoint, _external=True, **values) if _external else _path(endpoint, **values)
