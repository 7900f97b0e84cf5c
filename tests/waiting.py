"""Waiting for what another thread or process does, by counted looks instead of a clock."""

from __future__ import annotations

import threading
from collections.abc import Callable

_LOOKS = 12_000


def wait_until(holds: Callable[[], bool]) -> None:
    """Look every hundredth of a second, or as often as a busy machine allows, until it holds.

    Raises TimeoutError after 12,000 looks: two minutes where nothing else runs, more elsewhere.
    """
    for _ in range(_LOOKS):
        if holds():
            return
        pause(0.01)
    raise TimeoutError(f"looked {_LOOKS:,} times")


def pause(seconds: float) -> None:
    """Let others work for a while."""
    threading.Event().wait(seconds)
