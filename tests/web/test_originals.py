"""The original file is handed out only while it is the one that was read."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from imrsearch.indexing.pipeline import index_paths
from imrsearch.system.settings import Settings
from imrsearch.web import create_app
from tests.conftest import SAMPLES

CASE = "CM16-0000105"


def _link_elsewhere(letter: Path) -> None:
    letter.unlink()
    letter.symlink_to("/etc/passwd")


def _pipe(letter: Path) -> None:
    letter.unlink()
    os.mkfifo(letter)


def _folder(letter: Path) -> None:
    letter.unlink()
    letter.mkdir()


def _device(letter: Path) -> None:
    letter.unlink()
    letter.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    "change",
    [Path.unlink, _link_elsewhere, _pipe, _folder, _device, lambda letter: letter.write_text("x")],
    ids=["gone", "link elsewhere", "pipe", "folder", "device", "other bytes"],
)
def test_another_file_in_its_place_is_not_handed_out(
    site: Settings, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    letter = tmp_path / f"{CASE}.txt"
    letter.write_bytes((SAMPLES / letter.name).read_bytes())
    own = replace(site, index=tmp_path / "index")
    index_paths(own, [letter], jobs=1)
    client = create_app(own).test_client()
    assert client.get(f"/case/{CASE}/original").data == letter.read_bytes()
    change(letter)
    answer = client.get(f"/case/{CASE}/original")
    assert answer.status_code == 404
    assert str(tmp_path) not in answer.text
    assert "root:" not in answer.text


def test_it_is_saved_under_a_harmless_name(site: Settings, tmp_path: Path) -> None:
    letter = tmp_path / 'x" onload="y; z.txt'
    letter.write_bytes((SAMPLES / f"{CASE}.txt").read_bytes())
    own = replace(site, index=tmp_path / "index")
    index_paths(own, [letter], jobs=1)
    answer = create_app(own).test_client().get(f"/case/{CASE}/original")
    assert answer.status_code == 200
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="x_ onload__y_ z.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
