"""The command line as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from imrsearch.cli import cli
from imrsearch.system.settings import Settings
from tests.letters.forms import credentials_letter, issue

Run = Callable[..., Result]

INDEX = ("index", "--jobs", "1")
"""In this process: starting others takes longer than reading a letter."""
LETTER = credentials_letter(issue("Cane: Overturned", "It helps."))


@pytest.fixture
def run(settings: Settings) -> Run:
    """Runs a command over an empty index folder of the test's own."""
    return lambda *words: CliRunner().invoke(
        cli, ["--index", str(settings.index), *map(str, words)], catch_exceptions=False
    )


@pytest.fixture
def ask(sample_index: Settings) -> Run:
    """Runs a command over the samples' index."""
    return lambda *words: CliRunner().invoke(
        cli, ["--index", str(sample_index.index), *map(str, words)], catch_exceptions=False
    )


@pytest.fixture
def ids(run: Run, tmp_path: Path) -> list[str]:
    """The ids of two builds, the newest first."""
    for case in ("CM16-0000901", "CM16-0000902"):
        (tmp_path / f"{case}.txt").write_text(LETTER.replace("CM16-0000901", case))
        run(*INDEX, tmp_path / f"{case}.txt")
    return [row["id"] for row in json.loads(run("builds", "--json").output)]
