"""``imrsearch check``: what letters leave out or contradict."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from imrsearch.api.letters import read_letters
from imrsearch.cli.options import jobs_option, paths_argument, print_json, settings_of
from imrsearch.letters.files import Unread


@click.command()
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a warning, a line each.")
@jobs_option
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], as_json: bool, jobs: int | None) -> None:
    """List what letters leave out or contradict, as warnings with codes.

    The exit code is 1 when a letter could not be read; warnings alone leave it at 0.

    Example: imrsearch check letters/
    """
    letters = warnings = 0
    failed = False
    for outcome in read_letters(paths, settings=settings_of(context, None), jobs=jobs):
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
