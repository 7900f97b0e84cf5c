"""The production server as an operator runs it: its log, its figures, its end."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from imrsearch.system.settings import Settings
from imrsearch.web.middleware.security import HEADERS
from tests.waiting import pause, wait_until

_SECRET = "zyxwortquentin"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: Settings, log: Path, **environment: str) -> Iterator[tuple[int, int]]:
    """``imrsearch serve`` with two processes: its port and its process number."""
    port = free_port()
    command = [sys.executable, "-m", "imrsearch", "--index", str(settings.index), "serve"]
    command += ["--port", str(port), "--workers", "2"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors, env={**os.environ, **environment}
        ) as server,
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
        # One process can answer everything before the other has started.
        wait_until(lambda: get(port, "/metrics").count("imrsearch_resident_bytes{") == 2)
        figures = get(port, "/metrics")
        assert files_with("imrsearch", tmp_path)  # figures and log are looked through
        assert files_with(_SECRET, tmp_path, sample_index.index) == []
    counted = re.search(r'imrsearch_requests_total\{.*route="/search".*\} (\d+)', figures)
    assert counted
    assert float(counted[1]) == 12  # of both processes together
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
        wait_until(lambda: unread(connection) is not None)  # it waits for the rest of the form
        os.kill(process, signal.SIGTERM)
        pause(1)  # a server that ends at once is gone by now; a busy machine only shows less
        connection.sendall(body[10:])
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"chiropractic" in answer


@pytest.fixture(scope="module")
def full_disk_server(
    sample_index: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port of a server whose temporary folder is full; where none can be mounted, is not."""
    place = tmp_path_factory.mktemp("tmp")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    is_mounted = not os.geteuid() and not subprocess.run(mount, capture_output=True).returncode
    if is_mounted:
        (place / "filler").write_bytes(bytes(shutil.disk_usage(place).free))
    try:
        with serving(sample_index, place.with_suffix(".log"), TMPDIR=str(place)) as (port, _):
            yield port
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_temporary_folder_is_no_outage(full_disk_server: int) -> None:
    for _ in range(30):
        assert get(full_disk_server, "/search?q=knee")
    assert json.loads(get(full_disk_server, "/healthz"))["ready"]
    assert "imrsearch_requests_total" in get(full_disk_server, "/metrics")


PATHS = (
    "/",
    "/search?q=knee",
    "/search.json?q=knee",
    "/search.csv?q=knee",
    "/search.atom?q=knee",
    "/case/none",
    "/like",
    "/reasons?q=knee",
    "/guidelines",
    "/coverage",
    "/help",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
    "/metrics",
    "/static/style.css",
    "/search?q=" + "(" * 3_000,
)
LIKE = "text=chiropractic+treatment+of+the+low+back"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REQUESTS = [
    *((method, path, None) for path in PATHS for method in ("GET", "HEAD")),
    ("POST", "/like", LIKE),
    ("POST", "/like.json", LIKE),
    ("POST", "/search", "q=knee"),
    ("DELETE", "/search", None),
]


def test_every_answer_is_as_long_as_it_says(full_disk_server: int) -> None:
    """One kept connection for all: a byte too many or too few spoils the next answer."""
    connection = http.client.HTTPConnection("127.0.0.1", full_disk_server, timeout=30)
    with closing(connection):
        for method, path, body in REQUESTS:
            connection.request(method, path, body, FORM if body else {})
            kept = connection.sock
            answer = connection.getresponse()
            data = answer.read()
            assert answer.status < 500, (method, path)
            length = answer.getheader("Content-Length")
            assert length is not None, (method, path)
            assert len(data) == (0 if method == "HEAD" else int(length)), (method, path)
            assert connection.sock is kept, (method, path)


def test_no_header_moves_the_site(full_disk_server: int) -> None:
    """gunicorn believes some headers of whoever asks from this machine."""
    for header in ("SCRIPT_NAME: /else", "PATH_INFO: /metrics", "Script-Name: /else"):
        asked = f"GET /help HTTP/1.1\r\nHost: x\r\n{header}\r\nConnection: close\r\n\r\n"
        assert raw(full_disk_server, asked.encode()).startswith(b"HTTP/1.1 200"), header


def test_slow_visitors_keep_nobody_waiting(full_disk_server: int) -> None:
    """Forty connections whose request never comes to its end, without a proxy in front."""
    half = b"POST /like HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\ntext="
    slow = [socket.create_connection(("127.0.0.1", full_disk_server)) for _ in range(40)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(half[: 20 if number % 2 else None])
        assert json.loads(get(full_disk_server, "/healthz"))["ready"]
        for _ in range(5):
            assert "knee" in get(full_disk_server, "/search?q=knee")
    finally:
        for connection in slow:
            connection.close()
