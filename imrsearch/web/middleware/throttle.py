"""Rate limiting: a token bucket per client, so that no visitor slows down the others.

In each process, each client (an IPv4 address or an IPv6 network) has a bucket of tokens that is
refilled at a steady rate. A request takes one token, and another for each ``A_TOKEN`` of processor
time that it used: work slows others down, not the number of pages. Requests from this machine
itself are free. Requests forwarded by a proxy on it are counted: per client if the proxy is trusted
(``IMRSEARCH_PROXIES``), else all as one client.
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
"""Seconds of processor time per token: most pages take less."""


class Buckets:
    """The clients' buckets; the least recently seen client is evicted first."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._per_second = per_second
        self._burst = burst
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> bool:
        """Whether the client has a token left at ``now`` (seconds of the monotonic clock)."""
        with self._lock:
            tokens, then = self._buckets.pop(client, (float(self._burst), now))
            tokens = min(self._burst, tokens + (now - then) * self._per_second)
            allowed = tokens >= 1
            self._buckets[client] = (tokens - allowed, now)
            if len(self._buckets) > _CLIENTS_COUNTED:
                self._buckets.popitem(last=False)
        return allowed

    def charge(self, client: str, tokens: float) -> None:
        """Take tokens for the actual cost of a request; a bucket may go negative."""
        with self._lock:
            if client in self._buckets:
                left, then = self._buckets[client]
                self._buckets[client] = (left - tokens, then)


def throttle(app: Flask, settings: Settings) -> None:
    """Answer 429 to clients that exceed the limits in the settings."""
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
