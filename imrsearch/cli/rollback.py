"""``imrsearch rollback``: an earlier build answers."""

from __future__ import annotations

import click

from imrsearch.cli.options import build_argument, index_option, settings_of
from imrsearch.indexing import maintenance
from imrsearch.text.plurals import count


@click.command()
@build_argument
@index_option
@click.pass_context
def rollback(context: click.Context, build: str | None, index_folder: str | None) -> None:
    """Let an earlier build answer: BUILD, else the newest whole one before the current.

    It answers until the collection changes or 'imrsearch reindex' is run. The collection stays as
    it is.

    Example: imrsearch rollback
    """
    manifest = maintenance.rollback(settings_of(context, index_folder), build)
    click.echo(
        f"Build {manifest.id} answers: {count(manifest.issues, 'issue')} of "
        f"{count(manifest.letters, 'letter')}."
    )
