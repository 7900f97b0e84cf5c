"""A wheel installed elsewhere serves the same pages and is the documented library."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from imrsearch.system.settings import Settings
from tests.conftest import ROOT

_SERVE = """
import imrsearch, sys
from imrsearch.system.settings import load_settings
from imrsearch.web.app import create_app
client = create_app(load_settings({}, index=sys.argv[1])).test_client()
print(imrsearch.__file__)
for path in ("/", "/search?q=chiropractic", "/case/CM16-0000101", "/static/style.css"):
    print(path, client.get(path).status_code)
"""


def build_wheel(folder: Path) -> Path:
    """A wheel of the project as it is."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--disable-pip-version-check", "-w", str(folder), str(ROOT)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1764374400"}
    subprocess.run(command, check=True, timeout=300, env=environment)
    (wheel,) = folder.glob("imrsearch-*.whl")
    return wheel


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as an installation lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = build_wheel(folder)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_everything_is_packed(unpacked: Path) -> None:
    for folder in ("templates", "static"):
        packed = {path.name for path in (unpacked / "imrsearch" / folder).rglob("*.*")}
        assert packed == {path.name for path in (ROOT / folder).rglob("*.*")}
    assert (unpacked / "imrsearch" / "py.typed").is_file()
    data = {path.relative_to(unpacked) for path in unpacked.rglob("*.toml")}
    assert data == {path.relative_to(ROOT) for path in (ROOT / "imrsearch").rglob("*.toml")}


def test_the_same_source_gives_the_same_bytes(unpacked: Path, tmp_path: Path) -> None:
    (first,) = unpacked.parent.glob("imrsearch-*.whl")
    assert build_wheel(tmp_path).read_bytes() == first.read_bytes()


def test_it_serves_from_elsewhere(unpacked: Path, sample_index: Settings, tmp_path: Path) -> None:
    output = subprocess.run(
        [sys.executable, "-c", _SERVE, str(sample_index.index)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert output[0].startswith(str(unpacked))
    assert [line.rsplit(" ", 1)[1] for line in output[1:]] == ["200"] * 4


def test_the_documented_session_works_from_elsewhere(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    session = ROOT / "docs" / "api.md"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "doctest", str(session)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "index").is_dir()
