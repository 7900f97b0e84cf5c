"""The processes that read letters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from imrsearch.letters.pool import TookTooLong, interrupted_after, processors

_COMMAND = """
import os, signal
from imrsearch.letters.pool import fork_context, prepare_reading

for number in (signal.SIGINT, signal.SIGHUP):
    signal.signal(number, lambda *_: None)
prepare_reading()
for number in (signal.SIGINT, signal.SIGHUP):
    os.killpg(0, number)
context = fork_context()
lock = context.Lock()
worker = context.Process(target=print, args=("read",))
worker.start()
worker.join()
"""


def test_what_a_terminal_sends_to_all_processes_is_the_command_s_alone() -> None:
    """The workers' server, still loading the reader, had told Ctrl-C with a traceback; without it
    the closed terminal's command could not say what is kept."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "read\n", "")


def test_a_block_is_interrupted_after_its_time_and_signals_are_as_before() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TookTooLong), interrupted_after(0.01):
        signal.pause()
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_block_that_ends_in_time_is_not_interrupted_later() -> None:
    with interrupted_after(1000):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_another_thread_is_not_interrupted() -> None:
    """Signals reach the first thread alone."""
    times: list[float] = []

    def block() -> None:
        with interrupted_after(1000):
            times.append(signal.getitimer(signal.ITIMER_REAL)[0])

    thread = threading.Thread(target=block)
    thread.start()
    thread.join()
    assert times == [0.0]


def test_as_many_processes_as_asked_for_else_as_there_are_processors() -> None:
    assert (processors(3), processors(None), processors(0)) == (3, os.cpu_count(), os.cpu_count())
