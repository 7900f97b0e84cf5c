"""The production server: gunicorn, a few processes with a few threads each."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from gunicorn import util
from gunicorn.app.base import BaseApplication

from imrsearch.catalogue.spanish import search_in_english
from imrsearch.query.spelling import SpellingCorrector
from imrsearch.search.from_text import read_pasted
from imrsearch.search.index_profile import catalogue_words
from imrsearch.search.pasted.reading import read_requests
from imrsearch.system.memory import keep_loaded, share_memory
from imrsearch.system.settings import Settings
from imrsearch.text.words import sentences
from imrsearch.web.app import create_app
from imrsearch.web.middleware.logs import ServerLog
from imrsearch.web.middleware.metrics import shared_figures
from imrsearch.web.middleware.security import HEADERS
from imrsearch.web.patient_worker import PatientWorker

if TYPE_CHECKING:
    from flask import Flask


_PASTED = "Knee braces, approx. two: MTUS Chronic Pain Guidelines, page 9. Denied."
_IN_DOUBT = "Denied?! Why ..."


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, configured from our settings instead of a configuration file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self._settings.host_and_port,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": PatientWorker,
            # No request header may change the site's root path or the requested path.
            "forwarder_headers": "",
            "timeout": 60,
            "graceful_timeout": 20,
            # gunicorn's maximum; longer lines get its own plain error.
            "limit_request_line": 8190,
            "logger_class": ServerLog,
            "worker_exit": _close_library,
            "proc_name": "imrsearch",
            # Later releases listen for commands on a control socket, which is not used here.
            "control_socket_disable": True,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        # Each process creates its own application: open indexes are not shared across a fork.
        preload()
        return create_app(self._settings)


def _close_library(_: object, worker: PatientWorker) -> None:
    """Close database connections when a process ends: PostgreSQL should not just lose them."""
    site = worker.app.callable
    if site:
        site.extensions["imrsearch"].close()


def preload() -> None:
    """Load what the first visitors of a process would otherwise wait for: the catalogues, the
    parser of pasted texts, the Spanish dictionary, the spelling corrector, and NLTK, for doubtful
    sentence boundaries."""
    read_pasted(_PASTED, lambda word: 0.0)
    search_in_english(_PASTED)
    read_requests(_PASTED)
    sentences(_IN_DOUBT)
    catalogue_words()
    SpellingCorrector({"brace": 1}).correct("brase")
    keep_loaded()


def _refuse(client: socket.socket, status: int, reason: str, _: str) -> None:
    """Answer invalid HTTP, before there is a request that the site could handle: with our headers,
    and without gunicorn's message, which repeats the input."""
    text = f"{status} {reason}\n"
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(text)),
        "Connection": "close",
        "Cache-Control": "no-store",
        **HEADERS,
    }
    lines = [
        f"HTTP/1.1 {status} {reason}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    util.write_nonblock(client, "\r\n".join([*lines, "", text]).encode("latin-1"))


def run(settings: Settings) -> None:
    """Serve until stopped. If the address is in use, the process ends with a message.

    On SIGTERM, the server first finishes its current requests.
    """
    share_memory()
    util.write_error = _refuse  # gunicorn has no setting for it
    with shared_figures():
        _Server(settings).run()
