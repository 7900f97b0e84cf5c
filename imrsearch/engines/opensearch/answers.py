"""Puts a request to the cluster and reads its answer: hits and counts in one round trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from imrsearch.engines.base import Filter, Hit, SearchRequest, SearchResponse
from imrsearch.engines.opensearch.mapping import WINDOW
from imrsearch.engines.opensearch.query import (
    RequestTranslation,
    SearchBody,
    has_words,
    without_words,
)
from imrsearch.engines.queries import BY_SCORE, is_scored
from imrsearch.schema import FacetCount

_MOST_FACET_VALUES = 65_000
"""Of one facet; a response may hold 65,535."""

_ID = "id"
_SORT_KEYS: dict[str, list[SearchBody]] = {
    "relevance": [],
    "newest": [{"numbers.decided": {"order": "desc", "missing": "_last"}}],
    "oldest": [{"numbers.decided": {"order": "asc", "missing": "_last"}}],
    "overturned": [{"overturned": "desc"}],
}
_SCORE: SearchBody = {"_score": "desc"}
_LAST: list[SearchBody] = [{"row": "asc"}, {_ID: "asc"}]
"""The order of writing decides between equals; the id never does, but comes back with the hit."""


class Question:
    """A request as bodies of searches, and how their answers are read."""

    def __init__(self, request: SearchRequest, translate: RequestTranslation) -> None:
        self.request = _in_time(request)
        self._cut = self.request is not request and any(
            map(has_words, (request.query, *(part.query for part in request.filters)))
        )
        self._translate = translate
        self._filters = [(part.facet, translate(part.query)) for part in self.request.filters]
        self._narrowing = [asked for _, asked in self._filters]
        self._scored = self.request.sort in BY_SCORE and is_scored(self.request.query)

    def bodies(self) -> list[SearchBody]:
        """One search for hits, unless none are wanted, one for counts, one for what is beside."""
        request = self.request
        asked = [self.hits_body(request.offset, request.limit)] if self._wants_hits else []
        asked.append(self._counts())
        asked += (
            count_body([self._translate(query), *self._narrowing]) for query in request.beside
        )
        return [{**body, **_limit(request.seconds)} for body in asked]

    @property
    def _wants_hits(self) -> bool:
        request = self.request
        return request.limit > 0 and request.offset + request.limit <= WINDOW

    def hits_body(self, offset: int, limit: int, after: Sequence[Any] | None = None) -> SearchBody:
        """The search for the hits from an offset on, or those after a hit's sort keys."""
        # A number field's order: the highest first, documents without it last.
        highest: SearchBody = {
            f"numbers.{self.request.sort}": {"order": "desc", "missing": "_last"}
        }
        order = _SORT_KEYS.get(self.request.sort, [highest])
        query = self._translate(self.request.query)
        # What need not be scored is filtered, which is cheaper.
        narrowed = (
            {"must": [query], "filter": self._narrowing}
            if self._scored
            else {"filter": [query, *self._narrowing]}
        )
        body = {
            "query": {"bool": narrowed},
            "sort": [*order, *([_SCORE] if self._scored else []), *_LAST],
            "from": offset,
            "size": limit,
            "track_total_hits": False,
            "track_scores": False,
            "_source": False,
            "stored_fields": "_none_",
        }
        return body if after is None else {**body, "search_after": list(after)}

    def response(self, answers: list[Any]) -> SearchResponse:
        """What was answered to ``bodies``."""
        answers = list(answers)
        hits = self.hits(answers.pop(0)) if self._wants_hits else ()
        counted, *beside = answers
        every = counted["aggregations"]["every"]
        total, overturned = every["doc_count"], every["won"]["doc_count"]
        return SearchResponse(
            # Of a partial answer, the two searches may have stopped at different places.
            hits=hits[: max(total - self.request.offset, 0)],
            total=total,
            overturned=overturned,
            facets={facet: _facet_counts(counted, facet) for facet in self.request.facets},
            beside=tuple(one["hits"]["total"]["value"] for one in beside),
            timed_out=self._cut,
        )

    def hits(self, answer: Any) -> tuple[Hit, ...]:  # noqa: ANN401 - JSON
        """The hits of one search: scores and ids are among the sort keys."""
        found = (hit["sort"] for hit in answer["hits"]["hits"])
        return tuple(Hit(keys[-1], float(keys[-3]) if self._scored else 0.0) for keys in found)

    def _counts(self) -> SearchBody:
        """Totals and facet tables. A facet's own filters do not narrow its table."""
        own = {facet for facet, _ in self._filters}
        free = [facet for facet in self.request.facets if facet not in own]
        every = {
            "filter": {"bool": {"filter": self._narrowing}},
            "aggs": {
                "won": {"filter": {"term": {"overturned": True}}},
                **_facet_aggregations(free),
            },
        }
        others = {
            f"without {facet}": {
                "filter": {"bool": {"filter": [a for name, a in self._filters if name != facet]}},
                "aggs": _facet_aggregations([facet]),
            }
            for facet in self.request.facets
            if facet in own
        }
        query = {"bool": {"filter": [self._translate(self.request.query)]}}
        aggregations = {"every": every, **others}
        return {"size": 0, "track_total_hits": False, "query": query, "aggs": aggregations}


def count_body(queries: Sequence[SearchBody], seconds: float | None = None) -> SearchBody:
    """The search that counts the documents which match all of some queries."""
    body = {"size": 0, "track_total_hits": True, "query": {"bool": {"filter": list(queries)}}}
    return {**body, **_limit(seconds)}


def is_partial(answers: list[Any]) -> bool:
    """Whether any search stopped early or was not answered by a shard.

    A shard of which no copy is left has not failed, for OpenSearch: it is only not successful.
    """
    return any(
        one["timed_out"] or one["_shards"]["successful"] < one["_shards"]["total"]
        for one in answers
    )


def _limit(seconds: float | None) -> SearchBody:
    return {} if seconds is None else {"timeout": f"{max(1, round(seconds * 1000))}ms"}


def _in_time(request: SearchRequest) -> SearchRequest:
    """The request as it is once its time is over; any other as it stands."""
    if request.seconds is None or request.seconds > 0:
        return request
    return replace(
        request,
        query=without_words(request.query),
        filters=tuple(Filter(part.facet, without_words(part.query)) for part in request.filters),
        beside=tuple(map(without_words, request.beside)),
        seconds=None,
    )


def _facet_aggregations(facets: Sequence[str]) -> SearchBody:
    return {
        facet: {"terms": {"field": f"coded.{facet}", "size": _MOST_FACET_VALUES}}
        for facet in facets
    }


def _facet_counts(counted: Any, facet: str) -> tuple[FacetCount, ...]:  # noqa: ANN401 - JSON
    """A facet's table: the codes of a value tell how many of its issues were overturned."""
    groups = counted["aggregations"]
    found = groups.get(f"without {facet}", groups["every"])[facet]["buckets"]
    totals: dict[str | None, list[int]] = {}
    for bucket in found:
        counts = totals.setdefault(bucket["key"][1:] or None, [0, 0])
        counts[0] += bucket["doc_count"]
        counts[1] += bucket["doc_count"] * (bucket["key"][0] == "o")
    rows = (FacetCount(value, *counts) for value, counts in totals.items())
    return tuple(sorted(rows, key=lambda row: (row.value is None, -row.count, row.value or "")))
