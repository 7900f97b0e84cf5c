"""``imrsearch search``: one page of results, or all of them exported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from imrsearch.api.index import Index
from imrsearch.cli.options import index_option, print_json, settings_of
from imrsearch.errors import UnknownValue
from imrsearch.query.relax import MatchMode
from imrsearch.schema import FACETS
from imrsearch.search.export import FORMATS
from imrsearch.search.results import to_json
from imrsearch.search.state import GROUPS, MATCHES, SORTS, SWITCHES, Choice, SearchState


def _facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--decision VALUE`` and its like: one option for each facet, and ``--not FACET VALUE``."""
    command = click.option(
        "--not",
        "excluded",
        nargs=2,
        multiple=True,
        metavar="FACET VALUE",
        help="Leave a facet's value out.",
    )(command)
    for facet in reversed(list(FACETS.values())):
        command = click.option(
            f"--{facet.name}",
            multiple=True,
            metavar="VALUE",
            help=f"{facet.title}; repeat for several.",
        )(command)
    return command


@click.command()
@click.argument("query", nargs=-1)
@index_option
@_facet_options
@click.option("--sort", type=click.Choice(SORTS), default=SORTS[0], help="Order of the results.")
@click.option("--page", type=click.IntRange(1), default=1, help="Page of the results.")
@click.option("--match", type=click.Choice(MATCHES[1:]), help="All or most of the words.")
@click.option("--group", type=click.Choice(GROUPS[1:]), help="The issues of a case together.")
@click.option("--mentions", is_flag=True, help="Issues that only mention a treatment, too.")
@click.option("--as-typed", "plain", is_flag=True, help="No other names, citations, corrections.")
@click.option("--json", "as_json", is_flag=True, help="The object that /search.json answers.")
@click.option(
    "--export",
    "suffix",
    type=click.Choice(list(FORMATS)),
    help="The whole result in this format, up to the limit.",
)
@click.option("--csv", "suffix", flag_value="csv", help="The same as --export csv.")
@click.pass_context
def search(
    context: click.Context,
    /,
    query: tuple[str, ...],
    index_folder: str | None,
    sort: str,
    page: int,
    as_json: bool,
    suffix: str | None,
    match: MatchMode | None,
    group: str | None,
    mentions: bool,
    plain: bool,
    excluded: tuple[tuple[str, str], ...],
    **facets: tuple[str, ...],
) -> None:
    """Search the issues: words, "exact phrases", OR, NOT, word*, field:word.

    Example: imrsearch search 'decision:upheld service:chiropractic*' --body neck
    """
    chosen = [Choice(name, value) for name, values in facets.items() for value in values]
    left_out = [Choice(name, value, excluded=True) for name, value in excluded if name in FACETS]
    unknown = [name for name, _ in excluded if name not in FACETS]
    if unknown:
        raise click.UsageError(f"There is no facet {unknown[0]!r}; there are {', '.join(FACETS)}.")
    state = SearchState(
        " ".join(query),
        tuple(chosen + left_out),
        sort,
        page,
        match=match or "",
        group=group or "",
        mentions=mentions,
        **dict.fromkeys(SWITCHES, not plain),
    )
    index = Index(settings_of(context, index_folder))
    _print_search(index, index.resolved(state), as_json=as_json, suffix=suffix)


def _print_search(index: Index, state: SearchState, *, as_json: bool, suffix: str | None) -> None:
    result = index.search_state(state)
    unknown = [note.message for note in result.notes if note.code == "no-such-value"]
    if unknown and not result.total:
        raise UnknownValue(unknown[0])
    if suffix:
        for piece in FORMATS[suffix].write(index.export(state)):
            click.echo(piece, nl=False)
        return
    if as_json:
        print_json(to_json(result))
        return
    from imrsearch.cli.output import show_result  # rich, 40 ms to load, which JSON does not need

    show_result(result)
