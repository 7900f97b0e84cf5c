"""A time budget for the counts that a page makes besides its search: alternatives, spellings.

The search that a page shows has its own limit. A page may make many more counts before and after
it, each with a limit; together they get as long as one search may take. Alternatives that are not
counted by then are not offered.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from flask import g

from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse, Suggestion
from imrsearch.query.tree import Query
from imrsearch.web.middleware.metrics import meter


def is_cut_short() -> bool:
    """Whether the page being made lacks something for lack of time."""
    return bool(g.get("is_cut_short"))


@dataclass(frozen=True, slots=True)
class IndexInTime:
    """An index that charges its counts to the request's budget, in Flask's ``g``."""

    index: IndexSearcher
    seconds: float

    def search(self, request: SearchRequest) -> SearchResponse:
        """As the index; notes whether the answer is cut short."""
        answer = self.index.search(request)
        if answer.timed_out:
            g.is_cut_short = True
        return answer

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """As the index."""
        return self.index.suggest(start, limit)

    def frequency(self, word: str) -> int:
        """As the index."""
        return self.index.frequency(word)

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """As the index, in what is left of the request's time; 0 where nothing is."""
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
        """The same of each query."""
        return tuple(self.count(query, seconds) for query in queries)

    def cases(self) -> int:
        """As the index."""
        return self.index.cases()

    def sample(self, size: int) -> tuple[str, ...]:
        """As the index."""
        return self.index.sample(size)

    def health(self) -> str:
        """As the index."""
        return self.index.health()

    def close(self) -> None:
        """As the index."""
        self.index.close()
