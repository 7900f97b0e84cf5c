"""Search engines behind one protocol (``base``); only their own packages import their libraries."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from imrsearch.system.errors import MissingExtra, SettingsError
from imrsearch.system.settings import load_settings

if TYPE_CHECKING:
    from imrsearch.engines.base import Engine
    from imrsearch.system.settings import Settings

_ENGINE_MODULES = {
    "whoosh": "imrsearch.engines.whoosh.engine",
    "tantivy": "imrsearch.engines.tantivy.engine",
    "opensearch": "imrsearch.engines.opensearch.engine",
}

NAMES = tuple(_ENGINE_MODULES)
"""The names of all engines."""

EMBEDDED = ("whoosh", "tantivy")
"""Those whose whole index is in their folder."""


def engine(name: str, settings: Settings | None = None) -> Engine:
    """The engine of that name, whose library is imported here.

    ``settings``: those in force, by default those of the environment; an embedded engine needs
    none. Raises SettingsError if the name is unknown, MissingExtra if its library is missing.
    """
    if name not in _ENGINE_MODULES:
        raise SettingsError(
            f"There is no search engine named {name!r}.", f"Choose one of: {', '.join(NAMES)}."
        )
    try:
        module = import_module(_ENGINE_MODULES[name])
    except ModuleNotFoundError as error:
        if name in EMBEDDED:
            raise
        raise MissingExtra(f"The engine {name}", "cluster") from error
    found: Engine = module.ENGINE(settings or load_settings())
    return found
