"""What fuzzing kept is tried in every run; with ``--torture`` it goes on looking."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES
from tests.reliability.fuzz_targets import TARGETS
from tests.reliability.saying import say

KEPT = ROOT / "tests" / "data" / "fuzz"


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_kept_breaks_no_promise(target: str) -> None:
    kept = sorted((KEPT / target).iterdir())
    assert len(kept) > 10
    for file in kept:
        TARGETS[target](file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_new_breaks_a_promise(
    target: str, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    pytest.importorskip("atheris", reason="pip install 'imrsearch[fuzz]'")
    seconds = rounds(0, 300)
    if not seconds:
        pytest.skip("with --torture")
    begun = tmp_path / "begun"
    shutil.copytree(KEPT / target, begun)
    if target in ("letter", "pdf"):
        shutil.copytree(SAMPLES, begun, dirs_exist_ok=True)
    command = [sys.executable, "-m", "tests.reliability.fuzzing", target, str(seconds)]
    run = subprocess.run([*command, tmp_path, begun], cwd=ROOT, capture_output=True, text=True)
    say("\n".join(run.stderr.splitlines()[-3:]))
    assert run.returncode == 0, run.stderr[-3000:]
