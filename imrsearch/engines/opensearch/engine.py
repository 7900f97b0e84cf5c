"""The engine ``opensearch``: an index on a cluster, for several machines that search at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from imrsearch.engines.base import (
    Engine,
    Hit,
    IndexSearcher,
    SearchRequest,
    SearchResponse,
    Suggestion,
    suggestions,
)
from imrsearch.engines.opensearch import writing
from imrsearch.engines.opensearch.answers import Question, count_body, is_partial
from imrsearch.engines.opensearch.client import Cluster
from imrsearch.engines.opensearch.mapping import WINDOW
from imrsearch.engines.opensearch.query import RequestTranslation, SearchBody, without_words
from imrsearch.engines.opensearch.words import Dictionary
from imrsearch.query.tree import MatchAll, Query
from imrsearch.schema import IssueDocument
from imrsearch.system.errors import ServerUnavailable
from imrsearch.system.settings import Settings

_GRACE = 1.0
"""Seconds that an answer may take beyond the time it is given."""


class OpenSearchEngine(Engine):
    """For several machines: the documents are on a cluster, the folder says where."""

    name = "opensearch"
    updates = True

    def __init__(self, settings: Settings) -> None:
        self._cluster = Cluster(settings)

    def create(self, folder: Path, documents: Iterable[IssueDocument], label: str = "") -> int:
        """Write a new index, named by ``label``; returns the number of documents."""
        return writing.create(self._cluster, folder, label, documents)

    def update(
        self,
        folder: Path,
        base: Path,
        removed: Collection[str],
        documents: Iterable[IssueDocument],
        label: str = "",
    ) -> int:
        """Write an updated clone of the index of ``base``."""
        return writing.update(self._cluster, folder, base, label, removed, documents)

    def open(self, folder: Path) -> OpenSearchIndex:
        """Open what ``create`` or ``update`` wrote. Raises DamagedBuild, ServerUnavailable."""
        return OpenSearchIndex(self._cluster, folder)

    def remove(self, folder: Path, label: str = "") -> None:
        """Delete the index from the cluster. Raises ServerUnavailable."""
        writing.remove(self._cluster, folder, label)

    def verify(self, folder: Path) -> None:
        """Raises DamagedBuild unless the index is as it was when it was finished."""
        writing.require_unchanged(self._cluster, writing.read_note(folder))


ENGINE = OpenSearchEngine


class OpenSearchIndex(IndexSearcher):
    """An open index; threads may share it."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._note = writing.read_note(folder)
        writing.require_open(cluster, self._note)
        self._words = Dictionary(folder)
        self._translate = RequestTranslation(cluster.score_factor)
        self._open: Cluster | None = cluster

    @property
    def _cluster(self) -> Cluster:
        if self._open is None:
            raise ValueError("The index is closed.")
        return self._open

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer the request."""
        question = Question(request, self._translate)
        answers = self._ask(question.bodies(), request.seconds)
        response = question.response(answers)
        hits = response.hits
        if request.limit and request.offset + request.limit > WINDOW:
            hits = self._far_hits(question, request)
        return replace(response, hits=hits, timed_out=response.timed_out or is_partial(answers))

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        """Words of the texts that begin with ``start``."""
        return suggestions(self._words.beginning(start), limit)

    def frequency(self, word: str) -> int:
        """The document frequency of a word (the highest of all text fields)."""
        return self._words.frequency(word)

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        """The number of documents that match ``query``."""
        return self.counts([MatchAll() if query is None else query], seconds)[0]

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        """The number of documents that match each query, asked together."""
        if not queries:
            return ()
        if seconds is not None and seconds <= 0:
            queries, seconds = [without_words(query) for query in queries], None
        bodies = [count_body([self._translate(query)], seconds) for query in queries]
        answers = self._ask_all(bodies) if seconds is None else self._ask(bodies, seconds)
        return tuple(one["hits"]["total"]["value"] for one in answers)

    def cases(self) -> int:
        """The number of cases: documents that are the first of theirs."""
        first: SearchBody = {"term": {"first": True}}
        [answer] = self._ask_all([count_body([first])])
        return int(answer["hits"]["total"]["value"])

    def sample(self, size: int) -> tuple[str, ...]:
        """The ids of some documents, spread over all from the first written to the last."""
        last = max(self._note.rows - 1, 0)
        rows = sorted({round(last * part / max(size - 1, 1)) for part in range(size)})
        ways = [("gte", row, "asc") for row in rows[:-1]] + [("lte", last, "desc")]
        bodies = [
            {
                "query": {"bool": {"filter": [{"range": {"row": {end: row}}}]}},
                "sort": [{"row": order}, {"id": "asc"}],
                "size": 1,
                "_source": False,
            }
            for end, row, order in ways
        ]
        found = [hit["sort"][-1] for one in self._ask_all(bodies) for hit in one["hits"]["hits"]]
        return tuple(dict.fromkeys(found))

    def health(self) -> str:
        """The cluster's word on this index's shards and their copies."""
        return self._cluster.health(self._note.index)

    def close(self) -> None:
        """Let go of the index; searching afterwards is an error."""
        self._open = None

    def _ask(self, bodies: list[SearchBody], seconds: float | None) -> list[Any]:
        cluster = self._cluster
        wait = cluster.settings.opensearch_seconds if seconds is None else max(seconds, 0) + _GRACE
        return cluster.search(self._note.index, bodies, wait)

    def _ask_all(self, bodies: list[SearchBody]) -> list[Any]:
        """The answers of the whole index: for what is true or worth nothing. Raises
        ServerUnavailable if a shard does not answer."""
        answers = self._ask(bodies, None)
        if is_partial(answers):
            raise ServerUnavailable("Part of the index does not respond.")
        return answers

    def _far_hits(self, question: Question, request: SearchRequest) -> tuple[Hit, ...]:
        """Hits further on than one request reaches: read from the first on, page by page."""
        found: list[Hit] = []
        after = None
        wanted = request.offset + request.limit
        while len(found) < wanted:
            size = min(wanted - len(found), WINDOW)
            [answer] = self._ask_all([question.hits_body(0, size, after)])
            hits = question.hits(answer)
            found += hits
            if len(hits) < size:
                break
            after = answer["hits"]["hits"][-1]["sort"]
        return tuple(found[request.offset :])
