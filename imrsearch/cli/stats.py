"""``imrsearch stats``: what is in the collection."""

from __future__ import annotations

from contextlib import closing

import click
import msgspec

from imrsearch.cli.options import index_option, json_option, print_json, settings_of
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.builds.rollback import made_from
from imrsearch.storage.collection.store import Collection

_LAGS = (
    "The build is not of this collection as it is now, and searches answer from the build: run "
    "'imrsearch reindex' to bring it up to date."
)


@click.command()
@index_option
@json_option
def stats(as_json: bool) -> None:
    """Show what is in the collection, and the current build.

    Example: imrsearch stats
    """
    settings = settings_of()
    with closing(Collection.open(settings.place)) as collection:
        summary = msgspec.to_builtins(collection.summary())
        state = collection.state
    build = Builds(settings).current()
    summary["build"] = build.id
    summary["engine"] = build.manifest.engine
    summary["up_to_date"] = made_from(build.manifest) == state
    if as_json:
        print_json(summary)
        return
    up_to_date = summary.pop("up_to_date")
    for name, value in summary.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count:,}" for key, count in value.items())
        click.echo(f"{name.replace('_', ' '):14} {value if value is not None else '-'}")
    if not up_to_date:
        click.echo(_LAGS)
