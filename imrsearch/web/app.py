"""The application factory."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

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
from imrsearch.web.templating import set_up_templates
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
    set_up_templates(app, settings)
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
