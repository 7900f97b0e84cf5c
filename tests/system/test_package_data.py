"""Data files are found in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.system import package_data
from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["templates", "static"])
def test_a_checkout_has_its_folders_at_the_top(name: str) -> None:
    assert package_data.folder(name) == ROOT / name
    assert package_data.folder(name).is_dir()


def test_a_wheel_has_its_folders_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_data, "PACKAGE", tmp_path / "imrsearch")
    (tmp_path / "templates").mkdir()  # of another project
    (tmp_path / "imrsearch" / "templates").mkdir(parents=True)
    assert package_data.folder("templates") == tmp_path / "imrsearch" / "templates"


def test_a_table_is_read_once_and_as_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_data, "PACKAGE", tmp_path)
    file = package_data.data_file("invented.toml")
    assert file == tmp_path / "catalogue" / "data" / "invented.toml"
    file.parent.mkdir(parents=True)
    file.write_text('word = "§ naïve"', encoding="utf-8")
    found = package_data.load_toml("invented.toml")
    assert found == {"word": "§ naïve"}
    file.unlink()
    assert package_data.load_toml("invented.toml") is found
