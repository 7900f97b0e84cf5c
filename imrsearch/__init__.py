"""imrsearch: search over California Independent Medical Review determinations.

::

    import imrsearch

    imrsearch.index_letters("letters/", "index")
    with imrsearch.open_index("index") as index:
        for row in index.search("chiropractic", decision="overturned").rows:
            print(row.case_id, row.service, row.decision_label)

``docs/api.md`` shows more. Each name loads its part of the package when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imrsearch.api.index import Index, open_index
    from imrsearch.api.indexing import index_letters
    from imrsearch.api.letters import parse_letter, read_letters
    from imrsearch.model import Determination, Issue
    from imrsearch.search.results import SearchResult
    from imrsearch.search.state import SearchState
    from imrsearch.system.errors import ImrsearchError
    from imrsearch.system.settings import Settings, load_settings

__version__ = "0.1.0"

__all__ = [
    "Determination",
    "ImrsearchError",
    "Index",
    "Issue",
    "SearchResult",
    "SearchState",
    "Settings",
    "index_letters",
    "load_settings",
    "open_index",
    "parse_letter",
    "read_letters",
]

_MODULES = {
    "Determination": "model",
    "ImrsearchError": "system.errors",
    "Index": "api.index",
    "Issue": "model",
    "SearchResult": "search.results",
    "SearchState": "search.state",
    "Settings": "system.settings",
    "index_letters": "api.indexing",
    "load_settings": "system.settings",
    "open_index": "api.index",
    "parse_letter": "api.letters",
    "read_letters": "api.letters",
}


if not TYPE_CHECKING:  # which would take any name for one that is here

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module 'imrsearch' has no attribute {name!r}")
        return getattr(import_module(f"imrsearch.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
