"""Memory that is done with goes back to the system.

glibc gives every thread memory of its own to take from, and keeps there what is given back. A
server of many threads that opens an index every now and then thus grows by some megabytes each
time, for hours, while what it really uses stays the same (``docs/reliability.md``).
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_ARENAS = 2

_libc = ctypes.CDLL(None)


def share_memory() -> None:
    """Let the threads of this process, and of those forked from it, take from the same memory.

    To be called before there are any threads. Where there is no glibc, nothing happens.
    """
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return what is free to the system: milliseconds, when much has become free at once."""
    if hasattr(_libc, "malloc_trim"):
        _libc.malloc_trim(0)
