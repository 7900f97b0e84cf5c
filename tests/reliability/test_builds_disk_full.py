"""A disk that fills up at any moment of a run: it is named, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from imrsearch.engines import EMBEDDED
from imrsearch.indexing import rebuild
from imrsearch.system.errors import NotWritten
from tests.reliability.folders import Folder
from tests.reliability.saying import say

# A file that Whoosh was writing when it failed is closed when it is forgotten.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

DISK = 8 << 20
STEP = 24 << 10


@pytest.fixture
def disk() -> Iterator[Path]:
    """A file system of 8 MB."""
    with tempfile.TemporaryDirectory() as place:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", place]
        if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("no rights to mount a small file system")
        try:
            yield Path(place)
        finally:
            # Lazily: threads of an engine that failed may not have let go of their files yet.
            subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def room(disk: Path, left: int) -> Iterator[None]:
    """So many bytes are left on the disk within the block."""
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - left))
    yield
    filler.unlink()


@contextmanager
def short_files(longest: int) -> Iterator[None]:
    """No file may be longer within the block."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (longest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _fails(folder: Folder, cause: str) -> bool:
    """Whether there was too little room for a run, which has to say so."""
    try:
        folder.run()
        rebuild.reindex(folder.settings)
    except NotWritten as failure:
        assert cause in failure.message
        return True
    return False


@pytest.mark.parametrize("engine", EMBEDDED)
def test_disk_full(engine: str, disk: Path, rounds: Callable[[int, int], int]) -> None:
    folder = Folder.fresh(disk, engine)
    folder.write()
    folder.run()
    steps = range(0, 40 * STEP, STEP * rounds(10, 1))
    failed = 0
    for left in steps:
        folder.write()
        with room(disk, left):
            failed += _fails(folder, "the disk is full")
            assert folder.total() >= len(folder.written) - 1  # the build before, at least
        folder.run()
        folder.require_complete()
    assert failed
    say(f"{engine}: 0 to {max(steps) >> 10} KB left, {failed} of {len(steps)} runs failed")


@pytest.mark.parametrize("engine", EMBEDDED)
def test_files_may_not_grow(engine: str, tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    """The limit of a process, which needs no rights: where no disk can be mounted."""
    folder = Folder.fresh(tmp_path, engine)
    folder.write()
    folder.run()
    failed = 0
    for longest in range(0, 8 << 10, (4 << 10) // rounds(2, 8)):
        folder.write()
        with short_files(longest):
            failed += _fails(folder, "cannot be written")
            assert folder.total() >= len(folder.written) - 1
        folder.run()
        folder.require_complete()
    assert failed


@pytest.mark.parametrize("engine", EMBEDDED)
def test_read_only_disk(engine: str, disk: Path) -> None:
    folder = Folder.fresh(disk, engine)
    folder.write()
    folder.run()
    folder.write()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert _fails(folder, "read-only")
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert folder.total() == 1
    folder.run()
    folder.require_complete()
