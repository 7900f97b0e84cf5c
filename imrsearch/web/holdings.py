"""What the pages are made from: one index folder's collection and search, opened when needed."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from flask import current_app

from imrsearch.builds import Build, Builds
from imrsearch.collection import Collection
from imrsearch.search.service import SearchService
from imrsearch.settings import Settings


class Holdings:
    """The collection and the search of one index folder.

    Each part is opened by the first request that needs it and stays open; where nothing is
    indexed yet, NotIndexed is raised and the next request tries again.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def collection(self) -> Collection:
        """The letters as read."""
        return Collection.open(self.settings.index)

    @cached_property
    def service(self) -> SearchService:
        """The search over the current build."""
        return SearchService(self.collection, self._builds, self.settings)

    @cached_property
    def _builds(self) -> Builds:
        return Builds(self.settings.index)

    @property
    def build(self) -> Build:
        """The build that is searched. Raises NotIndexed or DamagedBuild."""
        return self._builds.current()


def holdings() -> Holdings:
    """The current application's holdings."""
    return cast(Holdings, current_app.extensions["imrsearch"])
