"""Where an index is: a folder and, with a collection on PostgreSQL, a database."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from imrsearch.engines import EMBEDDED, NAMES, engine
from imrsearch.storage.builds import index_folder
from imrsearch.storage.builds.index_folder import COPY, current_name, id_of, path_of
from imrsearch.storage.collection.reader import (
    INCOMING,
    SIDE_FILES,
    CollectionReader,
    StoredLetters,
)
from imrsearch.system.disk import to_disk
from imrsearch.system.errors import NotIndexed, ServerUnavailable
from imrsearch.system.settings import Settings, load_settings

if TYPE_CHECKING:
    from imrsearch.storage.builds.shared import Leftover, SharedBuilds

_log = logging.getLogger("imrsearch")

_MADE_BY = "engine.name"
"""The file in a build that names an engine whose documents are elsewhere, before it writes any."""

Where = Path | Settings
"""An index: all settings, or just a folder, which is then not a copy of a database."""


class IndexPlace:
    """The builds of one index."""

    def __init__(self, where: Where) -> None:
        if isinstance(where, Path):
            where = replace(load_settings(), index=where, collection="")
        self.settings = where
        # A copy has a separate folder: what its database does not know is removed from it.
        self.folder = where.index / COPY if where.collection else where.index

    @cached_property
    def shared(self) -> SharedBuilds | None:
        """The builds in the database that the folder is a copy of, if it is one."""
        if not self.settings.collection:
            return None
        # SQLAlchemy, behind it, takes half as long to load as a search from the shell: 0.12 s.
        from imrsearch.storage.builds.shared import SharedBuilds

        return SharedBuilds(self.folder, self.settings.collection)

    # ---------------------------------------------------------------------------------- reading

    def letters(self) -> StoredLetters:
        """The letters as read, by what loads soonest. Raises NotIndexed, CollectionTooNew,
        DamagedCollection; ServerUnavailable."""
        return self.shared.letters() if self.shared else CollectionReader(self.folder)

    def refresh(self) -> None:
        """If the folder is a copy, update it with the current build."""
        if self.shared:
            known = current_name(self.folder)
            current = self.shared.current()
            if current and path_of(self.folder, current).name != known:
                self.shared.pull(older=False)

    def refresh_all(self) -> None:
        """Like ``refresh``, including the older builds that are kept."""
        if self.shared:
            self.shared.pull(older=True)

    # ---------------------------------------------------------------------------------- writing

    def announce(self, build: Path, engine_name: str) -> str:
        """Record that an engine is about to make a build; returns the build's label."""
        label = f"{id_of(build)}-{os.urandom(4).hex()}"
        if engine_name not in EMBEDDED:
            (build / _MADE_BY).write_text(engine_name)
            to_disk(build / _MADE_BY)
            to_disk(build)
        if self.shared:
            self.shared.announce(id_of(build), engine_name, label)
        return label

    def point_back(self, build: Path, note: bytes | None) -> None:
        """Make an earlier build current, with the note of this rollback."""
        if self.shared:
            self.shared.point_to(id_of(build), note)
            self.shared.pull(older=True)
            return
        if note is not None:
            index_folder.write_note(self.folder, note)
        index_folder.point_to(self.folder, build)
        to_disk(self.folder)

    def discard(self, build: Path) -> None:
        """Remove a build that was not published; what cannot be removed now is left to a later
        run."""
        if self.shared is None:
            self._remove(build)
            return
        with suppress(ServerUnavailable):
            self._clear(self.shared.retire(id_of(build), published=False))

    def remove(self, build: Path) -> None:
        """Remove a build that is no longer needed."""
        if self.shared is None:
            self._remove(build)
        else:
            self._clear(self.shared.retire(id_of(build), published=True))

    def remove_leftovers(self) -> None:
        """Remove what an interrupted run left behind; the caller holds the lock."""
        for suffix in ("", *SIDE_FILES):  # of a restore or repair
            (self.folder / f"{INCOMING}{suffix}").unlink(missing_ok=True)
        for build in index_folder.remove_leftovers(self.folder):
            self._drop(build)
        for left in self.shared.leftovers() if self.shared else ():
            self._clear(left)

    def _remove(self, build: Path) -> None:
        self._drop(index_folder.set_aside(build))

    def _drop(self, build: Path) -> None:
        """Remove a build that was set aside, first what its engine keeps elsewhere."""
        with suppress(OSError):
            name = (build / _MADE_BY).read_text()
            if not self._forget(name, build, ""):
                return
        shutil.rmtree(build, ignore_errors=True)

    def _clear(self, left: Leftover | None) -> None:
        if left is None or self.shared is None:
            return
        build = path_of(self.folder, left.id)
        if self._forget(left.engine, build, left.label):
            shutil.rmtree(build, ignore_errors=True)
            self.shared.forget(left.id)

    def _forget(self, engine_name: str, build: Path, label: str) -> bool:
        """Let the engine remove what is outside of the build; whether nothing is left."""
        try:
            if engine_name in NAMES:
                engine(engine_name, self.settings).remove(build / "engine", label)
        except ServerUnavailable as error:
            _log.warning("%s A later run removes %s.", error.message, id_of(build))
            return False
        return True


@contextmanager
def lock(where: Where, *, together: bool = False) -> Iterator[None]:
    """Lock the index for writing; the same thread may lock it again.

    ``together``: other machines may lock it so too, until this one calls ``take_alone``. Creates
    the folder if it is missing and, if it is a copy, brings it up to date. Raises IndexBusy while
    another run holds the lock; NotWritten for disk errors, inside the block too; ServerUnavailable.
    """
    place = IndexPlace(where)
    with index_folder.lock_folder(place.folder):
        if place.shared is None:
            yield
            return
        with place.shared.lock(together=together):
            place.refresh_all()
            yield


def require_folder(where: Where) -> None:
    """Raises NotIndexed if there is no index folder: ``lock`` would create one. The copy of a
    database may be missing: ``lock`` fetches it."""
    place = IndexPlace(where)
    if not place.shared and not place.folder.is_dir():
        raise NotIndexed(f"There is no index folder {place.folder}.")


def take_alone(where: Where) -> None:
    """Hold alone a lock held together: wait for the other machines, then fetch what they
    published."""
    place = IndexPlace(where)
    if place.shared:
        place.shared.take_alone()
        place.refresh_all()
