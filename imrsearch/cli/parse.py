"""``imrsearch parse``: what letters say, without indexing them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import tee
from pathlib import Path

import click

from imrsearch.cli.options import contract, jobs_option, paths_argument, print_json, settings_of
from imrsearch.letters.files import Source, Unread, find
from imrsearch.letters.workers import Letter, ReadingLimits, read_all
from imrsearch.settings import Settings


@click.command()
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, in the order given.")
@click.option("--evidence", is_flag=True, help="With --json: where in the letter each fact stands.")
@click.option("--text", is_flag=True, help="Print the letters' text as it would be kept.")
@jobs_option
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
    for outcome in read_letters(settings_of(context, None), paths, jobs):
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


def read_letters(
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
