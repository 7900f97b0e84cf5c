"""``imrsearch check``: gaps and contradictions in letters, and what the catalogue lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

import click
import msgspec

from imrsearch.api.letters import read_letters
from imrsearch.cli.options import (
    index_option,
    jobs_option,
    ocr_option,
    paths_argument,
    print_json,
    settings_of,
    tell_scans,
)
from imrsearch.letters.files import NO_TEXT
from imrsearch.letters.unknown import UnknownNames
from imrsearch.model import Determination, Unread
from imrsearch.storage.builds.place import IndexPlace
from imrsearch.system.settings import Settings
from imrsearch.text.plurals import count

_NAMES_SHOWN = 40
_EXAMPLE_WIDTH = 70
_HEADLINES = {
    "heading": "Headings that no era's form has",
    "specialty": "Specialties that specialties.toml lacks",
    "treatment": "Services without a category",
    "guideline": "Sources that guidelines.toml lacks",
}


@click.command()
@paths_argument(required=False)
@index_option
@click.option("--unknown", is_flag=True, help="Group the names that the catalogue lacks.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per warning, one per line.")
@jobs_option
@ocr_option
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    index_folder: str | None,
    unknown: bool,
    as_json: bool,
    jobs: int | None,
    ocr: bool,
) -> None:
    """List gaps and contradictions in letters, as warnings with codes.

    Without a path, checks the letters of the collection. With --unknown, lists the headings,
    specialties, treatments and guidelines that the letters print and the catalogue lacks, the most
    frequent first. The exit code is 1 if a letter could not be read, else 0.

    Example: imrsearch check letters/
    """
    settings = settings_of(context, index_folder)
    letters = _Letters(settings, paths, jobs, ocr=ocr)
    if unknown:
        _tell_unknown(letters, as_json=as_json)
    else:
        _tell_warnings(letters, as_json=as_json)
    tell_scans(0 if ocr else letters.scans)
    sys.exit(1 if letters.failed else 0)


class _Letters:
    """Kept texts and determinations, of files or of the collection.

    ``failed`` once one fails; ``scans`` counts the files without text.
    """

    def __init__(
        self, settings: Settings, paths: tuple[Path, ...], jobs: int | None, *, ocr: bool
    ) -> None:
        self._settings, self._paths, self._jobs, self._ocr = settings, paths, jobs, ocr
        self.failed, self.scans = False, 0

    def __iter__(self) -> Iterator[tuple[str, Determination]]:
        if not self._paths:
            with closing(IndexPlace(self._settings).letters()) as kept:
                self.scans = sum(file.code == NO_TEXT for file in kept.unread())
                yield from kept.every_letter()
            return
        for outcome in read_letters(
            self._paths, settings=self._settings, jobs=self._jobs, ocr=self._ocr
        ):
            if isinstance(outcome, Unread):
                click.echo(f"{outcome.key}: {outcome.message}", err=True)
                self.failed = True
                self.scans += outcome.code == NO_TEXT
            else:
                yield outcome.text, outcome.determination


def _tell_warnings(letters: _Letters, *, as_json: bool) -> None:
    read = warnings = 0
    for _, determination in letters:
        read += 1
        for caution in determination.warnings:
            warnings += 1
            row = {"case_id": determination.case_id, **msgspec.to_builtins(caution)}
            if as_json:
                print_json(row)
            else:
                click.echo(f"{row['case_id']}  {row['code']:16}  {row['message']}")
    if not as_json:
        click.echo(f"{count(warnings, 'warning')} in {count(read, 'letter')}.")


def _tell_unknown(letters: _Letters, *, as_json: bool) -> None:
    found = UnknownNames()
    for text, determination in letters:
        found.add(text, determination)
    for kind, names in groupby(found.names(_NAMES_SHOWN), key=lambda name: name.kind):
        if not as_json:
            click.echo(f"\n{_HEADLINES[kind]}:")
        for name in names:
            if as_json:
                print_json(msgspec.to_builtins(name))
            else:
                printed = " ".join(name.printed.split())[:_EXAMPLE_WIDTH]
                click.echo(
                    f"{name.count:6,}  {printed:{_EXAMPLE_WIDTH}}  {', '.join(name.examples)}"
                )
