"""``imrsearch facets``: the facets, and the values of one with counts."""

from __future__ import annotations

import click
import msgspec

from imrsearch.api.searching import Searching
from imrsearch.cli.options import index_option, json_option, print_json, settings_of
from imrsearch.cli.output import show_facet
from imrsearch.cli.searching import (
    as_typed_option,
    facet_options,
    known_facet,
    mentions_option,
    query_argument,
    typed_search,
)
from imrsearch.schema import FACETS
from imrsearch.search.state import SearchState


@click.command()
@click.argument("name", required=False)
@query_argument
@index_option
@facet_options
@mentions_option
@as_typed_option
@json_option
@typed_search
def facets(name: str | None, state: SearchState, as_json: bool) -> None:
    """List the facets, or the values of one with counts: in a search, or in the whole collection.

    Example: imrsearch facets body chiropractic --decision overturned
    """
    if name is None:
        if state != SearchState():
            raise click.UsageError("Name the facet to count: imrsearch facets NAME.")
        _list_facets(as_json=as_json)
        return
    known = known_facet(name)
    index = Searching(settings_of())
    table = index.facet(known, index.resolved(state))
    if as_json:
        print_json(msgspec.to_builtins(table))
        return
    show_facet(table)


def _list_facets(*, as_json: bool) -> None:
    if as_json:
        print_json([{"name": kind.name, "title": kind.title} for kind in FACETS.values()])
        return
    for kind in FACETS.values():
        click.echo(f"{kind.name:16} {kind.title}")
