"""Cache of pages for one minute.

A page is the same for every visitor: there are no accounts and no cookies. It depends only on its
address, the current build and the date. The server caches a page as long as browsers do; a partial
page is never cached.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, Response, g, request

from imrsearch.system.errors import ImrsearchError
from imrsearch.web.library import library
from imrsearch.web.route_policy import policy_of
from imrsearch.web.time_budget import is_cut_short

KEPT_SECONDS = 60
"""Seconds that a page is cached, as ``security.A_MINUTE`` tells browsers."""
KEPT_BYTES = 16 << 20
"""Bytes of cached pages per process, as sent (compressed): more than a thousand pages."""
LARGEST = 256 << 10
"""Bytes of the largest page that is cached: exports are not."""

PageKey = tuple[object, ...]
"""Build, the build's note, the parts of the address, and whether the page is compressed."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A response as sent; ``until``: seconds of the monotonic clock."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    until: float


class KeptPages:
    """An LRU cache of pages by key. Thread-safe."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[PageKey, KeptPage] = OrderedDict()

    def get(self, key: PageKey, now: float) -> KeptPage | None:
        """The page cached under ``key``, unless it has expired."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.until <= now:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: PageKey, page: KeptPage, now: float) -> None:
        """Cache a page; drop those that have expired, and evict others to make room.

        Expired pages would fill the room for good: nobody asks for those of an old build again.
        """
        with self._lock:
            self._forget(key)
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > self._most_bytes or next(iter(self._pages.values())).until <= now:
                self._forget(next(iter(self._pages)))

    def _forget(self, key: PageKey) -> None:
        page = self._pages.pop(key, None)
        if page:
            self._bytes -= len(page.body)


def keep_pages(app: Flask) -> None:
    """Answer from the cache. Register this after the request limit, which counts cached pages
    too, and before the turns, which cached pages do not need."""
    pages = KeptPages()

    def answer_again() -> Response | None:
        declared = policy_of(app, request.endpoint)
        if request.method != "GET" or declared is None or declared.free:
            return None
        with suppress(ImrsearchError):
            g.build = build = library().build
            packed = request.accept_encodings["gzip"] > 0
            # The parts of the address that was asked for: putting them together takes longer.
            address = (request.scheme, request.host, request.root_path, request.path)
            g.page_key = key = (build.id, build.note, *address, request.query_string, packed)
            kept = pages.get(key, time.monotonic())
            if kept:
                del g.page_key
                return Response(kept.body, headers=list(kept.headers))
        return None

    def keep(response: Response) -> Response:
        key = g.get("page_key")
        if is_cut_short():
            response.headers["Cache-Control"] = "no-store"
        elif key and response.status_code == 200 and _is_small(response):
            now = time.monotonic()
            page = KeptPage(response.get_data(), tuple(response.headers), now + KEPT_SECONDS)
            pages.keep(key, page, now)
        return response

    app.before_request(answer_again)
    app.after_request(keep)


def _is_small(response: Response) -> bool:
    """Whether a response may be cached and is small enough; streams have no length."""
    if response.is_streamed or response.cache_control.no_store:
        return False
    return (response.content_length or LARGEST) < LARGEST
