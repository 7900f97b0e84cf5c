"""``imrsearch copy-collection``: all letters from one place to another."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import click

from imrsearch.cli.progress import show_progress
from imrsearch.storage.builds import index_folder
from imrsearch.storage.builds.shared import SharedBuilds
from imrsearch.storage.collection import copying
from imrsearch.storage.collection.store import Collection, Place
from imrsearch.system.settings import load_settings
from imrsearch.text.quantities import count


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy_collection(source: str, target: str) -> None:
    """Copy the collection; FROM and TO are each an index folder or a database's address.

    The copy is compared with the original, byte by byte. If interrupted, the same command resumes.
    Builds are not copied: run 'imrsearch reindex' on the copy.

    Example: imrsearch copy-collection index postgresql+psycopg://imr@db.example/imr
    """
    old, new = _named_place(source), _named_place(target)
    Collection.open(old).close()
    with _lock(old), _lock(new), show_progress() as progress:
        letters = copying.copy_collection(old, new, partial(progress, "copying"))
    click.echo(f"{target} holds {count(letters, 'letter')}, the same as {source}.")


def _named_place(named: str) -> Place:
    """Raises UsageError for an empty name, which would stand for the current folder."""
    if not named:
        raise click.UsageError("Name a folder (. is the current one) or a database's address.")
    return named if "://" in named else Path(named)


def _lock(place: Place) -> AbstractContextManager[None]:
    if isinstance(place, Path):
        return index_folder.lock_folder(place)
    return SharedBuilds(load_settings({}, collection=place)).lock_database()
