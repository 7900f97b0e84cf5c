"""How many requests are worked on at once, so that a few slow ones never hold up all the others.

A process has more threads than turns. Those without a turn wait for one, as long as a search may
take; some threads always stay free for what costs nothing: files, health, figures. One client
can have half of the turns and fill half of the room to wait in.
"""

from __future__ import annotations

import threading
from collections import Counter

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable

from imrsearch.settings import Settings
from imrsearch.web.clients import address, is_local
from imrsearch.web.metrics import meter
from imrsearch.web.throttle import FREE

_KEPT_FREE = 2


class Busy(ServiceUnavailable):
    """More is asked at once than can be answered."""


class Turns:
    """``at_once`` turns for a ``room`` of those who have one or wait ``patience`` seconds for it.

    Safe to share between threads.
    """

    def __init__(self, at_once: int, room: int, patience: float) -> None:
        self._at_once = at_once
        self._room = room
        self._patience = patience
        self._changed = threading.Condition()
        self._here: Counter[str] = Counter()
        self._working: Counter[str] = Counter()

    def enter(self, client: str) -> bool:
        """Whether ``client`` got its turn; it must then ``leave``. An empty name has no share."""
        with self._changed:
            if self._here.total() >= self._room or self._has_half(client, self._here, self._room):
                return False
            self._here[client] += 1
            has_turn = self._changed.wait_for(lambda: self._is_free(client), self._patience)
            if has_turn:
                self._working[client] += 1
            else:
                _drop(self._here, client)
            return has_turn

    def leave(self, client: str) -> None:
        """Give the turn to another."""
        with self._changed:
            _drop(self._here, client)
            _drop(self._working, client)
            self._changed.notify_all()

    def _is_free(self, client: str) -> bool:
        if self._working.total() >= self._at_once:
            return False
        return not self._has_half(client, self._working, self._at_once)

    def _has_half(self, client: str, places: Counter[str], all_places: int) -> bool:
        return bool(client) and places[client] >= max(all_places // 2, 1)


def _drop(places: Counter[str], client: str) -> None:
    places[client] -= 1
    if not places[client]:
        del places[client]


def take_turns(app: Flask, settings: Settings) -> None:
    """Answer 503 where nobody's turn comes in time."""
    room = max(settings.threads - _KEPT_FREE, settings.searches_at_once)
    turns = Turns(settings.searches_at_once, room, settings.search_seconds)

    def enter() -> None:
        if request.endpoint is None or request.endpoint in FREE:
            return
        client = "" if is_local() else address()
        if not turns.enter(client):
            meter().cut("busy")
            raise Busy
        g.turn = client

    def leave(_: BaseException | None) -> None:
        client = g.pop("turn", None)
        if client is not None:
            turns.leave(client)

    app.before_request(enter)
    app.teardown_request(leave)
