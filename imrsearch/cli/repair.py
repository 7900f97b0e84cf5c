"""``imrsearch repair``: damaged letters of the collection, read again."""

from __future__ import annotations

import sys

import click
import msgspec

from imrsearch.cli.options import index_option, jobs_option, json_option, print_json, settings_of
from imrsearch.cli.progress import show_progress
from imrsearch.indexing import recovery
from imrsearch.indexing.recovery import Repaired
from imrsearch.text.quantities import count

_OUTCOMES = {
    "from_files": "Read again from their files",
    "from_texts": "Read again from their kept texts",
    "without_text": "Text lost, facts intact",
    "lost": "Lost",
}


@click.command()
@index_option
@jobs_option
@json_option
def repair(jobs: int | None, as_json: bool) -> None:
    """Read damaged letters of the collection again from their files, else from their kept texts.

    Letters that neither can restore are named and listed as unread; the exit code is then 1.

    Example: imrsearch repair
    """
    with show_progress() as progress:
        found = recovery.repair(settings_of(), jobs, progress)
    if as_json:
        told = msgspec.to_builtins(found)
        print_json(told | {"build": found.build.id if found.build else None})
    else:
        _tell_repaired(found)
    if found.lost or found.without_text:
        sys.exit(1)


def _tell_repaired(found: Repaired) -> None:
    if found.salvaged:
        click.echo("The collection's file was damaged; its readable contents are in a new one.")
    cases = {name: getattr(found, name) for name in _OUTCOMES}
    for name, some in cases.items():
        if some:
            click.echo(f"{_OUTCOMES[name]}: {len(some):,} ({', '.join(some)})")
    if not any(cases.values()):
        click.echo("Every letter of the collection is intact.")
    if found.build:
        click.echo(f"Build {found.build.id} is now current: {count(found.build.issues, 'issue')}.")
