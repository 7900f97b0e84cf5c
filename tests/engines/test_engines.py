"""The register of engines, and what is particular to one of them."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from pathlib import Path

import pytest

from imrsearch.engines import NAMES, engine
from imrsearch.engines.whoosh_engine import WhooshEngine
from imrsearch.errors import SettingsError
from imrsearch.resources import PACKAGE
from tests.engines.corpus import CORPUS


@pytest.mark.parametrize("name", NAMES)
def test_registered_by_its_own_name(name: str) -> None:
    assert engine(name).name == name


def test_unknown_engine_is_named() -> None:
    with pytest.raises(SettingsError, match="sphinx"):
        engine("sphinx")


def test_whoosh_is_imported_in_one_module_only() -> None:
    importing = {
        path.name
        for path in PACKAGE.rglob("*.py")
        if re.search(r"^\s*(?:from|import) whoosh\b", path.read_text(encoding="utf-8"), re.M)
    }
    assert importing == {"whoosh_engine.py"}


def test_whoosh_is_not_imported_before_it_is_used() -> None:
    code = "import sys, imrsearch.builds; sys.exit('whoosh' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_index_that_nobody_holds_lets_go_of_its_files(tmp_path: Path) -> None:
    WhooshEngine().create(tmp_path, CORPUS)
    index = WhooshEngine().open(tmp_path)
    reader = index._words._reader
    del index
    gc.collect()
    assert reader.is_closed
