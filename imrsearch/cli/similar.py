"""``imrsearch similar``: the issues most similar to one, on both sides."""

from __future__ import annotations

import click

from imrsearch.api.searching import Searching
from imrsearch.cli.options import index_option, print_json, settings_of
from imrsearch.cli.output import show_both_sides
from imrsearch.search.results import row_to_json


@click.command()
@click.argument("issue", metavar="CASE#N")
@index_option
@click.option("--json", "as_json", is_flag=True, help="Rows as search --json prints them.")
def similar(issue: str, as_json: bool) -> None:
    """Show the issues of other cases most similar to one, overturned and upheld.

    Example: imrsearch similar CM16-0000101#1
    """
    index = Searching(settings_of())
    found = index.similar(issue)
    if as_json:
        sides = {"overturned": found.overturned, "upheld": found.upheld}
        told = {side: [row_to_json(row) for row in rows] for side, rows in sides.items()}
        print_json(told | {"build": index.build})
        return
    show_both_sides(found)
