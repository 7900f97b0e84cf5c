"""The unit files and the container file of the operations guide."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from imrsearch.system.settings import SETTINGS
from tests.conftest import ROOT
from tests.reliability.test_backup import GUIDE, block

UNITS = (
    "imrsearch.service",
    "imrsearch-index.service",
    "imrsearch-index.timer",
    "imrsearch-verify.service",
    "imrsearch-verify.timer",
)
LOCKED = ("constraints.txt", "requirements.lock")
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")


def write_units(folder: Path) -> None:
    """The guide's units, with a command that is there."""
    command = Path(sys.executable).with_name("imrsearch")
    for name in UNITS:
        text = block(re.escape(name)).replace("/opt/imrsearch/.venv/bin/imrsearch", str(command))
        (folder / name).write_text(text)


@pytest.fixture
def systemd_analyze() -> str:
    found = shutil.which("systemd-analyze")
    if not found:
        pytest.skip("systemd-analyze is not at hand")
    return found


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong_with_a_unit(
    tmp_path: Path, systemd_analyze: str, name: str
) -> None:
    write_units(tmp_path)
    done = subprocess.run(
        [systemd_analyze, "verify", "--recursive-errors=no", tmp_path / name],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_a_service_may_do_little(tmp_path: Path, systemd_analyze: str, name: str) -> None:
    """systemd's own measure of exposure, from 0 to 10 (in tenths): below 2 is what it calls OK."""
    write_units(tmp_path)
    done = subprocess.run(
        [systemd_analyze, "security", "--offline=true", "--threshold=20", tmp_path / name],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_the_guide_names_settings_that_there_are() -> None:
    known = {row.variable for row in SETTINGS}
    assert set(re.findall(r"IMRSEARCH_[A-Z_]+", GUIDE + CONTAINER)) <= known


def test_the_container_holds_all_that_the_package_is_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = " ".join(re.findall(r"^COPY (?!--from)(.+) \S+$", CONTAINER, re.MULTILINE)).split()
    needed = {*wheel["packages"], *wheel["force-include"], project["project"]["readme"]}
    assert needed | {"pyproject.toml", "LICENSE", *LOCKED} == set(copied)
    assert all((ROOT / name).exists() for name in copied)


def test_the_container_runs_without_rights() -> None:
    lines = CONTAINER.splitlines()
    assert lines.index("USER imrsearch") < lines.index('CMD ["serve"]')
