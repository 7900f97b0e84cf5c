"""Search engines behind one protocol (``base``); only their own packages import their libraries."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from imrsearch.errors import SettingsError

if TYPE_CHECKING:
    from imrsearch.engines.base import Engine

_MODULES = {
    "whoosh": "imrsearch.engines.whoosh.engine",
    "tantivy": "imrsearch.engines.tantivy.engine",
}

NAMES = tuple(_MODULES)
"""The names of all engines."""


def engine(name: str) -> Engine:
    """The engine of that name, whose library is imported here. Raises SettingsError if unknown."""
    if name not in _MODULES:
        raise SettingsError(
            f"There is no search engine named {name!r}.", f"Choose one of: {', '.join(NAMES)}."
        )
    found: Engine = import_module(_MODULES[name]).ENGINE
    return found
