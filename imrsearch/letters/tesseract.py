"""The program Tesseract, which recognises the words of a picture."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess

from imrsearch.system.errors import LetterError, MissingProgram

PROGRAM = "tesseract"
PAGE_SECONDS = 60
"""Processor time for one page; a letter's page takes two or three seconds."""
MAX_SCANNED_PAGES = 40
"""The longest scan that is read: four times the longest letter measured."""
_PAGE_MEMORY = 1 << 30


def require_ocr() -> None:
    """Raise MissingProgram where Tesseract is not installed."""
    if shutil.which(PROGRAM) is None:
        raise MissingProgram("Reading scans", PROGRAM, "apt-get install tesseract-ocr")


def table_of_words(picture: bytes) -> list[str]:
    """The lines of Tesseract's table of a picture's words (PGM), the names of its columns first,
    made within bounds of processor time and memory. Raises LetterError ``ocr``."""
    process = subprocess.Popen(
        [PROGRAM, "stdin", "stdout", "-l", "eng", "--psm", "4", "tsv"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # One thread: the cores are busy with other letters.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (PAGE_SECONDS, PAGE_SECONDS))
    resource.prlimit(process.pid, resource.RLIMIT_AS, (_PAGE_MEMORY, _PAGE_MEMORY))
    table, _ = process.communicate(picture)
    if process.returncode:
        raise LetterError("ocr", "text recognition failed, or took too much time or memory")
    return table.decode("utf-8", errors="replace").split("\n")
