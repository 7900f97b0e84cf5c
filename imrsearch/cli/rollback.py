"""``imrsearch rollback``: make an earlier build current."""

from __future__ import annotations

import click

from imrsearch.cli.options import build_argument, index_option, settings_of
from imrsearch.indexing import maintenance
from imrsearch.text.quantities import count


@click.command()
@build_argument
@index_option
def rollback(build: str | None) -> None:
    """Make an earlier build current: BUILD, else the newest intact one before the current one.

    It stays current until the collection changes or 'imrsearch reindex' is run. The collection is
    not changed.

    Example: imrsearch rollback
    """
    manifest = maintenance.rollback(settings_of(), build)
    click.echo(
        f"Build {manifest.id} is now current: {count(manifest.issues, 'issue')} of "
        f"{count(manifest.letters, 'letter')}."
    )
