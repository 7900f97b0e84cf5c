"""Opens the whole collection, for modules that rarely need it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imrsearch.storage.collection.store import Collection


def open_collection(place: Path | str) -> Collection:
    """The collection of an index folder or database. Raises as ``Collection.open`` does."""
    # SQLAlchemy, behind it, takes half as long to load as a search from the shell: 0.16 s.
    from imrsearch.storage.collection.store import Collection

    return Collection.open(place)
