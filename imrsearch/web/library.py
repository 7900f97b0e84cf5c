"""The data behind the pages: one index folder's collection and search, opened on demand."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import cast

from flask import current_app

from imrsearch.search.kit.kit import KitMaker
from imrsearch.search.service import SearchService
from imrsearch.storage.builds.reading import Build, Builds
from imrsearch.storage.builds.rollback import made_from
from imrsearch.storage.collection.originals import originals_of
from imrsearch.storage.collection.reader import file_of
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings
from imrsearch.web.time_budget import IndexInTime

_REPLACED = (
    "The collection has been replaced since build {} was made of it. Some letters may not be shown "
    "until 'imrsearch reindex' has run."
)


class _BuildsOfCollection:
    """The builds of a folder, whose counts have so many ``seconds`` in each request; a build made
    from another collection gets a note."""

    def __init__(self, builds: Builds, collection: Collection, seconds: float) -> None:
        self._builds = builds
        self._collection = collection
        self._seconds = seconds
        self._known: tuple[str, bool] = ("", True)

    def current(self) -> Build:
        """As ``Builds.current``."""
        build = self.noted(self._builds.current())
        return replace(build, index=IndexInTime(build.index, self._seconds))

    def noted(self, build: Build) -> Build:
        """The build, with a note if it was made from another collection."""
        if self._known[0] != build.id:
            self._known = (build.id, self._collection.has_been(made_from(build.manifest)))
        if self._known[1]:
            return build
        told = " ".join(filter(None, (build.note, _REPLACED.format(build.id))))
        return replace(build, note=told)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The open parts of one collection; ``file``: see ``_file_behind``."""

    file: tuple[int, int] | None
    collection: Collection
    builds: _BuildsOfCollection
    service: SearchService
    kit_maker: KitMaker

    @classmethod
    def open(cls, settings: Settings, file: tuple[int, int] | None, builds: Builds) -> _Shelf:
        collection = Collection.open(settings.place)
        own = _BuildsOfCollection(builds, collection, settings.search_seconds)
        service = SearchService(collection, own, settings)
        return cls(file, collection, own, service, KitMaker(collection, own, settings))


class Library:
    """The collection and the search of one index folder.

    Each part is opened by the first request that needs it and stays open until the collection's
    file is replaced by another, as ``imrsearch restore`` does. If nothing is indexed yet,
    NotIndexed is raised, and the next request tries again.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._opening = threading.Lock()
        self._builds = Builds(settings, watched=True)
        self._shelf: _Shelf | None = None

    @property
    def collection(self) -> Collection:
        """The letters as read."""
        return self._current_shelf().collection

    @property
    def service(self) -> SearchService:
        """The search over the current build."""
        return self._current_shelf().service

    @property
    def kit_maker(self) -> KitMaker:
        """Reads pasted texts over the current build."""
        return self._current_shelf().kit_maker

    @property
    def build(self) -> Build:
        """The build that is searched; its note says so if the collection has been replaced since
        it was made. Raises NotIndexed, DamagedBuild, DamagedCollection."""
        build = self._builds.current()
        return self._current_shelf().builds.noted(build)

    @property
    def checked(self) -> tuple[int, int] | None:
        """How many bytes of the current build were compared with its manifest, and the total."""
        return self._builds.checked

    def close(self) -> None:
        """Close the collection's connections and the build when the application ends; a later
        request opens them again."""
        with self._opening:
            shelf, self._shelf = self._shelf, None
        if shelf:
            shelf.collection.close()
        self._builds.close()

    def original(self, case_id: str) -> bytes:
        """The file that a case was read from: the stored copy, else the file in its original
        place. Raises NotFound."""
        collection, settings = self.collection, self.settings
        copies = originals_of(settings.originals, collection.database)
        copy = copies.read(collection.letter(case_id).sha256)
        if copy is not None:
            return copy
        return collection.original(case_id, settings.max_file_mb << 20)

    def _current_shelf(self) -> _Shelf:
        """The open parts, reopened if the collection's file has been replaced."""
        file = _file_behind(self.settings)
        shelf = self._shelf
        if shelf is None or shelf.file != file:
            with self._opening:
                shelf = self._shelf
                if shelf is None or shelf.file != file:
                    self._shelf = _Shelf.open(self.settings, file, self._builds)
                    if shelf:  # code that reads from it keeps the connection until it is done
                        shelf.collection.close()
                    return self._shelf
        return shelf


def _file_behind(settings: Settings) -> tuple[int, int] | None:
    """Device and number of the collection's file; ``None`` for a database. Raises NotIndexed."""
    if settings.collection:
        return None
    status = file_of(settings.index).stat()
    return status.st_dev, status.st_ino


def library() -> Library:
    """The current application's library."""
    return cast(Library, current_app.extensions["imrsearch"])
