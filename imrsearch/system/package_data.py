"""The project's own data files: in the package, or at the top of a checkout."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """The folder ``templates`` or ``static``: the wheel's copy, else the checkout's own."""
    packaged = PACKAGE / name
    return packaged if packaged.is_dir() else PACKAGE.parent / name


@cache
def load_toml(name: str) -> dict[str, Any]:
    """The catalogue's data file ``name``, such as ``"treatments.toml"``.

    Every caller gets the same tables: treat them as read-only.
    """
    return tomllib.loads(data_file(name).read_text(encoding="utf-8"))


def data_file(name: str) -> Path:
    """The catalogue's data file ``name``."""
    return PACKAGE / "catalogue" / "data" / name
