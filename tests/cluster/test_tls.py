"""OpenSearch behind TLS and a password: who has neither the authority nor the word gets nothing."""

from __future__ import annotations

import base64
import logging
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from imrsearch.engines import engine
from imrsearch.system.errors import ServerUnavailable, SettingsError
from imrsearch.system.settings import Settings, load_settings
from tests.cluster.servers import Cluster
from tests.engines.corpus import CORPUS

pytestmark = pytest.mark.cluster

PASSWORD = "correct-horse"
EXPECTED = "Basic " + base64.b64encode(f"imr:{PASSWORD}".encode()).decode()


class Guard(BaseHTTPRequestHandler):
    """Passes on to a node what comes with the right password."""

    protocol_version = "HTTP/1.1"
    node = ""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) or None
        if self.headers.get("Authorization") != EXPECTED:
            self._answer(401, b"{}")
            return
        kind = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
        asked = Request(self.node + self.path, body, kind, method=self.command)
        try:
            with urlopen(asked) as answer:
                self._answer(answer.status, answer.read())
        except HTTPError as error:
            with error:
                self._answer(error.code, error.read())

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def guarded(opensearch: Cluster, tmp_path: Path) -> Iterator[Settings]:
    """The settings for a node behind a proxy with a certificate of the test's own authority."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing: no certificate can be made")
    certificate, key = tmp_path / "ca.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *named, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = type("OfOneNode", (Guard,), {"node": opensearch.urls[0]})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        (tmp_path / "password").write_text(f"{PASSWORD}\n")
        yield load_settings(
            {},
            opensearch_urls=f"https://localhost:{server.server_address[1]}",
            opensearch_ca=str(certificate),
            opensearch_user="imr",
            opensearch_password_file=str(tmp_path / "password"),
            opensearch_seconds=60,
        )
        server.shutdown()
        thread.join()


def test_with_authority_and_password(guarded: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "engine"
    folder.mkdir()
    made = engine("opensearch", guarded)
    assert made.create(folder, CORPUS) == len(CORPUS)
    index = made.open(folder)
    assert index.count() == len(CORPUS)
    index.close()
    made.remove(folder)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"opensearch_password_file": "", "opensearch_password": "wrong-word"}, "status 401"),
        ({"opensearch_user": ""}, "status 401"),
        ({"opensearch_ca": ""}, "cannot be reached"),
    ],
)
def test_without(
    guarded: Settings,
    tmp_path: Path,
    change: dict[str, str],
    told: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = replace(guarded, **change)  # type: ignore[arg-type]
    with caplog.at_level(logging.DEBUG), pytest.raises(ServerUnavailable, match=told) as caught:
        engine("opensearch", settings).create(tmp_path, CORPUS)
    said = f"{caught.value} {caught.value.hint} {caplog.text} {settings!r}"
    assert "wrong-word" not in said
    assert PASSWORD not in said


def test_a_password_in_an_address_is_refused(tmp_path: Path) -> None:
    settings = load_settings({}, opensearch_urls="https://imr:secret@localhost:9200")
    with pytest.raises(SettingsError) as caught:
        engine("opensearch", settings)
    assert "secret" not in f"{caught.value}{caught.value.hint}"


def test_a_password_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    settings = load_settings(
        {}, opensearch_user="imr", opensearch_password_file=str(tmp_path / "x")
    )
    with pytest.raises(SettingsError, match="cannot be read"):
        engine("opensearch", settings)
