"""What ``import imrsearch`` offers, and what it costs."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import imrsearch
from tests.conftest import ROOT


@pytest.mark.parametrize("name", imrsearch.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert getattr(imrsearch, name).__doc__
    assert name in dir(imrsearch)


def test_every_name_is_documented() -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    assert [name for name in imrsearch.__all__ if not re.search(rf"`{name}\b", page)] == []


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        imrsearch.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_importing_loads_nothing() -> None:
    code = "import imrsearch, sys; print(*(m for m in sys.modules if m.startswith('imrsearch')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert loaded.stdout.split() == [b"imrsearch"]


def test_showing_a_case_loads_no_search() -> None:
    code = "import imrsearch.cli.show, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    heavy = {b"imrsearch.search", b"imrsearch.storage.builds.reading", b"numpy", b"sqlalchemy"}
    assert not heavy & set(loaded.stdout.split())
