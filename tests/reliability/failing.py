"""Failures put between the steps of a run: whatever Python does to a file can go wrong.

Python tells its audit hooks of each file that is opened, made, renamed or removed *before* it
happens; a hook that raises is the failure. So no line of the project knows of these tests, and no
step that is added later can be forgotten. ``os.fsync``, which is not told of, is counted as well;
files that are opened for reading alone are not.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import HasFileno

EVENTS = {"open", "os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Steps:
    """Counts the steps under a folder, and fails the one with the number ``fails``."""

    def __init__(self) -> None:
        self._folder: str | None = None
        self._fails: int | None = None
        self.count = 0
        sys.addaudithook(self._hear)

    @contextmanager
    def under(self, folder: Path, fails: int | None = None) -> Iterator[None]:
        """Within the block; ``fails``: from 0, ``None`` to count only."""
        fsync = os.fsync
        self._folder, self._fails, self.count = str(folder), fails, 0

        def counted(fd: int | HasFileno) -> None:
            self._step("fsync")
            fsync(fd)

        os.fsync = counted
        try:
            yield
        finally:
            os.fsync, self._folder = fsync, None

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if self._folder and event in EVENTS and _writes(event, args) and self._is_here(args):
            self._step(event)

    def _is_here(self, args: tuple[object, ...]) -> bool:
        paths = (os.fspath(one) for one in args if isinstance(one, str | Path))
        return any(path.startswith(str(self._folder)) for path in paths)

    def _step(self, what: str) -> None:
        self.count += 1
        if self.count - 1 == self._fails:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), what)


def _writes(event: str, args: tuple[object, ...]) -> bool:
    """``open`` tells path, mode and flags."""
    return event != "open" or (isinstance(args[2], int) and bool(args[2] & _WRITES))


STEPS = Steps()
"""One for all tests: a hook that was added stays for good."""
