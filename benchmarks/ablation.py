"""What each kind of evidence is worth: searches asked of an index that does not count it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    EvidenceKind,
    Filtered,
    MinShouldMatch,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
)
from imrsearch.search.service import SearchableBuild
from imrsearch.storage.builds.reading import Builds

Is = Callable[[Query], bool]


def _scored_as(kind: EvidenceKind) -> Is:
    return lambda query: isinstance(query, ConstantScore) and query.evidence == kind


EVIDENCE: Mapping[str, Is] = {
    **{kind: _scored_as(kind) for kind in get_args(EvidenceKind) if kind},
    "words": lambda query: isinstance(query, Term | Prefix),
    "phrases": lambda query: isinstance(query, Phrase),
}
"""Which parts of a query are evidence of each kind."""


class Without:
    """An index in whose scores some parts of a query count nothing; it finds what it found."""

    def __init__(self, index: IndexSearcher, is_dropped: Is) -> None:
        self._index = index
        self._is_dropped = is_dropped

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request with the scores of what is left."""
        return self._index.search(replace(request, query=self._left(request.query)))

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)

    def _left(self, query: Query) -> Query:
        if self._is_dropped(query):
            return ConstantScore(query, 0.0)
        match query:
            case And(parts):
                return And(self._each(parts))
            case Or(parts):
                return Or(self._each(parts))
            case DisMax(parts):
                return DisMax(self._each(parts))
            case MinShouldMatch(parts, count):
                return MinShouldMatch(self._each(parts), count)
            case Boosted(part, wishes):
                return Boosted(self._left(part), self._each(wishes))
            case Boost(part, weight):
                return Boost(self._left(part), weight)
            case Filtered(part, narrowing, about):
                return Filtered(self._left(part), narrowing, about)
            case _:
                return query

    def _each(self, parts: tuple[Query, ...]) -> tuple[Query, ...]:
        return tuple(map(self._left, parts))


class BuildsWithout:
    """The builds of an index folder, each without the scores of one kind of evidence."""

    def __init__(self, builds: Builds, kind: str) -> None:
        self._builds = builds
        self._is_dropped = EVIDENCE[kind]

    def current(self) -> SearchableBuild:
        """The current build. Raises NotIndexed or DamagedBuild."""
        build = self._builds.current()
        index = cast(IndexSearcher, Without(build.index, self._is_dropped))
        return _Build(build.id, index, build.note)


@dataclass(frozen=True, slots=True)
class _Build:
    id: str
    index: IndexSearcher
    note: str | None
