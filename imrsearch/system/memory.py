"""How the C library keeps memory: what a search drops stays for the next one, what an index held
goes back to the system.

By its own rules glibc does neither. Large blocks go back to the system at once and are asked for
anew, page by page: a search makes dozens of arrays of a hundred kilobytes to some megabytes, and
among a million issues these page faults, 235,000 in 120 searches in place of 39,000, took a quarter
of the time of an average search and half of that of the slowest. Small blocks stay with the thread
that had them: a server of many threads that opens an index now and then grew by some megabytes each
time, for hours (``docs/reliability.md``). Where there is no glibc, all stays as it is.
"""

from __future__ import annotations

import ctypes
from functools import cache

# malloc.h: free memory at the end of the heap that is kept, the least size of a block that is
# mapped by itself and so always handed back, and how many heaps there are for all threads.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT = 64 << 20
_BLOCK = 32 << 20
_ARENAS = 2

_libc = ctypes.CDLL(None)


@cache
def tune_malloc() -> None:
    """Keep what is given back for what is wanted next: about 30 MiB, as much as one search of a
    million issues needs at a time."""
    _tell(_TRIM_THRESHOLD, _KEPT)
    _tell(_MMAP_THRESHOLD, _BLOCK)


def share_memory() -> None:
    """Let the threads of this process, and of those forked from it, take from the same memory.

    To be called before there are any threads.
    """
    _tell(_ARENA_MAX, _ARENAS)


def trim_heap() -> None:
    """Return what is free to the system: milliseconds, when much has become free at once."""
    if hasattr(_libc, "malloc_trim"):
        _libc.malloc_trim(0)


def _tell(what: int, value: int) -> None:
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(what, value)
