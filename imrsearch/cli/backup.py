"""``imrsearch backup``: a copy of the collection, made while it is in use."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from imrsearch.cli.options import FILE_PATH, index_option, settings_of
from imrsearch.cli.progress import show_progress
from imrsearch.indexing import recovery
from imrsearch.indexing.rebuild import verifying
from imrsearch.storage.collection.backup import back_up
from imrsearch.text.quantities import count_named


@click.command()
@click.argument("file", type=FILE_PATH)
@index_option
def backup(file: Path) -> None:
    """Copy a snapshot of the collection into the new FILE.

    Serving and indexing can go on. Builds are not copied; 'imrsearch restore' makes a new one. The
    exit code is 1 if letters are damaged.

    Example: imrsearch backup imr-2016-12-09.sqlite3
    """
    settings = settings_of()
    recovery.require_own_file(settings)
    with show_progress() as progress:
        damaged = back_up(settings.index, file, verifying(progress))
    click.echo(f"{file} holds the collection: {file.stat().st_size / 1e6:,.1f} MB.")
    if damaged:
        told = f"Damaged: it has {count_named(damaged, 'damaged letter')}."
        click.echo(f"{told} Run 'imrsearch repair', then back up again.", err=True)
        sys.exit(1)
