"""What the pages are made from: one index folder's collection and search, opened when needed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import cast

from flask import current_app

from imrsearch.builds.publishing import Build, Builds
from imrsearch.collection.store import Collection
from imrsearch.model import Determination
from imrsearch.search.service import SearchService
from imrsearch.settings import Settings
from imrsearch.web.middleware.turns import Busy
from imrsearch.web.time_budget import BuildsInTime

_CASES_AT_ONCE = 500


class Library:
    """The collection and the search of one index folder.

    Each part is opened by the first request that needs it and stays open; where nothing is
    indexed yet, NotIndexed is raised and the next request tries again.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._cautioned: tuple[str, dict[str, tuple[str, ...]]] = ("", {})
        self._counting = threading.Lock()

    @cached_property
    def collection(self) -> Collection:
        """The letters as read."""
        return Collection.open(self.settings.place)

    @cached_property
    def service(self) -> SearchService:
        """The search over the current build."""
        builds = BuildsInTime(self._builds, self.settings.search_seconds)
        return SearchService(self.collection, builds, self.settings)

    @cached_property
    def _builds(self) -> Builds:
        return Builds(self.settings)

    @property
    def build(self) -> Build:
        """The build that is searched. Raises NotIndexed or DamagedBuild."""
        return self._builds.current()

    def cautioned(self) -> dict[str, tuple[str, ...]]:
        """The cases that each warning code occurs in, counted once for each build.

        Raises Busy for those who ask meanwhile: a million letters take a while.
        """
        if not self._counting.acquire(timeout=self.settings.search_seconds):
            raise Busy
        try:
            build = self.build.id
            if self._cautioned[0] != build:
                self._cautioned = (build, _cautioned(self._determinations()))
            return self._cautioned[1]
        finally:
            self._counting.release()

    def _determinations(self) -> Iterator[Determination]:
        """The determinations that have warnings, without the letters' texts, some at a time."""
        cases = self.collection.case_ids(least_warnings=1)
        for start in range(0, len(cases), _CASES_AT_ONCE):
            yield from self.collection.determinations(
                cases[start : start + _CASES_AT_ONCE]
            ).values()


def _cautioned(determinations: Iterable[Determination]) -> dict[str, tuple[str, ...]]:
    cases: dict[str, list[str]] = {}
    for determination in determinations:
        for code in {caution.code for caution in determination.warnings}:
            cases.setdefault(code, []).append(determination.case_id)
    return {code: tuple(sorted(some)) for code, some in sorted(cases.items())}


def library() -> Library:
    """The current application's holdings."""
    return cast(Library, current_app.extensions["imrsearch"])
