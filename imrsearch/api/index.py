"""An index folder, open for everything: reading, searching, and kits of pasted texts."""

from __future__ import annotations

from pathlib import Path

from imrsearch.api.searching import Searching
from imrsearch.search.kit.kit import Kit, KitMaker
from imrsearch.system.settings import load_settings


def open_index(folder: str | Path | None = None, **settings: int | str) -> Index:
    """Open an index folder, by default the one that ``IMRSEARCH_INDEX`` names.

    ``settings`` are those of ``docs/settings.md``: ``open_index("index", max_export=50_000)``.
    Raises NotIndexed, CollectionTooNew, DamagedCollection, SettingsError.
    """
    index = None if folder is None else str(folder)
    return Index(load_settings(None, index=index, **settings))


class Index(Searching):
    """The letters of an index folder and the search over them. For one thread: open one in each.

    Close it, or use it in a ``with`` statement.
    """

    def kit(self, text: str) -> Kit:
        """The requests of a pasted denial, form or report, each with precedents of both sides.

        ``kit_json`` of ``imrsearch.search.kit.kit`` makes the object of ``imrsearch like --json``.
        """
        return KitMaker(self._letters, self._builds, self.settings).kit(text)
