"""``imrsearch export``: all rows of a search, or of the whole collection, as a stream."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from imrsearch.api.searching import Searching
from imrsearch.cli.options import index_option, settings_of
from imrsearch.cli.searching import (
    as_typed_option,
    facet_options,
    mentions_option,
    query_argument,
    typed_state,
)
from imrsearch.search.full_export import WRITERS
from imrsearch.system.disk import writing_file


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
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write (default: standard output).",
)
@click.pass_context
def export(
    context: click.Context,
    /,
    query: tuple[str, ...],
    index_folder: str | None,
    mentions: bool,
    plain: bool,
    suffix: str,
    output: Path | None,
    excluded: tuple[tuple[str, str], ...],
    **facets: tuple[str, ...],
) -> None:
    """Write every fact of every issue found, without a limit; without a QUERY, of all issues.

    The page /codebook explains the columns.

    Example: imrsearch export --format jsonl --treatment acupuncture -o acupuncture.jsonl
    """
    state = typed_state(query, facets, excluded, mentions=mentions, plain=plain)
    index = Searching(settings_of(context, index_folder))
    told = writing_file(output) if output else nullcontext()
    with told, click.open_file(str(output or "-"), "wb", atomic=output is not None) as file:
        WRITERS[suffix](index.every_row(index.resolved(state)), index.settings.site_url, file)
