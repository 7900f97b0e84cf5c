"""``imrsearch parse``: what letters say, without indexing them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from imrsearch.api.letters import read_letters
from imrsearch.cli.options import (
    exclusive,
    jobs_option,
    ocr_option,
    paths_argument,
    print_case,
    settings_of,
    tell_scans,
)
from imrsearch.letters.files import NO_TEXT
from imrsearch.model import Unread


@click.command()
@paths_argument()
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object per line, in the order given."
)
@click.option("--evidence", is_flag=True, help="With --json: the place of each fact in the letter.")
@click.option("--text", is_flag=True, help="Print the letters' text as it would be kept.")
@jobs_option
@ocr_option
@click.pass_context
def parse(
    context: click.Context,
    paths: tuple[Path, ...],
    as_json: bool,
    evidence: bool,
    text: bool,
    jobs: int | None,
    ocr: bool,
) -> None:
    """Print what letters say. Letters that cannot be read are named; the exit code is then 1.

    Example: imrsearch parse --json letters/CM16-0000101.txt
    """
    exclusive({"--json": as_json, "--text": text})
    if evidence and not as_json:
        raise click.UsageError("--evidence needs --json.")
    failed, scans = False, 0
    for outcome in read_letters(paths, settings=settings_of(context, None), jobs=jobs, ocr=ocr):
        if isinstance(outcome, Unread):
            click.echo(f"{outcome.key}: {outcome.message}", err=True)
            failed = True
            scans += outcome.code == NO_TEXT
        elif text:
            click.echo(outcome.text)
        else:
            print_case(outcome.determination, as_json=as_json, evidence=evidence)
    tell_scans(0 if ocr else scans)
    sys.exit(1 if failed else 0)
