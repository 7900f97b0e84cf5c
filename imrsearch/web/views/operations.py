"""For operators: health check and metrics."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from imrsearch.system.errors import ImrsearchError, NotFound
from imrsearch.web.library import library
from imrsearch.web.middleware.clients import address, is_local
from imrsearch.web.middleware.metrics import age, meter
from imrsearch.web.route_policy import RoutePolicy

blueprint = Blueprint("operations", __name__)

_NOT_READY = "unavailable"


@blueprint.get("/healthz")
@RoutePolicy("noindex", page=False, attacked=False, free=True)
def healthz() -> Response:
    """Whether the process can answer searches, from which build of what age, and the status of the
    collection and the index (with a database and a cluster, of these)."""
    here = library()
    told: dict[str, object] = {"build": None, "collection": _NOT_READY, "index": _NOT_READY}
    try:
        told["collection"] = here.collection.health()
        build = here.build
        build.index.count()
        made = build.manifest.created
        told |= {"index": build.index.health(), "build": build.id, "built": made}
        told |= {"age_seconds": age(made), "note": build.note}
    except ImrsearchError as error:
        answer = jsonify(live=True, ready=False, **told | {"note": type(error).__name__})
        answer.status_code = 503
    else:
        answer = jsonify(live=True, ready=True, **told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/metrics")
@RoutePolicy("disallow", page=False, attacked=False, free=True)
def metrics() -> Response:
    """The metrics, for this machine and the addresses in the settings; other clients get 404."""
    here = library()
    if not (is_local() or address() in here.settings.metrics_from):
        raise NotFound("There is no such page.")
    build = None
    with suppress(ImrsearchError):
        build = here.build
    answer = Response(meter().text(build, here.checked), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer
