"""What all tests keep to (that none reads a wall clock, ruff sees to: ``banned-api``)."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "tests").rglob("*.py"))
PATCHERS = {"setattr", "delattr", "patch", "object"}
"""``monkeypatch.setattr``, ``unittest.mock.patch`` and ``patch.object``."""
HIDDEN_FOLDERS = {".ci", "index"}
"""Folders that the README's map leaves out: what decides whether a change lands, and where the demo
puts its index."""
PROJECT_FILES = {
    *(".gitignore", "Makefile", "Containerfile", "pyproject.toml", "constraints.txt"),
    *("requirements.lock", "requirements-dev.lock"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
}


def private_patches(source: str) -> Iterator[str]:
    """Private names of other objects or modules that a test replaces."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
            if name in PATCHERS:
                texts = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
                patched = [one.rpartition(".")[2] for one in texts if isinstance(one, str)]
                yield from filter(_is_private, patched)
        elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            own = ast.unparse(node.value) in ("self", "cls")
            yield from [node.attr] * (_is_private(node.attr) and not own)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_private_name_is_patched(path: Path) -> None:
    """A constructor's argument or a public name can say the same, and outlives a change inside."""
    assert list(private_patches(path.read_text(encoding="utf-8"))) == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no checkout")
def test_the_top_level_holds_what_the_readme_tells_and_the_files_of_a_project() -> None:
    """What a run leaves behind by mistake would be committed with the rest."""
    command = ["git", "-C", str(ROOT), "ls-files"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {path.partition("/")[0] for path in listed if "/" in path}
    assert {name for name in folders if f"\n{name}/" not in readme} == HIDDEN_FOLDERS
    assert {path for path in listed if "/" not in path} == PROJECT_FILES


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param('monkeypatch.setattr(files, "_NAMES", 3)', ["_NAMES"], id="a name"),
        pytest.param('patch.setattr("package.files._NAMES", 3)', ["_NAMES"], id="a dotted name"),
        pytest.param('mock.patch.object(files, "_NAMES")', ["_NAMES"], id="unittest's"),
        pytest.param('setattr(files, "_NAMES", 3)', ["_NAMES"], id="the built-in function"),
        pytest.param("files._NAMES = 3", ["_NAMES"], id="assigned"),
        pytest.param("del files._NAMES", ["_NAMES"], id="deleted"),
        pytest.param("self._names = 3", [], id="an attribute of one's own"),
        pytest.param('monkeypatch.setattr(files, "NAMES", 3)', [], id="a public name"),
        pytest.param('monkeypatch.setattr(Path, "__init__", init)', [], id="Python's own protocol"),
    ],
)
def test_what_counts_as_a_patch(line: str, found: list[str]) -> None:
    assert list(private_patches(line)) == found


ACROSS_MODULES = {
    "cli": {"commands"},
    "engines": {"contract", "phrases"},
    "indexing": {"together"},
    "letters": {"by_hand", "golden", "robustness", "survival"},
    "search": {"agreement", "disputed", "spellings"},
    "web": {
        "accessibility",
        "browser",
        "disputed",
        "docs",
        "every_page",
        "feature_table",
        "features",
        "forms",
        "hostile",
        "kit_journey",
        "originals",
        "sources",
        "style",
        "wordings",
    },
}
"""Tests of what several modules of a room do together."""


@pytest.mark.parametrize(
    "room", sorted((ROOT / "imrsearch").glob("*/")), ids=lambda room: room.name
)
def test_files_are_named_as_the_modules_they_test(room: Path) -> None:
    tests = (ROOT / "tests" / room.name).rglob("test_*.py")
    tested = {path.stem.removeprefix("test_") for path in tests}
    modules = {room.name, *(path.stem for path in room.rglob("*.py"))}
    assert tested - modules == ACROSS_MODULES.get(room.name, set())


def test_every_constant_is_used() -> None:
    """ruff finds unused names of functions and imports, and not those of modules."""
    folders = ("imrsearch", "tests", "benchmarks")
    sources = {
        path: path.read_text() for folder in folders for path in (ROOT / folder).rglob("*.py")
    }
    told = Counter(word for source in sources.values() for word in re.findall(r"\w+", source))
    constant = re.compile(r"^([A-Z][A-Z0-9_]+)\b(?:: [^=\n]+)? = ", re.MULTILINE)
    unused = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, source in sources.items()
        for name in constant.findall(source)
        if told[name] == 1
    ]
    assert not unused
