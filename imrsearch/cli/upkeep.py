"""``imrsearch builds``, ``verify`` and ``rollback``."""

from __future__ import annotations

import sys

import click

from imrsearch.cli.options import index_option, print_json, settings_of
from imrsearch.errors import DamagedBuild, DamagedCollection
from imrsearch.indexing import maintenance
from imrsearch.indexing.maintenance import Listed, Verified

_build_argument = click.argument("build", required=False)
_json_option = click.option("--json", "as_json", is_flag=True, help="As JSON.")

_TOLD = ("created", "engine", "issues", "letters")


@click.command()
@index_option
@_json_option
@click.pass_context
def builds(context: click.Context, index_folder: str | None, as_json: bool) -> None:
    """List the builds of the index, newest first; the one that answers has a star.

    Example: imrsearch builds --json
    """
    rows = [_row(one) for one in maintenance.listing(settings_of(context, index_folder).index)]
    if as_json:
        print_json(rows)
        return
    click.echo(
        f"  {'build':19}  {'made':25}  {'engine':8}  {'issues':>10} {'letters':>10}  {'MB':>9}"
    )
    for row in rows:
        _print_row(row)


def _row(one: Listed) -> dict[str, object]:
    told = {name: getattr(one.manifest, name, None) for name in _TOLD}
    return {
        "id": one.id,
        **told,
        "bytes": one.size,
        "current": one.current,
        "damage": one.damage,
    }


def _print_row(row: dict[str, object]) -> None:
    made, engine, issues, letters = ("-" if row[name] is None else row[name] for name in _TOLD)
    star = "*" if row["current"] else " "
    size = f"{int(str(row['bytes'])) / 1e6:.1f}"
    click.echo(
        f"{star} {row['id']:19}  {made:25}  {engine:8}  {issues:>10} {letters:>10}  {size:>9}"
    )
    if row["damage"]:
        click.echo(f"  damaged: {row['damage']}")


@click.command()
@_build_argument
@index_option
@_json_option
@click.pass_context
def verify(
    context: click.Context, build: str | None, index_folder: str | None, as_json: bool
) -> None:
    """Compare every byte of a build (default: the current one) with its manifest, and its issues
    with the collection. The exit code is 1 when it is damaged.

    Example: imrsearch verify
    """
    folder = settings_of(context, index_folder).index
    try:
        found = maintenance.verify(folder, build)
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


@click.command()
@_build_argument
@index_option
@click.pass_context
def rollback(context: click.Context, build: str | None, index_folder: str | None) -> None:
    """Let an earlier build answer: BUILD, else the newest whole one before the current.

    It answers until the collection changes or 'imrsearch reindex' is run. The collection stays as
    it is.

    Example: imrsearch rollback
    """
    manifest = maintenance.rollback(settings_of(context, index_folder).index, build)
    click.echo(
        f"Build {manifest.id} answers: {manifest.issues:,} issues of {manifest.letters:,} letters."
    )
