"""``imrsearch parse``: what letters say, without indexing them."""

from __future__ import annotations

from pathlib import Path

import click

from imrsearch.cli.options import (
    exclusive,
    jobs_option,
    ocr_option,
    paths_argument,
    print_case,
    settings_of,
)
from imrsearch.cli.reading import ReadLetters


@click.command()
@paths_argument()
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object per line, in the order given."
)
@click.option("--evidence", is_flag=True, help="With --json: the place of each fact in the letter.")
@click.option("--text", is_flag=True, help="Print the letters' text as it would be kept.")
@jobs_option
@ocr_option
def parse(
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
    letters = ReadLetters(settings_of(), paths, jobs, ocr=ocr)
    for kept, determination in letters:
        if text:
            click.echo(kept)
        else:
            print_case(determination, as_json=as_json, evidence=evidence)
    letters.end()
