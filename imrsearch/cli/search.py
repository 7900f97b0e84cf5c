"""``imrsearch search``: one page of results, or all of them exported."""

from __future__ import annotations

from dataclasses import replace

import click

from imrsearch.api.searching import Searching
from imrsearch.cli.nearest import did_you_mean
from imrsearch.cli.options import exclusive, index_option, print_json, settings_of
from imrsearch.cli.output import page_words, show_result
from imrsearch.cli.searching import (
    as_typed_option,
    facet_options,
    mentions_option,
    query_argument,
    tell_notes,
    typed_search,
)
from imrsearch.search.columns import COLUMNS, cell
from imrsearch.search.export import FORMATS
from imrsearch.search.results import Export, SearchResult, to_json
from imrsearch.search.state import GROUPS, MATCHES, PAGE_SIZES, SORTS, MatchMode, SearchState


@click.command()
@query_argument
@index_option
@facet_options
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], help="Order of the results.")
@click.option("--page", type=click.IntRange(1), default=1, help="Page of the results.")
@click.option("--match", type=click.Choice(MATCHES[1:]), help="Require all or most of the words.")
@click.option(
    "--group",
    type=click.Choice(GROUPS[1:]),
    help="Group the issues of a case, or show one issue of each wording of a rationale.",
)
@mentions_option
@as_typed_option
@click.option(
    "--limit",
    type=click.IntRange(1, PAGE_SIZES[-1]),
    default=PAGE_SIZES[0],
    help=f"Rows per page (default: {PAGE_SIZES[0]}); all rows: imrsearch export.",
)
@click.option(
    "--columns",
    metavar="NAME,NAME",
    help="One row per line with these columns, separated by tabs: " + ", ".join(COLUMNS) + ".",
)
@click.option("--json", "as_json", is_flag=True, help="The object that /search.json answers.")
@click.option(
    "--export",
    "suffix",
    type=click.Choice(list(FORMATS)),
    help="Write all results in this format, up to the limit (IMRSEARCH_MAX_EXPORT).",
)
@click.option("--csv", "suffix", flag_value="csv", help="The same as --export csv.")
@typed_search
def search(
    state: SearchState,
    sort: str,
    page: int,
    as_json: bool,
    suffix: str | None,
    match: MatchMode | None,
    group: str | None,
    limit: int,
    columns: str | None,
) -> None:
    """Search the issues: words, "exact phrases", OR, NOT, word*, field:word.

    Example: imrsearch search 'decision:upheld service:chiropractic*' --body neck
    """
    state = replace(
        state, sort=sort, page=page, per_page=limit, match=match or "", group=group or ""
    )
    exclusive({"--json": as_json, "--export or --csv": suffix, "--columns": columns is not None})
    names = () if columns is None else _known_columns(columns)
    index = Searching(settings_of())
    state = index.resolved(state)
    result = index.search_state(state)
    if suffix:
        tell_notes(result)
        _write_export(index.export(state), suffix, index.settings.site_url)
        return
    _print_result(result, names, as_json=as_json)


def _write_export(export: Export, suffix: str, origin: str) -> None:
    """Print all rows in a format, as UTF-8 whatever the terminal has; say what the limit cut."""
    if len(export.rows) < export.total:
        click.echo(
            f"Note: {len(export.rows):,} of {export.total:,} issues are written "
            "(IMRSEARCH_MAX_EXPORT); 'imrsearch export' writes all.",
            err=True,
        )
    for piece in FORMATS[suffix].write(export, origin):
        click.echo(piece.encode(), nl=False)


def _known_columns(typed: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in typed.split(",") if name.strip())
    if not names:
        raise click.UsageError(f"--columns needs names, such as {next(iter(COLUMNS))}.")
    for name in names:
        if name not in COLUMNS:
            raise click.UsageError(f"There is no column {name!r}. {did_you_mean(name, COLUMNS)}")
    return names


def _print_result(result: SearchResult, columns: tuple[str, ...], *, as_json: bool) -> None:
    if columns:
        tell_notes(result)
        click.echo(page_words(result), err=True)
        click.echo("\t".join(columns))
        for row in result.rows:
            cells = (cell(COLUMNS[name].value(row)) for name in columns)
            click.echo("\t".join(" ".join(one.split()) for one in cells))
    elif as_json:
        print_json(to_json(result))
    else:
        show_result(result)
