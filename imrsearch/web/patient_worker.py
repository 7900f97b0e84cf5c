"""A gunicorn worker whose threads get a request only after it has arrived completely.

gunicorn's threads read requests themselves: forty clients that send a byte at a time block forty
threads, and no other client is answered. Here one thread watches all connections with an incomplete
request; the bytes received so far stay in the kernel's buffers.
"""

from __future__ import annotations

import re
import select
import socket
import threading
import time
from contextlib import suppress

from gunicorn.workers.gthread import TConn, ThreadWorker

LONGEST_HEAD = 16 * 1024
"""Bytes; a longer header is left for the parser to reject."""
LONGEST_BODY = 64 * 1024
"""Bytes that surely fit into the kernel's buffers; a thread waits for the rest of a longer body."""
SECONDS_TO_ARRIVE = 15.0
"""Seconds in which a request must arrive completely."""
_LONGEST_REQUEST = LONGEST_HEAD + LONGEST_BODY
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,7})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EVENTS = select.EPOLLIN | select.EPOLLET | select.EPOLLRDHUP


def is_complete(arrived: bytes) -> bool:
    """Whether the bytes of a connection are a complete request, or one that will be rejected."""
    head, end, body = arrived.partition(b"\r\n\r\n")
    if not end:
        return len(arrived) >= LONGEST_HEAD
    if _CHUNKED.search(head + b"\r\n"):
        return body.endswith(b"0\r\n\r\n") or len(body) > LONGEST_BODY
    told = _LENGTH.search(head + b"\r\n")
    length = int(told[1]) if told else 0
    return len(body) >= length or length > LONGEST_BODY


def has_arrived(sock: socket.socket) -> bool:
    """Whether a complete request, or the end of the connection, can be read from the socket."""
    try:
        arrived = sock.recv(_LONGEST_REQUEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True  # reading it will show why
    return not arrived or is_complete(arrived)


def _has_begun(sock: socket.socket) -> bool:
    """Whether any part of a request has arrived."""
    with suppress(OSError):
        return bool(sock.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    return False


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, whose threads never wait for a request to arrive."""

    def init_process(self) -> None:
        """Start watching, then serve."""
        self._poll = select.epoll()
        self._watched: dict[int, tuple[TConn, float]] = {}
        threading.Thread(target=self._watch, name="arrivals", daemon=True).start()
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection to a thread, or wait until its request has arrived."""
        # The parser may hold bytes of the next request already.
        has_read_ahead = conn.parser is not None and bool(conn.parser.unreader.buf.getvalue())
        if has_read_ahead or has_arrived(conn.sock):
            super().enqueue_req(conn)
        else:
            self._watched[conn.sock.fileno()] = conn, time.monotonic() + SECONDS_TO_ARRIVE
            self._poll.register(conn.sock, _EVENTS)  # reports at once what has already arrived

    def _watch(self) -> None:
        """Complete requests go back to the main thread, the only one that changes connections. A
        worker that is shutting down waits only for requests that have begun."""
        while True:
            for number, event in self._poll.poll(1.0):
                watched = self._watched.get(number)
                ended = event & ~select.EPOLLIN
                if watched and (ended or has_arrived(watched[0].sock)):
                    self._forget(number)
                    self.method_queue.defer(super().enqueue_req, watched[0])
            now = time.monotonic()
            for number, (conn, until) in [*self._watched.items()]:
                if until < now or not (self.alive or _has_begun(conn.sock)):
                    self._forget(number)
                    self.method_queue.defer(self._drop, conn)

    def _forget(self, number: int) -> None:
        del self._watched[number]
        with suppress(OSError):
            self._poll.unregister(number)

    def _drop(self, conn: TConn) -> None:
        """Close a connection whose request does not arrive."""
        self.nr_conns -= 1
        conn.close()
