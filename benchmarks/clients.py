"""Visitors: processes that ask a server for pages over kept connections, one after the other.

``drive`` starts them; each is ``python -m benchmarks.clients``, which loads next to nothing, for
clients and server share the machine.
"""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Page = tuple[str, str]
"""What kind of page it is, and its address."""

_HEADERS = {"Accept-Encoding": "gzip", "Connection": "keep-alive"}
_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """What one page took: milliseconds until its last byte. No status: there was no answer."""

    kind: str
    address: str
    milliseconds: float
    status: int | None
    size: int

    @property
    def is_error(self) -> bool:
        """Whether a visitor would call it one."""
        return self.status != 200


@dataclass(frozen=True, slots=True)
class Driven:
    """All replies, and how many seconds of processor time asking for them took, starts apart."""

    replies: tuple[Reply, ...]
    cpu: float


def drive(port: int, lists: Iterable[Sequence[Page]], seconds: float, pause: float = 0) -> Driven:
    """Let one client for each list ask for its pages, over and over, for so many seconds.

    Between two pages each waits ``pause`` seconds on average, as people do.
    """
    command = [sys.executable, "-m", "benchmarks.clients"]
    clients = []
    for number, pages in enumerate(lists):
        client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert client.stdin
        client.stdin.write(json.dumps([number, port, pages, seconds, pause]))
        client.stdin.close()
        clients.append(client)
    told = [_told(client) for client in clients]
    replies = tuple(Reply(*reply) for some, _ in told for reply in some)
    return Driven(replies, sum(cpu for _, cpu in told))


def _told(client: subprocess.Popen[str]) -> tuple[list[list[Any]], float]:
    with client:
        assert client.stdout
        replies, cpu = json.load(client.stdout)
    return replies, float(cpu)


def visit(number: int, port: int, pages: Sequence[Page], seconds: float, pause: float) -> Driven:
    """Be one client."""
    chance, used = random.Random(number), time.process_time()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)
    replies: list[Reply] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        kind, address = pages[len(replies) % len(pages)]
        started = time.perf_counter()
        status, size = _asked(connection, address)
        taken = 1000 * (time.perf_counter() - started)
        replies.append(Reply(kind, address, taken, status, size))
        time.sleep(pause * 2 * chance.random())
    return Driven(tuple(replies), time.process_time() - used)


def _asked(connection: http.client.HTTPConnection, address: str) -> tuple[int | None, int]:
    """Status and size. A kept connection that the server has closed is opened once more, as
    browsers do."""
    for again in (True, False):
        kept = connection.sock is not None
        try:
            connection.request("GET", address, headers=_HEADERS)
            response = connection.getresponse()
            return response.status, len(response.read())
        except (http.client.HTTPException, OSError) as error:
            connection.close()
            closed = isinstance(error, http.client.RemoteDisconnected | ConnectionResetError)
            if not (again and kept and closed):
                return None, 0
    return None, 0


def main() -> None:
    """What ``drive`` starts: the plan comes in as JSON, the replies go out as JSON."""
    driven = visit(*json.load(sys.stdin))
    replies = [
        (one.kind, one.address, one.milliseconds, one.status, one.size) for one in driven.replies
    ]
    json.dump([replies, driven.cpu], sys.stdout)


if __name__ == "__main__":
    main()
