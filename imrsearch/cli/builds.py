"""``imrsearch builds``: the builds of an index, listed."""

from __future__ import annotations

from typing import Any

import click

from imrsearch.cli.options import index_option, json_option, print_json, settings_of
from imrsearch.indexing import maintenance

_COLUMNS_SHOWN = ("created", "engine", "issues", "letters")


@click.command()
@index_option
@json_option
def builds(as_json: bool) -> None:
    """List the builds of the index, newest first; a star marks the current one.

    Example: imrsearch builds --json
    """
    rows = [
        {
            "id": one.id,
            **{name: getattr(one.manifest, name, None) for name in _COLUMNS_SHOWN},
            "bytes": one.size,
            "current": one.current,
            "damage": one.damage,
        }
        for one in maintenance.listing(settings_of())
    ]
    if as_json:
        print_json(rows)
        return
    click.echo(
        f"  {'build':19}  {'made':25}  {'engine':8}  {'issues':>10} {'letters':>10}  {'MB':>9}"
    )
    for row in rows:
        _print_row(row)


def _print_row(row: dict[str, Any]) -> None:
    made, engine, issues, letters = (
        "-" if row[name] is None else row[name] for name in _COLUMNS_SHOWN
    )
    star = "*" if row["current"] else " "
    click.echo(
        f"{star} {row['id']:19}  {made:25}  {engine:8}  {issues:>10} {letters:>10}  "
        f"{row['bytes'] / 1e6:>9.1f}"
    )
    if row["damage"]:
        click.echo(f"  damaged: {row['damage']}")
