"""What the commands share: settings, the index option, JSON on standard output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from imrsearch.settings import Settings, load_settings

Command = TypeVar("Command", bound=Callable[..., object])


def index_option(command: Command) -> Command:
    """``--index FOLDER`` after the command's name, where most people type it."""
    return click.option(
        "--index", "index_folder", metavar="FOLDER", help="The index folder (default: index)."
    )(command)


def paths_argument(command: Command) -> Command:
    """``PATH…``: files, folders and archives of letters."""
    kind = click.Path(path_type=Path)
    return click.argument("paths", nargs=-1, required=True, type=kind, metavar="PATH...")(command)


def settings_of(
    context: click.Context, index: str | None, **overrides: int | str | None
) -> Settings:
    """The settings in force for a command; its own ``--index`` wins over the group's."""
    return load_settings(None, index=index or context.obj, **overrides)


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """One line of JSON."""
    click.echo(msgspec.json.encode(value).decode())
