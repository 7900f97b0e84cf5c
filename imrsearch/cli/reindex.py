"""``imrsearch reindex``: a new build from the collection, without the letters."""

from __future__ import annotations

import click

from imrsearch.cli.options import (
    engine_option,
    force_option,
    index_option,
    jobs_option,
    settings_of,
)
from imrsearch.cli.progress import show_progress, tell_engine
from imrsearch.indexing import rebuild
from imrsearch.text.quantities import count


@click.command()
@index_option
@engine_option
@force_option
@jobs_option
def reindex(engine: str | None, force: bool, jobs: int | None) -> None:
    """Build the index anew from the collection alone, without the letters.

    After an upgrade, what this version reads better is first read anew from the kept texts.

    Example: imrsearch reindex --engine tantivy
    """
    settings = settings_of()
    before = rebuild.engine_of(settings)
    with show_progress() as progress:
        manifest = rebuild.reindex(
            settings, engine=engine, force=force, jobs=jobs, progress=progress
        )
    issues = count(sum(manifest.decisions.values()), "issue")
    click.echo(f"Build {manifest.id}: {issues} of {count(manifest.letters, 'letter')}.")
    tell_engine(before, manifest, rebuild.LARGE)
