"""A limit on requests, so that no one visitor keeps the others waiting.

Each client address has, in each process, a bucket of tokens that fills up again steadily; a request
takes one. Requests from this machine itself are not counted: a server in front, which they come
from, knows its clients and limits them itself.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from ipaddress import ip_address

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

from imrsearch.settings import Settings

_MOST_CLIENTS = 10_000
_FREE = frozenset(("static", "data.healthz"))


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
            if len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return allowed


def throttle(app: Flask, settings: Settings) -> None:
    """Answer 429 to clients that ask for more than the settings allow."""
    buckets = Buckets(settings.requests_per_second, settings.request_burst)

    def check() -> None:
        client = request.remote_addr or ""
        if request.endpoint in _FREE or _is_local(client):
            return
        if not buckets.take(client, time.monotonic()):
            raise TooManyRequests

    app.before_request(check)


def _is_local(client: str) -> bool:
    try:
        return ip_address(client).is_loopback
    except ValueError:
        return False
