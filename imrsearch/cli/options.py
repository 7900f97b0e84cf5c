"""Shared by the commands: options, settings, JSON on standard output."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from imrsearch import engines
from imrsearch.model import Determination
from imrsearch.system.settings import Settings, load_settings
from imrsearch.text.quantities import count

Command = TypeVar("Command", bound=Callable[..., object])

build_argument = click.argument("build", required=False)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
engine_option = click.option(
    "--engine",
    type=click.Choice(["auto", *engines.NAMES]),
    help="Search engine for this and later builds (auto: by the number of issues).",
)
force_option = click.option(
    "--force",
    is_flag=True,
    help="Publish even with less than 98 % of the previous issues (ten fewer is always allowed).",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    help="Worker processes that read letters (default: one per core).",
)

minutes_option = click.option(
    "--minutes",
    type=click.FloatRange(0),
    help="Start no further file after this long; publish what was read.",
)

ocr_option = click.option(
    "--ocr", is_flag=True, help="Read scans by text recognition (needs Tesseract), and mark them."
)


def _choose_index(context: click.Context, _: click.Parameter, folder: str | None) -> None:
    context.obj = folder or context.obj


index_option = click.option(
    "--index",
    metavar="FOLDER",
    expose_value=False,
    callback=_choose_index,
    help="The index folder (default: index).",
)
"""``--index`` after the command's name, where most people type it: it wins over the group's."""


class _NamedPath(click.Path):
    """A path that must not be empty (``"$FOLDER"`` of a script that sets no such variable): it
    would stand for the current folder. ``if_empty`` says what to name instead."""

    def __init__(self, if_empty: str, *, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)
        self._if_empty = if_empty

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        if not value:
            self.fail(self._if_empty, param, ctx)
        return super().convert(value, param, ctx)


FILE_PATH = _NamedPath("Name a file.", dir_okay=False)
_LETTERS_PATH = _NamedPath("a path is empty; name a file or folder (. is the current one).")


def paths_argument(*, required: bool = True) -> Callable[[Command], Command]:
    """``PATH…``: files, folders and archives of letters."""
    shown = "PATH..." if required else "[PATH...]"
    return click.argument("paths", nargs=-1, required=required, type=_LETTERS_PATH, metavar=shown)


def settings_of(**overrides: int | str | None) -> Settings:
    """The settings for the command that runs, with the index folder that was typed."""
    return load_settings(None, index=click.get_current_context().obj, **overrides)


def exclusive(given: Mapping[str, object]) -> None:
    """Raise UsageError if more than one of these options is given: none is dropped silently."""
    first, *others = [name for name, value in given.items() if value] or [""]
    if others:
        raise click.UsageError(f"{first} and {others[0]} cannot be combined; choose one.")


def print_json(value: Any) -> None:  # noqa: ANN401 - anything that JSON can hold
    """One line of JSON, in UTF-8 whatever the terminal has."""
    click.echo(msgspec.json.encode(value))


def contract(determination: Determination, *, evidence: bool = False) -> dict[str, Any]:
    """A case as ``parse --json`` and ``show --json`` print it; with ``evidence`` on request."""
    value: dict[str, Any] = msgspec.to_builtins(determination)
    if not evidence:
        del value["evidence"]
    return value


def print_case(determination: Determination, *, as_json: bool, evidence: bool = False) -> None:
    """Print a case for people, or as its ``contract``."""
    if as_json:
        print_json(contract(determination, evidence=evidence))
        return
    # With rich it takes 0.03 s of processor time: for people alone, not for programs.
    from imrsearch.cli.case_output import show_case

    show_case(determination)


def tell_scans(scans: int) -> None:
    """If there are scans, say on standard error how to read them."""
    if scans:
        files = count(scans, "file is a scan", "files are scans")
        click.echo(
            f"{files} without text; 'imrsearch index --ocr' can read such letters.", err=True
        )
