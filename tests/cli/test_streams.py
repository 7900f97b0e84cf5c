"""The standard streams as a command meets them, in a process of its own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from imrsearch.system.settings import Settings

_LARGEST = 100_000
"""Bytes of a file that stands for a full disk; more than the index needs beside its collection."""


def imrsearch(
    settings: Settings, *words: str, **options: object
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "imrsearch", "--index", str(settings.index), *words]
    return subprocess.run(command, text=True, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST, _LARGEST))


@pytest.mark.parametrize(
    "words", ["--version", "--help", "search --help", "search pain", "stats", "export"]
)
def test_an_output_that_is_full_is_one_line(
    sample_index: Settings, tmp_path: Path, words: str
) -> None:
    """It is not a defect, nor a traceback, nor Python's own complaint at the end."""
    full = tmp_path / "full"
    full.write_bytes(b"x" * _LARGEST)
    with full.open("ab") as output:
        done = imrsearch(sample_index, *words.split(), stdout=output, preexec_fn=limited)
    assert (done.returncode, done.stderr) == (6, "Error: Standard output: File too large.\n")


def test_a_screen_with_few_letters_shows_a_question_mark(sample_index: Settings) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    options = {"stdout": subprocess.PIPE, "env": environment, "encoding": "latin-1"}
    done = imrsearch(sample_index, "search", "chiropractic", **options)
    assert (done.returncode, done.stderr) == (0, "")
    assert "likely 11?60" in done.stdout
    # What programs read has one encoding.
    options["encoding"] = "utf-8"
    done = imrsearch(sample_index, "search", "chiropractic", "--json", **options)
    assert "“spinal manipulation”" in done.stdout


@pytest.mark.parametrize(
    ("stream", "words", "code"),
    [(0, ("like", "-"), 1), (1, ("search", "pain"), 0), (2, ("index", "missing"), 1)],
    ids=["input", "output", "errors"],
)
def test_a_closed_stream_is_an_empty_one(
    settings: Settings, sample_index: Settings, stream: int, words: tuple[str, ...], code: int
) -> None:
    """The next file opened would get its number: messages would be written into the collection."""
    place = settings if words[0] == "index" else sample_index
    done = imrsearch(place, *words, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.close(stream))
    assert done.returncode == code
    assert "defect" not in done.stderr
