"""The README names what there is: every command, every room of the package."""

from __future__ import annotations

import click
import pytest

from imrsearch.cli import cli
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", cli.list_commands(click.Context(cli)))
def test_every_command_has_a_row(command: str) -> None:
    assert f"| `imrsearch {command}" in README


def test_every_room_is_on_the_map() -> None:
    rooms = {
        path.name for path in (ROOT / "imrsearch").iterdir() if (path / "__init__.py").exists()
    }
    assert {room for room in rooms if f"\n  {room}/ " not in README} == set()
