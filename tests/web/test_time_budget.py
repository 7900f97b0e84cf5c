"""A page's own search has its time; everything counted beside it shares as much again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from flask import Flask

from imrsearch.engines.base import SearchRequest, SearchResponse, Suggestion
from imrsearch.query.tree import MatchAll, Query
from imrsearch.system.settings import Settings
from imrsearch.web import time_budget
from imrsearch.web.app import create_app
from imrsearch.web.middleware.metrics import Metrics
from imrsearch.web.time_budget import IndexInTime


@dataclass
class _Clock:
    now: float = 0.0

    def monotonic(self) -> float:
        return self.now


@dataclass
class _Ticking:
    """A clock that goes on by ``second`` whenever it is looked at."""

    second: float
    now: float = 0.0

    def monotonic(self) -> float:
        self.now += self.second
        return self.now


@dataclass
class _Slow:
    """An index that needs a second for each answer and remembers what it was given."""

    clock: _Clock
    seconds: list[float | None] = field(default_factory=list)

    def search(self, request: SearchRequest) -> SearchResponse:
        return SearchResponse((), 7, 0)

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        return (Suggestion(start, limit or 0),)

    def frequency(self, word: str) -> int:
        return 0

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        if query is None:
            return 9
        self.seconds.append(seconds)
        self.clock.now += 1
        return 7

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        return tuple(self.count(query, seconds) for query in queries)

    def cases(self) -> int:
        return 5

    def sample(self, size: int) -> tuple[str, ...]:
        return ("a#1",)[:size]

    def health(self) -> str:
        return "green"

    def close(self) -> None:
        self.seconds.clear()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> _Slow:
    clock = _Clock()
    monkeypatch.setattr(time_budget, "time", clock)
    return _Slow(clock)


PAGE = SearchRequest(MatchAll(), facets=("body",), limit=10, seconds=2.0)


def test_counts_share_their_time_and_the_page_keeps_its_own(slow: _Slow) -> None:
    app = Flask(__name__)
    app.extensions["imrsearch.meter"] = Metrics()
    index = IndexInTime(slow, seconds=2.5)
    with app.app_context():
        totals = [index.count(MatchAll(), 2.0) for _ in range(5)]
        assert totals == [7, 7, 7, 0, 0]
        assert slow.seconds == [2.0, 1.5, 0.5]
        assert index.search(PAGE).total == 7
    with app.app_context():  # the next request
        assert index.count(MatchAll(), 2.0) == 7


def test_what_is_asked_once_for_a_build_has_all_the_time_it_needs(slow: _Slow) -> None:
    index = IndexInTime(slow, seconds=0.0)
    assert index.search(PAGE).total == 7
    assert index.suggest("a", 3) == (Suggestion("a", 3),)
    assert index.count() == 9
    index.close()
    assert slow.seconds == []


@pytest.mark.parametrize(("second", "kept"), [(0.0, "private"), (60.0, "no-store")])
def test_the_searches_of_pages_count_in_time(
    sample_index: Settings, monkeypatch: pytest.MonkeyPatch, second: float, kept: str
) -> None:
    """What was cut short is kept by nobody."""
    clock = _Ticking(second)
    monkeypatch.setattr(time_budget, "time", clock)
    page = create_app(sample_index).test_client().get("/search?q=zzzz+knee+yyyy")
    assert kept in page.headers["Cache-Control"]
    assert clock.now >= 2 * second
