"""``imrsearch verify``: a build compared with its manifest, the letters with their checksums."""

from __future__ import annotations

import sys

import click

from imrsearch.cli.options import (
    build_argument,
    index_option,
    json_option,
    print_json,
    settings_of,
)
from imrsearch.cli.progress import show_progress
from imrsearch.indexing import maintenance
from imrsearch.indexing.maintenance import ProvedCollection, Verified
from imrsearch.indexing.rebuild import verifying
from imrsearch.storage.collection.store import Place
from imrsearch.system.errors import DamagedBuild, DamagedCollection
from imrsearch.system.settings import Settings
from imrsearch.text.quantities import count, count_named


@click.command()
@build_argument
@index_option
@json_option
def verify(build: str | None, as_json: bool) -> None:
    """Check every byte of a build (default: the current one) against its manifest, its issues
    against the collection, and every letter of the collection against its checksum. The exit code
    is 1 if anything is damaged.

    Example: imrsearch verify
    """
    settings = settings_of()
    found, told = _verified(settings, build)
    proved, lost = _proved(settings.place)
    damage = told or lost
    if as_json:
        print_json(
            {
                "build": found.manifest.id if found else build,
                "whole": damage is None,
                "damage": damage,
                "compared_with_collection": bool(found and found.compared),
                "letters": proved.letters if proved else None,
                "damaged_letters": list(proved.damaged) if proved else None,
            }
        )
    else:
        _tell_verified(found, proved, told, lost)
    if damage:
        sys.exit(1)


def _verified(settings: Settings, build: str | None) -> tuple[Verified | None, str | None]:
    """The verified build, or its damage in words."""
    try:
        return maintenance.verify(settings, build), None
    except DamagedBuild as damage:
        return None, f"{damage.message} {damage.hint}"
    except DamagedCollection:
        return None, None  # _proved reports it


def _proved(place: Place) -> tuple[ProvedCollection | None, str | None]:
    """The verified collection, and its damage in words."""
    try:
        with show_progress() as progress:
            proved = maintenance.prove_collection(place, verifying(progress))
    except DamagedCollection as damage:
        return None, f"{damage.message} {damage.hint}"
    if not proved.damaged:
        return proved, None
    told = f"The collection has {count_named(proved.damaged, 'damaged letter')}."
    return proved, f"{told} {DamagedCollection.hint}"


def _tell_verified(
    found: Verified | None, proved: ProvedCollection | None, *damages: str | None
) -> None:
    for damage in filter(None, damages):
        click.echo(f"Damaged: {damage}", err=True)
    if found:
        click.echo(_praise(found))
    if proved and not proved.damaged:
        unproved = proved.without_checksum
        but = f"; {unproved:,} of an earlier version have no checksum" * bool(unproved)
        click.echo(f"The collection is intact: {count(proved.letters, 'letter')}{but}.")


def _praise(found: Verified) -> str:
    manifest = found.manifest
    agrees = (
        "the collection matches"
        if found.compared
        else "not compared with the collection, which has changed since"
    )
    return (
        f"Build {manifest.id} is intact: {count(len(manifest.files), 'file')}, "
        f"{count(manifest.issues, 'issue')} of {count(manifest.letters, 'letter')}; {agrees}."
    )
