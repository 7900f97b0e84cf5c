"""``imrsearch serve``: the production server, started and stopped as a person does."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from imrsearch.system.settings import Settings
from tests.cli.conftest import Run
from tests.waiting import wait_until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str) -> int | None:
    """The page's status; ``None`` while no server answers."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return int(answer.status)
    except (urllib.error.URLError, ConnectionError):
        return None


def test_serve_answers_and_stops(sample_index: Settings) -> None:
    port = free_port()
    command = [sys.executable, "-m", "imrsearch", "--index", str(sample_index.index), "serve"]
    command += ["--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            wait_until(lambda: status(f"http://127.0.0.1:{port}/search?q=chiropractic") == 200)
            server.send_signal(signal.SIGINT)
            output, _ = server.communicate(timeout=60)
        finally:
            server.kill()
    assert f"http://127.0.0.1:{port}" in output
    assert server.returncode == 0


@pytest.mark.parametrize("words", [("serve",), ("mcp", "--http")], ids=" ".join)
def test_a_taken_port_is_one_line(ask: Run, words: tuple[str, ...]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = ask(*words, "--port", taken.getsockname()[1])
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "--port" in result.output


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_tools_on_standard_input_end_at_a_signal(
    sample_index: Settings, ending: signal.Signals
) -> None:
    """The thread that reads standard input would wait for its next line."""
    command = [sys.executable, "-m", "imrsearch", "--index", str(sample_index.index), "mcp"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr is not None
            assert "Answering" in server.stderr.readline()
            server.send_signal(ending)
            assert server.wait(timeout=60) == 130
            assert server.stderr.read() == "Stopped.\n"
        finally:
            server.kill()
