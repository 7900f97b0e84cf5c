"""What a long command reports while it works."""

from __future__ import annotations

import sys
import time
from io import StringIO

import pytest

from imrsearch.cli.progress import show_progress


def test_a_pipe_is_told_every_few_seconds_how_far_and_how_fast(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each step has a rate of its own; where the total is not known, none is told."""
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    with show_progress() as progress:
        for clock[0], step, done, total in (
            (100.0, "reading", 0, 5000),
            (104.9, "reading", 900, 5000),
            (106.0, "reading", 1200, 5000),
            (107.0, "reading", 1300, 5000),
            (108.0, "building", 0, None),
            (112.0, "building", 4000, None),
        ):
            progress(step, done, total)
    assert capsys.readouterr().err.splitlines() == [
        "reading 1,200 of 5,000, 200 a second",
        "building 4,000, 1,000 a second",
    ]


class Screen(StringIO):
    """A terminal that remembers what was written."""

    def isatty(self) -> bool:
        return True


def test_a_screen_has_a_bar_for_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with show_progress() as progress:
        progress("reading", 1, 5)
        progress("reading", 3, 5)
        progress("building", 0, 2)
    last = screen.getvalue().splitlines()
    assert any(line.find("reading") < line.find("3/5") for line in last)
    assert any(line.find("building") < line.find("0/2") for line in last)
