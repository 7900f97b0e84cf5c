"""A limit on requests, so that no one visitor keeps the others waiting.

Each client (an address, of IPv6 a network) has, in each process, a bucket of tokens that fills up
again steadily. A request takes one, and more for each ``A_TOKEN`` of processor time that it used:
what slows others down is work, not pages. Requests of this machine itself are not counted. Those
that a proxy on it passes on are: client by client where the proxy is trusted
(``IMRSEARCH_PROXIES``), else all as one.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

from flask import Flask, g, request
from werkzeug.exceptions import TooManyRequests

from imrsearch.system.settings import Settings
from imrsearch.web.middleware.clients import client, is_local
from imrsearch.web.middleware.metrics import meter
from imrsearch.web.route_policy import policy_of

_CLIENTS_COUNTED = 10_000
A_TOKEN = 0.025
"""Seconds of processor time that a token pays for: most pages take less."""


class Buckets:
    """The clients' buckets; the least recent client is forgotten first."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> bool:
        """Whether the client has a token left at ``now`` (seconds of a steady clock)."""
        with self._lock:
            tokens, then = self._buckets.pop(client, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - then) * self._per_second)
            allowed = tokens >= 1
            self._buckets[client] = (tokens - allowed, now)
            if len(self._buckets) > _CLIENTS_COUNTED:
                self._buckets.popitem(last=False)
        return allowed

    def charge(self, client: str, tokens: float) -> None:
        """Take tokens for what a request turned out to cost; a bucket may owe some."""
        with self._lock:
            if client in self._buckets:
                left, then = self._buckets[client]
                self._buckets[client] = (left - tokens, then)


def throttle(app: Flask, settings: Settings) -> None:
    """Answer 429 to clients that ask for more than the settings allow."""
    buckets = Buckets(settings.requests_per_second, settings.request_burst)

    def check() -> None:
        declared = policy_of(app, request.endpoint)
        if (declared and declared.free) or is_local():
            return
        asking = client()
        if not buckets.take(asking, time.monotonic()):
            meter().cut("throttled")
            raise TooManyRequests
        g.charged = asking, time.thread_time()

    def charge(_: BaseException | None) -> None:
        charged = g.pop("charged", None)
        if charged:
            name, started = charged
            buckets.charge(name, max(0.0, (time.thread_time() - started) / A_TOKEN - 1))

    app.before_request(check)
    app.teardown_request(charge)
