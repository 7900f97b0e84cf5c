"""``imrsearch verify``: a build compared with its manifest."""

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
from imrsearch.errors import DamagedBuild, DamagedCollection
from imrsearch.indexing import maintenance
from imrsearch.indexing.maintenance import Verified


@click.command()
@build_argument
@index_option
@json_option
@click.pass_context
def verify(
    context: click.Context, build: str | None, index_folder: str | None, as_json: bool
) -> None:
    """Compare every byte of a build (default: the current one) with its manifest, and its issues
    with the collection. The exit code is 1 when it is damaged.

    Example: imrsearch verify
    """
    settings = settings_of(context, index_folder)
    try:
        found = maintenance.verify(settings, build)
    except (DamagedBuild, DamagedCollection) as damage:
        if as_json:
            print_json({"build": build, "whole": False, "damage": damage.message})
        else:
            click.echo(f"Damaged: {damage.message} {damage.hint}", err=True)
        sys.exit(1)
    if as_json:
        told = {"build": found.manifest.id, "whole": True, "damage": None}
        print_json({**told, "compared_with_collection": found.compared})
    else:
        click.echo(_praise(found))


def _praise(found: Verified) -> str:
    manifest = found.manifest
    agrees = (
        "the collection agrees"
        if found.compared
        else "not compared with the collection, which has changed since"
    )
    return (
        f"Build {manifest.id} is whole: {len(manifest.files)} files as they were written, "
        f"{manifest.issues:,} issues of {manifest.letters:,} letters; {agrees}."
    )
