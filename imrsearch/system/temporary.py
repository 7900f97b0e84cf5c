"""A temporary folder of our own, which is removed even if its process was killed: by the next."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

_PREFIX = "imrsearch-"
_FOLDER_NAME = re.compile(rf"{_PREFIX}(\d+)-\w+")
"""``imrsearch-4711-k3jd_2a``: with the number of the process that made it."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A private folder for the block. Removes folders of processes that are no more.

    Raises OSError where none can be made.
    """
    maker, made = os.getpid(), _make_temporary()
    try:
        yield made
    finally:
        # A process that was forked in the block ends here too, while others still need the folder.
        if os.getpid() == maker:
            shutil.rmtree(made, ignore_errors=True)


@cache
def keep_temporary_files_together() -> None:
    """Let libraries put the temporary files of this process into a private folder, which is removed
    when the process ends or, if it is killed, by the next one. Raises OSError where none can be
    made."""
    made = _make_temporary()
    tempfile.tempdir = str(made)
    # After multiprocessing has removed its own folder in there (its priority is -100).
    Finalize(None, shutil.rmtree, args=(made, True), exitpriority=-200)


def _make_temporary() -> Path:
    remove_abandoned(Path(tempfile.gettempdir()))
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def remove_abandoned(folder: Path) -> None:
    """Remove our temporary folders whose processes have ended without doing so."""
    for path in folder.glob(f"{_PREFIX}*"):
        named = _FOLDER_NAME.fullmatch(path.name)
        if named and not Path(f"/proc/{named[1]}").exists():
            shutil.rmtree(path, ignore_errors=True)
