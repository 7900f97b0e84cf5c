"""The command line as a person types it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from imrsearch.cli import cli
from imrsearch.settings import Settings

Run = Callable[..., Result]


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
