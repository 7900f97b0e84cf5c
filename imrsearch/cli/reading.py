"""``imrsearch parse`` and ``imrsearch check``: letters read without indexing them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import tee
from pathlib import Path
from typing import Any

import click
import msgspec

from imrsearch.cli.options import paths_argument, print_json, settings_of
from imrsearch.letters.files import Source, Unread, find
from imrsearch.letters.workers import Letter, ReadingLimits, read_all
from imrsearch.model import Determination
from imrsearch.settings import Settings


@click.command()
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in the order given.")
@click.option("--evidence", is_flag=True, help="With --json: where in the letter each fact stands.")
@click.option("--text", is_flag=True, help="Print the letters' text as it would be kept.")
@click.option("--jobs", type=click.IntRange(1), help="Reading processes (default: all cores).")
@click.pass_context
def parse(
    context: click.Context,
    paths: tuple[Path, ...],
    as_json: bool,
    evidence: bool,
    text: bool,
    jobs: int | None,
) -> None:
    """Print what letters say. A letter that cannot be read is named, and the exit code is 1.

    Example: imrsearch parse --json letters/CM16-0000101.txt
    """
    failed = False
    for outcome in _read(settings_of(context, None), paths, jobs):
        if isinstance(outcome, Unread):
            click.echo(f"{outcome.key}: {outcome.message}", err=True)
            failed = True
        elif text:
            click.echo(outcome.text)
        elif as_json:
            print_json(contract(outcome.determination, evidence=evidence))
        else:
            from imrsearch.cli.output import show_determination

            show_determination(outcome.determination)
    sys.exit(1 if failed else 0)


@click.command()
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a warning, a line each.")
@click.option("--jobs", type=click.IntRange(1), help="Reading processes (default: all cores).")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], as_json: bool, jobs: int | None) -> None:
    """List what letters leave out or contradict, as warnings with codes.

    The exit code is 1 when a letter could not be read; warnings alone leave it at 0.

    Example: imrsearch check letters/
    """
    letters = warnings = 0
    failed = False
    for outcome in _read(settings_of(context, None), paths, jobs):
        if isinstance(outcome, Unread):
            click.echo(f"{outcome.key}: {outcome.message}", err=True)
            failed = True
            continue
        letters += 1
        determination = outcome.determination
        for caution in determination.warnings:
            warnings += 1
            row = {"case_id": determination.case_id, **msgspec.to_builtins(caution)}
            if as_json:
                print_json(row)
            else:
                click.echo(f"{row['case_id']}  {row['code']:16}  {row['message']}")
    if not as_json:
        click.echo(f"{warnings:,} warnings in {letters:,} letters.")
    sys.exit(1 if failed else 0)


def contract(determination: Determination, *, evidence: bool = False) -> dict[str, Any]:
    """The JSON of ``parse --json``; places of facts only on demand."""
    value: dict[str, Any] = msgspec.to_builtins(determination)
    if not evidence:
        del value["evidence"]
    return value


def _read(
    settings: Settings, paths: tuple[Path, ...], jobs: int | None
) -> Iterator[Letter | Unread]:
    """Letters and failures in the order of the paths."""
    found, given = tee(find(list(paths)))
    outcomes = read_all(
        ((one, None) for one in given if isinstance(one, Source)), ReadingLimits.of(settings), jobs
    )
    for one in found:
        outcome = one if isinstance(one, Unread) else next(outcomes)
        if isinstance(outcome, Letter | Unread):
            yield outcome
