"""Shared by ``search``, ``facets`` and ``export``: a search typed on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import click

from imrsearch.cli.nearest import did_you_mean
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


def facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
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


def typed_state(
    query: Iterable[str],
    facets: Mapping[str, Iterable[str]],
    excluded: Iterable[tuple[str, str]],
    *,
    mentions: bool,
    plain: bool,
) -> SearchState:
    """The search that was typed. Raises UsageError for an unknown facet or an empty value."""
    options = [(f"--{name}", value) for name, values in facets.items() for value in values]
    for option, value in (*options, *((f"--not {name}", value) for name, value in excluded)):
        if not value.strip():
            raise click.UsageError(f"{option} needs a value; 'imrsearch facets NAME' lists them.")
    chosen = [Choice(name, value) for name, values in facets.items() for value in values]
    left_out = [Choice(known_facet(name), value, excluded=True) for name, value in excluded]
    state = SearchState(" ".join(query), (*chosen, *left_out), mentions=mentions)
    for switch in SWITCHES if plain else ():
        state = state.without(switch)
    return state


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
