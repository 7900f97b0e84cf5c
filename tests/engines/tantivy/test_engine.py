"""The engine's own folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from imrsearch.engines.tantivy.engine import TantivyEngine
from imrsearch.system.errors import SettingsError
from imrsearch.system.settings import load_settings


def test_a_folder_whose_name_is_no_text_is_told(tmp_path: Path) -> None:
    """Tantivy takes names as UTF-8 alone; the system takes any bytes."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/build\xff"))
    folder.mkdir()
    with pytest.raises(SettingsError, match="is not UTF-8"):
        TantivyEngine(load_settings({})).create(folder, [])
