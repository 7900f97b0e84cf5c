"""The standard streams as a command meets them: closed, full, or of a terminal with few letters."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}
"""In the order of their numbers: an opened file gets the lowest number that is free."""


def prepare_streams() -> None:
    """Give the command all three streams, and an output that shows ``?`` for what it cannot show.

    One that was closed (``2>&-``) is replaced by the null device: its number would else be given to
    the next file opened, such as the collection, and messages would be written into it.
    """
    for name, mode in _MODES.items():
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115 - open to the end
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def drop_output() -> None:
    """Forget what standard output does not take: Python would try again when it ends, and fail."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
