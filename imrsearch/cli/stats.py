"""``imrsearch stats``: what is in the collection."""

from __future__ import annotations

from contextlib import closing

import click
import msgspec

from imrsearch.cli.options import index_option, json_option, print_json, settings_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection


@click.command()
@index_option
@json_option
@click.pass_context
def stats(context: click.Context, index_folder: str | None, as_json: bool) -> None:
    """Show what is in the collection, and the current build.

    Example: imrsearch stats
    """
    settings = settings_of(context, index_folder)
    with closing(Collection.open(settings.place)) as collection:
        summary = msgspec.to_builtins(collection.summary())
    build = Builds(settings).current()
    summary["build"] = build.id
    summary["engine"] = build.manifest.engine
    if as_json:
        print_json(summary)
        return
    for name, value in summary.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count:,}" for key, count in value.items())
        click.echo(f"{name.replace('_', ' '):14} {value if value is not None else '-'}")
