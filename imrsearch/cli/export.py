"""``imrsearch export``: all rows of a search, or of the whole collection, as a stream."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from imrsearch.api.searching import Searching
from imrsearch.cli.options import FILE_PATH, index_option, settings_of
from imrsearch.cli.searching import (
    as_typed_option,
    facet_options,
    mentions_option,
    query_argument,
    tell_notes,
    typed_search,
)
from imrsearch.model import DAMAGED
from imrsearch.search.export import WRITERS
from imrsearch.search.results import ResultRow
from imrsearch.search.state import SearchState
from imrsearch.system.disk import open_output
from imrsearch.text.quantities import count_named


@click.command()
@query_argument
@index_option
@facet_options
@mentions_option
@as_typed_option
@click.option(
    "--format",
    "suffix",
    type=click.Choice(list(WRITERS)),
    default="csv",
    show_default=True,
    help="Parquet needs pip install 'imrsearch[parquet]'.",
)
@click.option(
    "--output", "-o", type=FILE_PATH, help="The file to write (default: standard output)."
)
@typed_search
def export(state: SearchState, suffix: str, output: Path | None) -> None:
    """Write every fact of every issue found, without a limit; without a QUERY, of all issues.

    The page /codebook explains the columns. The exit code is 1 if a row is of a damaged letter.

    Example: imrsearch export --format jsonl --treatment acupuncture -o acupuncture.jsonl
    """
    index = Searching(settings_of())
    state = index.resolved(state)
    tell_notes(index.search_state(state), without="partial")
    damaged: dict[str, None] = {}
    rows = _watched(index.every_row(state), damaged)
    named = output if output != Path("-") else None
    with open_output(named) if named else click.open_file("-", "wb") as file:
        WRITERS[suffix](rows, index.settings.site_url, file)
    if damaged:
        told = f"{count_named(damaged, 'damaged letter')}: the rows say so. Run 'imrsearch repair'."
        click.echo(f"Damaged: {told}", err=True)
        sys.exit(1)


def _watched(rows: Iterable[ResultRow], damaged: dict[str, None]) -> Iterator[ResultRow]:
    """The rows; the cases of those that stand for a damaged letter are added to ``damaged``."""
    for row in rows:
        if row.determination.era == DAMAGED:
            damaged[row.case_id] = None
        yield row
