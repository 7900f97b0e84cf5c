"""Admission control: how many requests run at once, so that a few slow ones never block the others.

A process has more threads than turns (running requests). Threads without a turn wait for one, as
long as a search may take; some threads always stay free for cheap requests: files, health checks,
metrics. One client can have at most half of the turns and half of the queue.

Quick pages run one after the other: because of Python's GIL, two at once take a quarter more
processor time for contention. Only when a page takes longer does the next one start beside it.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable

from imrsearch.system.settings import Settings
from imrsearch.web.middleware.clients import is_local, neighbourhood
from imrsearch.web.middleware.metrics import meter
from imrsearch.web.route_policy import policy_of

_KEPT_FREE = 2
_MOST_CLIENTS = 10_000
ALONE = 0.1
"""Seconds for which a page has the process to itself: most are done by then."""


class Busy(ServiceUnavailable):
    """More requests are waiting than can be answered."""


@dataclass(eq=False, slots=True)
class Turn:
    """A client's request, queued or running; ``started``: when it began to run."""

    client: str
    started: float = math.inf


class Turns:
    """At most ``at_once`` requests run; a further one starts only after the latest has run for
    ``alone`` seconds. At most ``room`` requests run or wait, each up to ``patience`` seconds: fair
    between clients, first come, first served within a client.

    Thread-safe.
    """

    def __init__(self, at_once: int, room: int, patience: float, alone: float = ALONE) -> None:
        self._at_once = at_once
        self._room = room
        self._patience = patience
        self._alone = alone
        self._changed = threading.Condition()
        self._waiting: list[Turn] = []
        self._working: list[Turn] = []
        self._last: dict[str, float] = {}
        """When each client's last turn began."""

    def enter(self, client: str) -> Turn | None:
        """A turn for ``client``, to be released by ``leave``; ``None`` if none is free in time, or
        if its place goes to a client with fewer. The share does not apply to an empty name."""
        with self._changed:
            if not self._has_room(client):
                return None
            turn = Turn(client)
            self._waiting.append(turn)
            comes = self._comes(turn)
            if turn in self._waiting:
                self._waiting.remove(turn)
            if comes:
                turn.started = self._last[client] = time.monotonic()
                self._working.append(turn)
            self._changed.notify_all()
            return turn if comes else None

    def leave(self, turn: Turn) -> None:
        """Release the turn."""
        with self._changed:
            self._working.remove(turn)
            if len(self._last) > _MOST_CLIENTS:
                self._last.clear()
            self._changed.notify_all()

    def _has_room(self, client: str) -> bool:
        """Whether there is a place for one more request of a client. In a full room, the client
        with the most places gives up its latest one to a client that has at least two fewer."""
        here = self._waiting + self._working
        if _has_half(client, here, self._room):
            return False
        if len(here) < self._room:
            return True
        held = Counter(one.client for one in here)
        last = max(self._waiting, key=lambda one: held[one.client], default=None)
        if last is None or held[last.client] < held[client] + 2:
            return False
        self._waiting.remove([one for one in self._waiting if one.client == last.client][-1])
        self._changed.notify_all()
        return True

    def _comes(self, turn: Turn) -> bool:
        """Wait for a turn; returns whether it came."""
        end = time.monotonic() + self._patience
        while not self._is_next(turn):
            if turn not in self._waiting:
                return False
            now, next_in = time.monotonic(), self._next_in()
            if now >= end:
                return False
            soon = next_in if next_in > now else end
            self._changed.wait(min(soon, end) - now)
        return True

    def _is_next(self, turn: Turn) -> bool:
        if len(self._working) >= self._at_once or time.monotonic() < self._next_in():
            return False
        free = (
            one for one in self._waiting if not _has_half(one.client, self._working, self._at_once)
        )
        return min(free, key=self._turn_of, default=None) is turn

    def _turn_of(self, one: Turn) -> tuple[int, float]:
        """The next place: of the client with the fewest running pages, then of the one that has
        waited longest; within a client, the page that came first."""
        working = sum(other.client == one.client for other in self._working)
        return working, self._last.get(one.client, -math.inf)

    def _next_in(self) -> float:
        """When the running pages have run alone for long enough."""
        return max((one.started for one in self._working), default=-math.inf) + self._alone


def _has_half(client: str, turns: Sequence[Turn], most: int) -> bool:
    return bool(client) and sum(one.client == client for one in turns) >= max(most // 2, 1)


def take_turns(app: Flask, settings: Settings) -> None:
    """Answer 503 if no turn is free in time."""
    room = max(settings.threads - _KEPT_FREE, settings.searches_at_once)
    turns = Turns(settings.searches_at_once, room, settings.search_seconds)

    def enter() -> None:
        declared = policy_of(app, request.endpoint)
        if request.endpoint is None or (declared and declared.free):
            return
        turn = turns.enter("" if is_local() else neighbourhood())
        if turn is None:
            meter().cut("busy")
            raise Busy
        g.turn = turn

    def leave(_: BaseException | None) -> None:
        turn = g.pop("turn", None)
        if turn is not None:
            turns.leave(turn)

    app.before_request(enter)
    app.teardown_request(leave)
