"""Temporary folders of our own: private, gone at the end, and those of the dead removed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from imrsearch.system.temporary import remove_abandoned, temporary_folder


@pytest.fixture(autouse=True)
def _in_a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_for_a_block(tmp_path: Path) -> None:
    with temporary_folder() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_a_process_forked_in_the_block_leaves_the_folder(tmp_path: Path) -> None:
    """It ends the block as well, while others still need what is in there."""
    with temporary_folder() as folder:
        code = "import os, sys\n" + FORKED
        run = [sys.executable, "-c", code]
        done = subprocess.run(
            run,
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TMPDIR": str(folder)},
        )
    assert done.stdout.split() == ["True", "True"]


FORKED = """
from imrsearch.system.temporary import temporary_folder
with temporary_folder() as folder:
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        print(folder.exists(), end=" ", flush=True)
if not child:
    os._exit(0)
print(not folder.exists())
"""

TOGETHER = """
import multiprocessing.util, tempfile
from imrsearch.system.temporary import keep_temporary_files_together
keep_temporary_files_together()
multiprocessing.util.get_temp_dir()
print(tempfile.mkdtemp())
"""


def test_libraries_put_their_files_together_and_all_go_at_the_end(tmp_path: Path) -> None:
    run = [sys.executable, "-c", TOGETHER]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(run, check=True, capture_output=True, text=True, env=environment)
    assert done.stderr == ""
    assert Path(done.stdout).parent.parent == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name in (f"imrsearch-{ended.pid}-abc_1", "imrsearch-1-abc_1", "imrsearch-notes", "other"):
        (tmp_path / name).mkdir()
    remove_abandoned(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"imrsearch-1-abc_1", "imrsearch-notes", "other"}
