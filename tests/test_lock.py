"""The locks hold the pins of constraints.txt, each with hashes, and all that is depended on."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
_PIN = re.compile(r"^([\w.-]+)==([\w.]+)((?: \\\n +--hash=sha256:[0-9a-f]{64})*)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    return {normal(name): version for name, version, _ in _PIN.findall(text)}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_of_a_lock_is_ours_and_has_hashes(name: str) -> None:
    """If this fails: ``make lock``."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert pins(text).items() <= pins(CONSTRAINTS).items()
    assert [pin for pin, _, hashes in _PIN.findall(text) if not hashes] == []
    if "dev" in name:
        assert pins(text) == pins(CONSTRAINTS)


def test_what_the_project_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {normal(re.match(r"[\w.-]+", one)[0]) for one in project["dependencies"]}  # type: ignore[index]
    assert needed <= pins((ROOT / "requirements.lock").read_text(encoding="utf-8")).keys()


def test_each_package_that_runs_is_told_with_its_version() -> None:
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    locked = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    missing = [
        name
        for name, version in locked.items()
        if version not in told or name not in told.replace("_", "-")
    ]
    assert missing == []
