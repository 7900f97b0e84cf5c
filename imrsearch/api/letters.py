"""What letters say, without an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path

from imrsearch.letters.files import Source, find_letters
from imrsearch.letters.letter import Letter
from imrsearch.letters.workers import ReadingLimits, extract, facts_of, read_all, read_letter
from imrsearch.model import Determination, Unread
from imrsearch.storage.builds.index_folder import own_folders
from imrsearch.system.settings import Settings, load_settings


def parse_letter(letter: str | Path, *, ocr: bool = False) -> Determination:
    """What one letter says: a file (.txt, .pdf) by its path, or the letter's text itself.

    A ``str`` with a line end is a text, any other a path. ``ocr``: a scan is read by text
    recognition. Reads in this process. Raises LetterError, MissingProgram.
    """
    limits = ReadingLimits.of(load_settings(), ocr=ocr)
    if isinstance(letter, str) and "\n" in letter:
        return facts_of(extract(letter.encode(), _UNNAMED, limits).text, _UNNAMED)
    return read_letter(Source(Path(letter)), limits).determination


_UNNAMED = "letter.txt"
"""The file's name of a letter that is given as text."""


def read_letters(
    paths: Iterable[str | Path],
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    ocr: bool = False,
) -> Iterator[Letter | Unread]:
    """The letters under ``paths`` (files, folders, .zip), read by ``jobs`` processes (default: all
    cores), in the order of the paths. A file that gives no letter is an ``Unread`` with the reason.

    ``ocr``: scans are read by text recognition. Raises MissingProgram.
    """
    settings = settings or load_settings()
    limits = ReadingLimits.of(settings, ocr=ocr)
    own = own_folders(settings.index)
    found, given = tee(find_letters([Path(path) for path in paths], own))
    sources = ((one, None) for one in given if isinstance(one, Source))
    outcomes = read_all(sources, limits, jobs)
    for one in found:
        outcome = one if isinstance(one, Unread) else next(outcomes)
        if isinstance(outcome, Letter | Unread):
            yield outcome
