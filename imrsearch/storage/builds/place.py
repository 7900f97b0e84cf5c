"""Where an index is: a folder and, with a collection on PostgreSQL, a database."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from imrsearch.storage.builds.index_folder import IndexFolder
from imrsearch.system.errors import NotIndexed
from imrsearch.system.settings import Settings, load_settings

Where = Path | Settings
"""An index: all settings, or just a folder, which is then not a copy of a database."""


def place_of(where: Where) -> IndexFolder:
    """The index folder or, with a collection in a database, this machine's copy of the builds."""
    if isinstance(where, Path):
        where = replace(load_settings(), index=where, collection="")
    if not where.collection:
        return IndexFolder(where, where.index)
    # SQLAlchemy, behind it, takes half as long to load as a search from the shell: 0.12 s.
    from imrsearch.storage.builds.shared import SharedBuilds

    return SharedBuilds(where)


def lock(where: Where, *, together: bool = False) -> AbstractContextManager[None]:
    """Lock the index for writing; the same thread may lock it again.

    ``together``: other machines may lock it so too, until this one calls ``take_alone``. Creates
    the folder if it is missing and, if it is a copy, brings it up to date. Raises IndexBusy while
    another run holds the lock; NotWritten for disk errors, inside the block too; ServerUnavailable.
    """
    return place_of(where).lock(together=together)


def require_folder(where: Where) -> None:
    """Raises NotIndexed if there is no index folder: ``lock`` would create one. The copy of a
    database may be missing: ``lock`` fetches it."""
    place = place_of(where)
    if not place.settings.collection and not place.folder.is_dir():
        raise NotIndexed(f"There is no index folder {place.folder}.")
