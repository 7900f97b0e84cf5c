"""Shared by ``parse`` and ``check``: letters read for a command, and what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from imrsearch.api.letters import read_letters
from imrsearch.cli.options import tell_scans
from imrsearch.letters.files import NO_TEXT
from imrsearch.model import Determination, Unread
from imrsearch.storage.builds.place import place_of
from imrsearch.system.settings import Settings


class ReadLetters:
    """Kept texts and determinations, of the files under ``paths``, else of the collection.

    A file that cannot be read is named on standard error.
    """

    def __init__(
        self, settings: Settings, paths: tuple[Path, ...], jobs: int | None, *, ocr: bool
    ) -> None:
        self._settings, self._paths, self._jobs, self._ocr = settings, paths, jobs, ocr
        self._failed, self._scans = False, 0

    def __iter__(self) -> Iterator[tuple[str, Determination]]:
        if not self._paths:
            with closing(place_of(self._settings).letters()) as kept:
                self._scans = sum(file.code == NO_TEXT for file in kept.unread())
                yield from kept.every_letter()
            return
        for outcome in read_letters(
            self._paths, settings=self._settings, jobs=self._jobs, ocr=self._ocr
        ):
            if isinstance(outcome, Unread):
                click.echo(f"{outcome.key}: {outcome.message}", err=True)
                self._failed = True
                self._scans += outcome.code == NO_TEXT
            else:
                yield outcome.text, outcome.determination

    def end(self) -> None:
        """Tell how to read the scans among the files without text, and end the command: with code
        1 if a letter could not be read."""
        tell_scans(0 if self._ocr else self._scans)
        sys.exit(1 if self._failed else 0)
