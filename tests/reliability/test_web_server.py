"""The production server as an operator runs it: its log, its figures, its end."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imrsearch.settings import Settings
from imrsearch.web.middleware.security import HEADERS
from tests.waiting import pause, wait_until

_SECRET = "zyxwortquentin"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: Settings, log: Path) -> Iterator[tuple[int, int]]:
    """``imrsearch serve`` with two processes: its port and its process number."""
    port = free_port()
    command = [sys.executable, "-m", "imrsearch", "--index", str(settings.index), "serve"]
    command += ["--port", str(port), "--workers", "2"]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors) as server,
    ):
        try:
            _wait_for(port)
            yield port, server.pid
        finally:
            server.kill()


def _wait_for(port: int) -> None:
    wait_until(lambda: answers(port))


def answers(port: int) -> bool:
    """Whether the server answers by now."""
    try:
        get(port, "/healthz")
    except OSError:
        return False
    return True


def get(port: int, path: str) -> str:
    """The answer's text."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def raw(port: int, data: bytes) -> bytes:
    """Everything that the server answers to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(data)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def unread(connection: socket.socket) -> int | None:
    """The bytes that the server's end of a connection has yet to read, as Linux tells;
    ``None`` while nobody has taken the connection."""
    ends = [_as_linux(*end) for end in (connection.getpeername(), connection.getsockname())]
    for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]:
        _, here, there, _, queues, *_, inode = line.split()[:10]
        if [here, there] == ends and inode != "0":
            return int(queues.partition(":")[2], 16)
    return None


def _as_linux(host: str, port: int) -> str:
    """An address as in ``/proc/net/tcp``: 127.0.0.1 and 80 are "0100007F:0050"."""
    return f"{int.from_bytes(socket.inet_aton(host), sys.byteorder):08X}:{port:04X}"


def paste(port: int, text: str) -> str:
    """The kit of a text, sent as browsers send a file: in parts."""
    form = f'--part\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n{text}'
    kind = {"Content-Type": "multipart/form-data; boundary=part"}
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/like", f"{form}\r\n--part--\r\n".encode(), kind
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return str(answer.read().decode())


def files_with(secret: str, *folders: Path) -> list[Path]:
    """The files in these folders that hold a text."""
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return [file for file in files if secret.encode() in file.read_bytes()]


def test_the_server_tells_of_itself_and_keeps_searches_and_texts_to_itself(
    sample_index: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(sample_index, log) as (port, _):
        for _ in range(12):
            get(port, f"/search?q=chiropractic+{_SECRET}")
        for no_http in (f"?q={_SECRET} BROKEN/9.9", f"{'x' * 9_000}{_SECRET} HTTP/1.1"):
            refused = raw(port, f"GET /{no_http}\r\n\r\n".encode()).decode()
            assert re.match(r"HTTP/1.1 4(00|14) ", refused)
            assert {f"{name}: {value}" for name, value in HEADERS.items()} <= {
                *refused.split("\r\n")
            }
            assert _SECRET not in refused
        denial = (
            f"Six visits of chiropractic care are denied: no {_SECRET} shown. " + "x " * 400_000
        )
        assert "Disputed here" in paste(port, denial)
        figures = get(port, "/metrics")
        assert files_with("imrsearch", tmp_path)  # figures and log are looked through
        assert files_with(_SECRET, tmp_path, sample_index.index) == []
    counted = re.search(r'imrsearch_requests_total\{.*route="/search".*\} (\d+)', figures)
    assert counted
    assert float(counted[1]) == 12  # of both processes together
    assert figures.count("imrsearch_resident_bytes{") == 2
    assert 'imrsearch_build{engine="whoosh"' in figures
    assert _SECRET not in figures
    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert _SECRET not in text
    assert "127.0.0.1" not in text
    searches = [line for line in lines if line.get("route") == "/search"]
    assert len(searches) == 12
    assert {line["status"] for line in searches} == {200}
    assert all(line["build"] and line["request"] and line["ms"] > 0 for line in searches)


def test_what_is_being_answered_is_finished_before_the_server_ends(
    sample_index: Settings, tmp_path: Path
) -> None:
    body = b"text=chiropractic+treatment+of+the+low+back"
    head = b"POST /like HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    head += b"Content-Type: application/x-www-form-urlencoded\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n".encode()
    with (
        serving(sample_index, tmp_path / "log") as (port, process),
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
    ):
        connection.sendall(head + body[:10])
        wait_until(lambda: unread(connection) == 0)  # now it waits for the rest of the form
        os.kill(process, signal.SIGTERM)
        pause(1)  # a server that ends at once is gone by now; a busy machine only shows less
        connection.sendall(body[10:])
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"chiropractic" in answer
