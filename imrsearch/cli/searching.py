"""``imrsearch search``, ``show`` and ``stats``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from imrsearch.builds.publishing import Builds
from imrsearch.cli.options import index_option, print_json, settings_of
from imrsearch.collection.reader import CollectionReader
from imrsearch.query.relax import MatchMode
from imrsearch.schema import FACETS
from imrsearch.search.export import FORMATS
from imrsearch.search.service import SearchService
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
        **dict.fromkeys(SWITCHES, not plain),
    )
    _print_search(_service(context, index_folder), state, as_json=as_json, suffix=suffix)


def _print_search(
    service: SearchService, state: SearchState, *, as_json: bool, suffix: str | None
) -> None:
    if suffix:
        for piece in FORMATS[suffix].write(service.export(state)):
            click.echo(piece, nl=False)
        return
    result = service.search(state)
    if as_json:
        from imrsearch.search.results import to_json

        print_json(to_json(result))
        return
    from imrsearch.cli.output import show_result

    show_result(result)


@click.command()
@click.argument("case_id")
@index_option
@click.option("--json", "as_json", is_flag=True, help="The object that /case/ID.json answers.")
@click.pass_context
def show(context: click.Context, case_id: str, index_folder: str | None, as_json: bool) -> None:
    """Show one case: facts, summary, issues with both guideline statements, rationale.

    Example: imrsearch show CM16-0000101
    """
    from imrsearch.letters.header import normal_case_id

    settings = settings_of(context, index_folder)
    known = normal_case_id(case_id.upper()) or case_id
    determination = CollectionReader(settings.index).determination(known)
    if as_json:
        from imrsearch.cli.reading import contract

        print_json(contract(determination))
        return
    from imrsearch.cli.output import show_determination

    show_determination(determination)


@click.command()
@index_option
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def stats(context: click.Context, index_folder: str | None, as_json: bool) -> None:
    """Tell what is in the collection and which build answers.

    Example: imrsearch stats
    """
    import msgspec

    from imrsearch.collection.store import Collection

    settings = settings_of(context, index_folder)
    summary = msgspec.to_builtins(Collection.open(settings.index).summary())
    build = Builds(settings.index).current()
    summary["build"] = build.id
    summary["engine"] = build.manifest.engine
    if as_json:
        print_json(summary)
        return
    for name, value in summary.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {count:,}" for key, count in value.items())
        click.echo(f"{name.replace('_', ' '):14} {value if value is not None else '-'}")


def _service(context: click.Context, index_folder: str | None) -> SearchService:
    settings = settings_of(context, index_folder)
    return SearchService(CollectionReader(settings.index), Builds(settings.index), settings)
