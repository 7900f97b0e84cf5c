"""Help, errors and exit codes of every command."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from imrsearch.cli import _COMMANDS, cli
from imrsearch.system.settings import Settings
from tests.cli.conftest import Run


def test_help_names_every_command() -> None:
    output = CliRunner().invoke(cli, ["--help"]).output
    for name in _COMMANDS:
        assert f"\n  {name} " in output


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_s_help_has_an_example(name: str) -> None:
    output = CliRunner().invoke(cli, [name, "--help"]).output
    assert f"Example: imrsearch {name}" in " ".join(output.split())


def test_an_unknown_command_is_wrong_usage(run: Run) -> None:
    assert run("seach", "x").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [("search", "x"), ("show", "CM16-0000001"), ("stats",), ("reindex",), ("serve",)],
    ids=lambda words: words[0],
)
def test_nothing_indexed_is_one_line_with_what_to_do(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 3
    assert result.output.count("\n") == 1
    assert "imrsearch index PATH" in result.output


def test_a_bad_setting_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMRSEARCH_MAX_PAGES", "many")
    result = run("parse", "x.txt")
    assert result.exit_code == 2
    assert "IMRSEARCH_MAX_PAGES" in result.output


def test_the_index_folder_by_environment_or_either_place(
    sample_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(sample_index.index)
    assert CliRunner().invoke(cli, ["stats", "--index", folder]).exit_code == 0
    monkeypatch.setenv("IMRSEARCH_INDEX", folder)
    assert CliRunner().invoke(cli, ["stats"]).exit_code == 0


HEAVY = {"whoosh", "nltk", "sqlalchemy", "flask", "rich", "numpy", "pypdfium2"}
"""Libraries that take long to import: only where they are used."""


def imported(*words: str) -> set[str]:
    """What a command imports, by the names of packages and modules."""
    code = "import sys; from imrsearch.cli import cli; cli(standalone_mode=False)"
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; print(); print(*sys.modules)", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.splitlines()[-1].split())


def test_help_loads_little() -> None:
    assert not HEAVY & imported("--help")


def test_a_search_loads_what_it_needs(sample_index: Settings) -> None:
    """Neither what reads letters nor what writes the collection is needed for one page."""
    found = imported("--index", str(sample_index.index), "search", "chronic pain")
    assert {"whoosh", "numpy"} <= found
    assert not found & {"sqlalchemy", "flask", "pypdfium2", "rapidfuzz", "pebble"}
    assert not {name for name in found if name.startswith("imrsearch.letters.")}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("search", "--json", "--csv", "x"), "--json and --export or --csv"),
        (("search", "--json", "--columns", "case_id"), "--json and --columns"),
        (("search", "--columns", "", "x"), "--columns needs names"),
        (("search", "--body", "", "x"), "--body needs a value"),
        (("facets", "body", "--not", "body", " "), "--not body needs a value"),
        (("facets", "--decision", "upheld"), "imrsearch facets NAME"),
        (("facets", "--mentions"), "imrsearch facets NAME"),
        (("parse", "--evidence", "x.txt"), "--evidence needs --json"),
        (("parse", "--text", "--json", "x.txt"), "--json and --text"),
        (("reasons", "--json", "--csv", "x"), "--json and --csv"),
        (("cite", "--as", "ris", "--json", "CM16-0000101#1"), "--json and --as"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_no_option_is_dropped_silently(ask: Run, words: tuple[str, ...], message: str) -> None:
    result = ask(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_facets_as_json(ask: Run) -> None:
    assert {"name": "decision", "title": "Decision"} in json.loads(ask("facets", "--json").stdout)
