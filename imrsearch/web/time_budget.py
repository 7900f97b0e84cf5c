"""A time budget for the counts that a page makes besides its search: alternatives, spellings.

The search that a page shows has its own limit. A page may make many more counts before and after
it, each with a limit; together they get as long as one search may take. Alternatives that are not
counted by then are not offered.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from flask import g

from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse, Suggestion
from imrsearch.query.tree import Query
from imrsearch.storage.builds.reading import Build
from imrsearch.web.middleware.metrics import meter


def is_cut_short() -> bool:
    """Whether the page being made lacks something for lack of time."""
    return bool(g.get("is_cut_short"))


class CurrentBuild(Protocol):
    """A source of the current build."""

    def current(self) -> Build:
        """The build to search; raises NotIndexed or DamagedBuild."""


@dataclass(frozen=True, slots=True)
class BuildsInTime:
    """The builds, each with an index that counts only while the request has time left."""

    builds: CurrentBuild
    seconds: float

    def current(self) -> Build:
        """The build to search; raises NotIndexed or DamagedBuild."""
        build = self.builds.current()
        return replace(build, index=_InTime(build.index, self.seconds))


@dataclass(frozen=True, slots=True)
class _InTime:
    """An index that charges its counts to the request's budget, in Flask's ``g``."""

    index: IndexSearcher
    seconds: float

    def search(self, request: SearchRequest) -> SearchResponse:
        answer = self.index.search(request)
        if answer.timed_out:
            g.is_cut_short = True
        return answer

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        return self.index.suggest(start, limit)

    def frequency(self, word: str) -> int:
        return self.index.frequency(word)

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        if query is None or seconds is None:
            return self.index.count(query, seconds)
        left = self.seconds - g.get("counted", 0.0)
        if left <= 0:
            meter().cut("counting")
            g.is_cut_short = True
            return 0
        started = time.monotonic()
        found = self.index.count(query, min(seconds, left))
        g.counted = g.get("counted", 0.0) + time.monotonic() - started
        return found

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        return tuple(self.count(query, seconds) for query in queries)

    def cases(self) -> int:
        return self.index.cases()

    def sample(self, size: int) -> tuple[str, ...]:
        return self.index.sample(size)

    def health(self) -> str:
        return self.index.health()

    def close(self) -> None:
        self.index.close()
