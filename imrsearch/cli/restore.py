"""``imrsearch restore``: the collection replaced by a backup."""

from __future__ import annotations

from pathlib import Path

import click

from imrsearch.cli.options import FILE_PATH, index_option, settings_of
from imrsearch.cli.progress import show_progress
from imrsearch.indexing import recovery
from imrsearch.text.quantities import count


@click.command()
@click.argument("file", type=FILE_PATH)
@index_option
@click.option("--force", is_flag=True, help="Restore a backup that has damaged letters, too.")
def restore(file: Path, force: bool) -> None:
    """Replace the collection with the backup FILE, and rebuild the index.

    A running server picks it up. 'imrsearch index' reads letters added since the backup again.

    Example: imrsearch restore imr-2016-12-09.sqlite3
    """
    settings = settings_of()
    with show_progress() as progress:
        manifest = recovery.restore(settings, file, progress, force=force)
    click.echo(
        f"{settings.place} now holds the backup's {count(manifest.letters, 'letter')}, "
        f"{count(manifest.issues, 'issue')}."
    )
