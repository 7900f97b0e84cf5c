"""Tunes memory: searches reuse it, closed indexes return it to the system, and Python looks for
cycles less often.

By default glibc returns large blocks to the system at once and requests them again page by page. A
search allocates dozens of arrays of 100 KB to some megabytes; over a million issues these page
faults (235,000 in 120 searches instead of 39,000) took a quarter of an average search and half of
the slowest. Small blocks stay with the thread that freed them: a server of many threads grew by
some megabytes with every index it opened, for hours (``docs/reliability.md``). Without glibc
nothing changes.
"""

from __future__ import annotations

import ctypes
import gc
from functools import cache

# malloc.h: how much free memory the heap keeps at its end, from which size a block is mapped on
# its own and so always returned, and the number of heaps for all threads.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT_BYTES = 64 << 20
_BLOCK = 32 << 20
_ARENAS = 2

_libc = ctypes.CDLL(None)


@cache
def tune_malloc() -> None:
    """Keep freed memory for the next search: about 30 MiB, what a search of a million issues
    needs at a time."""
    _set_option(_TRIM_THRESHOLD, _KEPT_BYTES)
    _set_option(_MMAP_THRESHOLD, _BLOCK)


@cache
def tune_collector() -> None:
    """Look for cycles after every 10,000 new objects, not after 700: a page makes some thousands
    that are freed without it, and each look costs a quarter of a millisecond."""
    gc.set_threshold(10_000, 10, 10)


def keep_loaded() -> None:
    """No longer look for cycles among what is loaded now, which stays for good: each look through
    all of it delayed a page by more than a tenth of a second."""
    gc.collect()
    gc.freeze()


def share_memory() -> None:
    """Limit the heaps of this process, and of processes forked from it, to two for all threads.

    To be called before any thread starts.
    """
    _set_option(_ARENA_MAX, _ARENAS)


def trim_heap() -> None:
    """Return free memory to the system; takes milliseconds after much has been freed."""
    if hasattr(_libc, "malloc_trim"):
        _libc.malloc_trim(0)


def _set_option(what: int, value: int) -> None:
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(what, value)
