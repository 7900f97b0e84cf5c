"""``imrsearch check``: gaps and contradictions in letters, and what the catalogue lacks."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click
import msgspec

from imrsearch.cli.options import (
    index_option,
    jobs_option,
    ocr_option,
    paths_argument,
    print_json,
    settings_of,
)
from imrsearch.cli.reading import ReadLetters
from imrsearch.letters.unknown import UnknownNames
from imrsearch.text.quantities import count

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
def check(
    paths: tuple[Path, ...],
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
    letters = ReadLetters(settings_of(), paths, jobs, ocr=ocr)
    if unknown:
        _tell_unknown(letters, as_json=as_json)
    else:
        _tell_warnings(letters, as_json=as_json)
    letters.end()


def _tell_warnings(letters: ReadLetters, *, as_json: bool) -> None:
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


def _tell_unknown(letters: ReadLetters, *, as_json: bool) -> None:
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
