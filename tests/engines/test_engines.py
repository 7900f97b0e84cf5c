"""The register of engines, and what is particular to one of them."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imrsearch.engines import NAMES, engine
from imrsearch.engines.whoosh_engine import ENGINE
from imrsearch.errors import SettingsError
from imrsearch.resources import PACKAGE
from tests.engines.corpus import CORPUS


@pytest.mark.parametrize("name", NAMES)
def test_registered_by_its_own_name(name: str) -> None:
    assert engine(name).name == name


def test_unknown_engine_is_named() -> None:
    with pytest.raises(SettingsError, match="sphinx"):
        engine("sphinx")


@pytest.mark.parametrize("name", NAMES)
def test_library_is_imported_by_its_own_modules_only(name: str) -> None:
    importing = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if re.search(rf"^\s*(?:from|import) {name}\b", path.read_text(encoding="utf-8"), re.M)
    }
    assert f"{name}_engine.py" in importing
    assert all(one.startswith(f"{name}_") for one in importing)


@pytest.mark.parametrize("name", NAMES)
def test_library_is_not_imported_before_it_is_used(name: str) -> None:
    code = f"import sys, imrsearch.builds; sys.exit({name!r} in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_index_that_nobody_holds_lets_go_of_its_files(tmp_path: Path) -> None:
    ENGINE.create(tmp_path, CORPUS)
    index = ENGINE.open(tmp_path)
    reader = index._words._reader
    del index
    gc.collect()
    assert reader.is_closed
