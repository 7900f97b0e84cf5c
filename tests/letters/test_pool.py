"""The processes that read letters."""

from __future__ import annotations

import subprocess
import sys

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
