"""A box for processes that read strangers' files: no writes, no network, a bound on memory.

Linux's Landlock, where the kernel has it (5.13 and later; TCP from 6.7, sockets without a name and
signals from 6.12). What it does not cover, such as UDP, a service unit's ``PrivateNetwork`` does.
"""

from __future__ import annotations

import resource
from contextlib import suppress

from py_landlock import AccessFs, Landlock
from py_landlock.errors import LandlockError


def enter_box(memory: int) -> bool:
    """From now on this process can write no file, connect to nothing, and take no more than
    ``memory`` bytes; returns whether the kernel enforces the first two.

    It reads what it could read before, and uses what it has open. Programs that it starts, such as
    Tesseract for scans, are in the same box.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(LandlockError, OSError):
        box = Landlock(strict=False).allow_read("/").allow_execute("/")
        # Programs send there what nobody wants to read.
        box.add_path_rule("/dev/null", access=AccessFs.READ_FILE | AccessFs.WRITE_FILE).apply()
        return True
    return False
