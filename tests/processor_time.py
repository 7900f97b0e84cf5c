"""What a call costs, in processor time: that of a clock says more of the machine's other work."""

from __future__ import annotations

import time
from collections.abc import Callable

_TRIES = 3


def processor_seconds(call: Callable[[], object], enough: float = 0) -> float:
    """The least processor time of three calls, in seconds; the first that takes less than
    ``enough`` is the last. Neighbours on the same core can make any single call slower."""
    least = float("inf")
    for _ in range(_TRIES):
        started = time.process_time()
        call()
        least = min(least, time.process_time() - started)
        if least < enough:
            break
    return least
