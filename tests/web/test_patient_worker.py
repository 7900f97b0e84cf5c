"""When a request has arrived as a whole."""

from __future__ import annotations

import socket

import pytest

from imrsearch.web.patient_worker import LONGEST_HEAD, has_arrived, is_complete

HEAD = b"POST /like HTTP/1.1\r\nHost: x\r\n"


@pytest.mark.parametrize(
    ("arrived", "complete"),
    [
        pytest.param(b"GET / HT", False, id="half a line"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n", False, id="a head without its end"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True, id="a head"),
        pytest.param(b"x" * LONGEST_HEAD, True, id="too long: refused by the parser"),
        pytest.param(HEAD + b"Content-Length: 4\r\n\r\nabc", False, id="half a form"),
        pytest.param(HEAD + b"content-length:4\r\n\r\nabcd", True, id="a form"),
        pytest.param(HEAD + b"Content-Length: 9999999\r\n\r\n", True, id="too large: refused"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nab", False, id="half a chunk"),
        pytest.param(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", True, id="all chunks"
        ),
    ],
)
def test_a_whole_request(arrived: bytes, complete: bool) -> None:
    assert is_complete(arrived) == complete


def test_looking_takes_nothing_away() -> None:
    here, there = socket.socketpair()
    with here, there:
        assert not has_arrived(here)
        there.sendall(b"GET / HTTP/1.1\r\n")
        assert not has_arrived(here)
        there.sendall(b"\r\n")
        assert has_arrived(here)
        assert here.recv(100) == b"GET / HTTP/1.1\r\n\r\n"
        there.shutdown(socket.SHUT_WR)
        assert has_arrived(here)  # the end of the connection
