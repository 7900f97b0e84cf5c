"""A process in the box reads; it writes nothing, connects to nothing, takes no more memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

IN_THE_BOX = """
import os, socket, subprocess, sys
from pathlib import Path
from imrsearch.system.box import enter_box

place = Path(sys.argv[1])
opened = (place / "opened").open("w")
boxed = enter_box(1 << 30)

def tried(what):
    try:
        what()
        return "done"
    except (OSError, MemoryError) as error:
        return type(error).__name__

print(
    boxed,
    tried(lambda: (place / "letter").read_text()),
    tried(lambda: opened.write("told before")),
    tried(lambda: Path("/dev/null").write_text("nobody wants it")),
    tried(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
    tried(lambda: (place / "letter").write_text("changed")),
    tried(lambda: (place / "new").touch()),
    tried(lambda: (place / "letter").unlink()),
    tried(lambda: bytearray(2 << 30)),
)
opened.close()
"""


def test_what_a_boxed_process_may_do(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("a letter")
    run = [sys.executable, "-c", IN_THE_BOX, str(tmp_path)]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    boxed, *may, memory = done.stdout.split()
    assert memory == "MemoryError"
    if boxed == "False":
        pytest.skip("the kernel has no Landlock")
    assert may == ["done"] * 4 + ["PermissionError"] * 3
    assert (tmp_path / "letter").read_text() == "a letter"
    assert (tmp_path / "opened").read_text() == "told before"
