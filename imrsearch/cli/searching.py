"""Shared by ``search``, ``facets`` and ``export``: a search typed on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import click

from imrsearch.cli.nearest import did_you_mean
from imrsearch.cli.options import Command
from imrsearch.schema import FACETS
from imrsearch.search.results import SearchResult
from imrsearch.search.state import SWITCHES, Choice, SearchState

query_argument = click.argument("query", nargs=-1)
mentions_option = click.option(
    "--mentions", is_flag=True, help="Also find issues that only mention a treatment."
)
as_typed_option = click.option(
    "--as-typed",
    "plain",
    is_flag=True,
    help="Only the words as typed: no other names, citations or corrections.",
)


def facet_options(command: Command) -> Command:
    """One option for each facet, such as ``--decision VALUE``, and ``--not FACET VALUE``."""
    command = click.option(
        "--not",
        "excluded",
        nargs=2,
        multiple=True,
        metavar="FACET VALUE",
        help="Exclude a facet's value; may be repeated.",
    )(command)
    for facet in reversed(list(FACETS.values())):
        command = click.option(
            f"--{facet.name}",
            multiple=True,
            metavar="VALUE",
            help=f"{facet.title}; may be repeated.",
        )(command)
    return command


def typed_search(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command the search that was typed, as ``state``, in the place of the query and the
    options above that make it."""

    @wraps(command)
    def run(
        query: Iterable[str],
        excluded: Iterable[tuple[str, str]],
        mentions: bool,
        plain: bool,
        **values: Any,  # noqa: ANN401 - as click passes them
    ) -> None:
        chosen = [(name, value) for name in FACETS for value in values.pop(name)]
        state = SearchState(" ".join(query), tuple(_choices(chosen, excluded)), mentions=mentions)
        command(state=state.without(*SWITCHES) if plain else state, **values)

    return run


def _choices(
    chosen: Iterable[tuple[str, str]], excluded: Iterable[tuple[str, str]]
) -> Iterator[Choice]:
    """The facets' values that were typed. Raises UsageError for an unknown facet or no value."""
    excluded = tuple(excluded)
    options = [(f"--{name}", value) for name, value in chosen]
    for option, value in (*options, *((f"--not {name}", value) for name, value in excluded)):
        if not value.strip():
            raise click.UsageError(f"{option} needs a value; 'imrsearch facets NAME' lists them.")
    yield from (Choice(name, value) for name, value in chosen)
    yield from (Choice(known_facet(name), value, excluded=True) for name, value in excluded)


def known_facet(name: str) -> str:
    """The facet of this name. Raises UsageError with the nearest ones."""
    if name not in FACETS:
        raise click.UsageError(f"There is no facet {name!r}. {did_you_mean(name, FACETS)}")
    return name


def tell_notes(result: SearchResult, without: str = "") -> None:
    """Say on standard error how a search was read, beside rows that do not tell it; the note with
    the code ``without`` is left out."""
    for line in note_lines(result, without):
        click.echo(line, err=True)


def note_lines(result: SearchResult, without: str = "") -> Iterator[str]:
    """Each note, with the option that does what it offers."""
    for note in result.notes:
        if note.code != without:
            option = " (--mentions)" if note.code == "only-mentioned" else ""
            yield f"Note: {note.message}{option}"
