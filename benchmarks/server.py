"""A real ``imrsearch serve`` for the time of a measurement."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Vitals, family, vitals

_START = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at ``port`` and writes its log into a file."""

    pid: int
    port: int
    log: Path

    def vitals(self) -> Vitals:
        """What all of its processes use now."""
        return vitals(family(self.pid))


@contextmanager
def served(index: Path, workers: int = 2) -> Iterator[Server]:
    """Serve the index folder; raises TimeoutError where it does not answer within a minute."""
    port, log = _free_port(), index.parent / "serve.log"
    command = [sys.executable, "-m", "imrsearch", "--index", str(index), "serve"]
    command += ["--port", str(port), "--workers", str(workers)]
    with (
        log.open("wb") as lines,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=lines) as process,
    ):
        try:
            _wait(port)
            yield Server(process.pid, port, log)
            process.send_signal(signal.SIGINT)
            process.wait(30)
        finally:
            if process.poll() is None:
                _kill(process.pid)


def _kill(pid: int) -> None:
    for one in family(pid):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("The server does not answer.")
