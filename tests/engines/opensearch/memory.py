"""OpenSearch in memory, over HTTP: as much of it as the engine asks for, one document at a time.

What the engine is not known to ask is refused as a real node refuses what it does not know, so that
a misspelt key is a failed test. The contract's tests run on it as on real clusters, which
``make test-cluster`` starts.
"""

from __future__ import annotations

import json
import math
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

K1, B = 1.2, 0.75
_SEARCH_KEYS = {
    *("query", "aggs", "sort", "from", "size", "search_after", "timeout"),
    *("track_total_hits", "track_scores", "_source", "stored_fields"),
}


class RequestError(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, kind: str) -> None:
        super().__init__(kind)
        self.status = status
        self.told = {"status": status, "error": {"type": kind}}


# ----------------------------------------------------------------------------------- documents


def flattened(told: Mapping[str, Any], mapped: Json, path: str = "") -> Iterator[tuple[str, Any]]:
    """The fields of a document with their values, those that are copied elsewhere too."""
    for name, value in told.items():
        if name not in mapped:
            raise RequestError(400, "strict_dynamic_mapping_exception")
        kind = mapped[name]
        if "properties" in kind:
            yield from flattened(value, kind["properties"], f"{path}{name}.")
            continue
        for one in value if isinstance(value, list) else [value]:
            for place in (path + name, *kind.get("copy_to", ())):
                yield place, one


class Document:
    """A document as it is searched: its values, and the positions of each word of its texts."""

    def __init__(self, told: Json, mapped: Json) -> None:
        self.values: defaultdict[str, list[Any]] = defaultdict(list)
        for place, value in flattened(told, mapped):
            self.values[place].append(value)
        self.words: dict[str, defaultdict[str, list[int]]] = {}
        self.lengths: Counter[str] = Counter()
        for place, values in self.values.items():
            if place.startswith(("words.", "stems.")):
                gap = _property(mapped, place)["position_increment_gap"]
                positions: defaultdict[str, list[int]] = defaultdict(list)
                for number, text in enumerate(values):
                    for at, word in enumerate(text.split(), start=self.lengths[place]):
                        positions[word].append(at + number * gap)
                    self.lengths[place] += len(text.split())
                self.words[place] = positions

    def first(self, place: str) -> Any:  # noqa: ANN401 - JSON
        """The value that the document is sorted by."""
        return next(iter(self.values.get(place, ())), None)

    def times(self, place: str, wanted: Sequence[tuple[int, str]], slop: int) -> int:
        """How often the words stand at these places, up to ``slop`` further apart."""
        positions: Mapping[str, list[int]] = self.words.get(place, {})
        found = 0
        for start in positions.get(wanted[0][1], ()):
            at: float = start
            for (before, _), (after, word) in pairwise(wanted):
                nearest = at + after - before
                at = min((one for one in positions.get(word, ()) if one >= nearest), default=1e9)
            found += at - start - wanted[-1][0] + wanted[0][0] <= slop
        return found


def _property(mapped: Json, place: str) -> Json:
    first, _, rest = place.partition(".")
    told: Json = mapped[first]
    return _property(told["properties"], rest) if rest else told


class Searcher:
    """What is searched since an index was opened."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        self.frequencies: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.sizes: Counter[str] = Counter()
        self.lengths: Counter[str] = Counter()
        for one in self.documents:
            self.sizes.update(one.words.keys())
            self.lengths.update(one.lengths)
            for place, words in one.words.items():
                self.frequencies[place].update(words.keys())

    # ---------------------------------------------------------------------------------- queries

    def score(self, query: Json, one: Document) -> float | None:
        """What a document scores; ``None`` where it does not match."""
        [(kind, told)] = query.items()
        match kind:
            case "match_all":
                return 1.0
            case "match_none":
                return None
            case "bool":
                return self._of_parts(one, **told)
            case "dis_max" if told["queries"]:
                scores = [self.score(part, one) for part in told["queries"]]
                return max((score for score in scores if score is not None), default=None)
            case "constant_score":
                return None if self.score(told["filter"], one) is None else told["boost"]
            case "exists":
                return 1.0 if one.values.get(told["field"]) else None
            case "span_near":
                assert told["in_order"]
                place, wanted = _spans(told["clauses"])
                return self._of_words(one, place, wanted, told["slop"], told["boost"])
        [(place, told)] = told.items()
        match kind:
            case "term" if place.startswith(("words.", "stems.")):
                return self._of_words(one, place, [(0, told["value"])], 0, told["boost"])
            case "term":
                value = told["value"] if isinstance(told, dict) else told
                return 1.0 if value in one.values.get(place, ()) else None
            case "terms":
                return None if set(told).isdisjoint(one.values.get(place, ())) else 1.0
            case "match_phrase":
                wanted = list(enumerate(told["query"].split()))
                return self._of_words(one, place, wanted, 0, told["boost"])
            case "prefix":
                return self._of_beginning(one, place, **told)
            case "range":
                low, high = told.get("gte", -(1 << 31)), told.get("lte", (1 << 31) - 1)
                if not -(1 << 31) <= min(low, high) <= max(low, high) < 1 << 31:
                    raise RequestError(400, "query_shard_exception")
                return 1.0 if any(low <= n <= high for n in one.values.get(place, ())) else None
        raise RequestError(400, "parsing_exception")

    def _of_parts(
        self,
        one: Document,
        must: Sequence[Json] = (),
        filter: Sequence[Json] = (),  # noqa: A002 - its name in a query
        should: Sequence[Json] = (),
        must_not: Sequence[Json] = (),
        minimum_should_match: int | None = None,
        boost: float = 1.0,
    ) -> float | None:
        if not (must or filter or should or must_not):
            return boost  # as OpenSearch takes it
        if minimum_should_match is None:
            minimum_should_match = 0 if must or filter else min(1, len(should))
        needed = [self.score(part, one) for part in must]
        wished = [score for part in should if (score := self.score(part, one)) is not None]
        if (
            None in [*needed, *(self.score(part, one) for part in filter)]
            or len(wished) < minimum_should_match
            or any(self.score(part, one) is not None for part in must_not)
        ):
            return None
        return boost * sum(score for score in (*needed, *wished) if score is not None)

    def _of_words(
        self, one: Document, place: str, wanted: Sequence[tuple[int, str]], slop: int, boost: float
    ) -> float | None:
        """BM25, as Lucene 9 counts it."""
        times = one.times(place, wanted, slop)
        if not times:
            return None
        size, held = self.sizes[place], self.frequencies[place]
        rarity = sum(
            math.log(1 + (size - held[word] + 0.5) / (held[word] + 0.5)) for _, word in wanted
        )
        average = self.lengths[place] / size
        length = 1 - B + B * one.lengths[place] / average
        return boost * rarity * (K1 + 1) * times / (times + K1 * length)

    def _of_beginning(
        self, one: Document, place: str, value: str, rewrite: str = "", boost: float = 1.0
    ) -> float | None:
        words = sorted(word for word in self.frequencies[place] if word.startswith(value))
        if not rewrite:
            return boost if any(word in one.words.get(place, {}) for word in words) else None
        most = int(rewrite.removeprefix("top_terms_"))
        told = [{"term": {place: {"value": word, "boost": boost}}} for word in words[:most]]
        return self._of_parts(one, should=told, minimum_should_match=1)

    # --------------------------------------------------------------------------------- answers

    def answer(self, body: Json) -> Json:
        """What a search is answered."""
        if not _SEARCH_KEYS.issuperset(body):
            raise RequestError(400, "parsing_exception")
        scored = [(self.score(body["query"], one), one) for one in self.documents]
        found = [(score, one) for score, one in scored if score is not None]
        keys = [next(iter(key.items())) for key in body.get("sort", ())]
        rows = [
            [s if name == "_score" else one.first(name) for name, _ in keys] for s, one in found
        ]
        for at, (_, told) in reversed([*enumerate(keys)]):
            order = told if isinstance(told, str) else told["order"]
            assert isinstance(told, str) or told["missing"] == "_last"
            descends = order == "desc"
            rows.sort(
                key=lambda row: ((row[at] is None) != descends, row[at] or 0), reverse=descends
            )
        first = body.get("from", 0)
        if "search_after" in body:
            first += 1 + rows.index(body["search_after"])
        hits: Json = {"hits": [{"sort": row} for row in rows[first : first + body["size"]]]}
        if body.get("track_total_hits", True):
            hits["total"] = {"value": len(found)}
        told = {"timed_out": False, "_shards": {"total": 1, "successful": 1}, "hits": hits}
        if "aggs" in body:
            told["aggregations"] = self._counted(body["aggs"], [one for _, one in found])
        return told

    def _counted(self, asked: Json, found: list[Document]) -> Json:
        told: Json = {}
        for name, one in asked.items():
            if "terms" in one:
                counts = Counter(
                    value for each in found for value in set(each.values[one["terms"]["field"]])
                )
                buckets = counts.most_common(one["terms"]["size"])
                told[name] = {"buckets": [{"key": key, "doc_count": n} for key, n in buckets]}
            else:
                some = [each for each in found if self.score(one["filter"], each) is not None]
                told[name] = {"doc_count": len(some), **self._counted(one.get("aggs", {}), some)}
        return told


def _spans(clauses: Sequence[Json]) -> tuple[str, list[tuple[int, str]]]:
    """The field and the words of a span query, with their places."""
    at, places, wanted = 0, set(), []
    for clause in clauses:
        [(kind, told)] = clause.items()
        [(place, value)] = told.items()
        places.add(place)
        match kind:
            case "span_term":
                wanted.append((at, value["value"]))
                at += 1
            case "span_gap":
                at += value
            case _:
                raise RequestError(400, "parsing_exception")
    [place] = places
    return place, wanted


# ------------------------------------------------------------------------------------- indexes


@dataclass
class Index:
    """An index with what is written, and what of it is searched: nothing while it is closed."""

    mappings: Json
    settings: Json
    written: dict[str, Document] = field(default_factory=dict)
    sequence: int = -1
    searcher: Searcher | None = field(default_factory=lambda: Searcher(()))

    def set(self, told: Json) -> None:
        """Change settings; ``null`` takes one away."""
        for name, value in told.items():
            self.settings[name.removeprefix("index.")] = value

    def carry_out(self, action: str, told: Json, lines: Iterator[bytes]) -> Json:
        """One action of a bulk request."""
        if self.settings.get("blocks.write"):
            return RequestError(403, "cluster_block_exception").told
        status = 200 if told["_id"] in self.written else {"index": 201, "delete": 404}[action]
        if action == "index":
            self.written[told["_id"]] = Document(
                json.loads(next(lines)), self.mappings["properties"]
            )
        else:
            self.written.pop(told["_id"], None)
        self.sequence += 1
        return {"status": status}


@dataclass
class Node:
    """The only node of a cluster: no replica is ever complete."""

    version: str = "2.19.6"
    indexes: dict[str, Index] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    urls: tuple[str, ...] = ()
    lost_shards: int = 0

    def answer(self, method: str, path: Sequence[str], body: bytes) -> Json:
        """What a request is answered. Raises RequestError."""
        self.asked.append((method, path[-1]))
        match method, *path:
            case "GET", "":
                return {"version": {"number": self.version}}
            case "GET", "_cluster", "health", name:
                lacks = bool(self._index(name).settings["number_of_replicas"])
                return {"status": "yellow" if lacks else "green", "timed_out": lacks}
            case "PUT", name:
                if name in self.indexes:
                    raise RequestError(400, "resource_already_exists_exception")
                told = json.loads(body)
                self.indexes[name] = Index(told["mappings"], told["settings"])
                return {}
            case "PUT", name, "_clone", target:
                base = self._index(name)
                if not base.settings.get("blocks.write"):
                    raise RequestError(400, "illegal_state_exception")
                made = replace(base, settings={**base.settings}, written={**base.written})
                made.set(json.loads(body)["settings"])
                self.indexes[target] = made
                return {}
            case "DELETE", name:
                self.indexes.pop(name, None)
                return {}
            case "POST", "_msearch":
                lines = map(json.loads, body.splitlines())
                return {"responses": [self._search(head["index"], next(lines)) for head in lines]}
            case method, name, asked:
                return self._of_index(method, name, asked, body)
        raise RequestError(400, "illegal_argument_exception")

    def _of_index(self, method: str, name: str, asked: str, body: bytes) -> Json:
        index = self._index(name)
        match method, asked:
            case "POST", "_bulk":
                lines = iter(body.splitlines())
                actions = (next(iter(json.loads(line).items())) for line in lines)
                items = [{kind: index.carry_out(kind, told, lines)} for kind, told in actions]
                refused = any("error" in told for item in items for told in item.values())
                return {"errors": refused, "items": items}
            case "POST", "_forcemerge" | "_flush":
                return {}
            case "POST", "_close":
                index.searcher = None
                return {"shards_acknowledged": True}
            case "POST", "_open":
                index.searcher = Searcher(index.written.values())
                return {}
            case "PUT", "_settings":
                index.set(json.loads(body))
                return {}
            case "PUT", "_mapping":
                index.mappings = {**index.mappings, **json.loads(body)}
                return {}
            case "GET", "_mapping":
                return {name: {"mappings": index.mappings}}
            case "GET", "_settings":
                block = index.settings.get("blocks.write")
                blocks = {"blocks": {"write": "true"}} if block else {}
                return {name: {"settings": {"index": blocks}}}
            case "GET", "_stats":
                shard = {
                    "docs": {"count": len(index.written)},
                    "seq_no": {"max_seq_no": index.sequence},
                    "routing": {"primary": True},
                }
                return {"indices": {name: {"shards": {"0": [shard]}}}}
            case "POST", "_count":
                return {"count": len(self._open(name).documents)}
            case "POST", "_search":
                return self._open(name).answer(json.loads(body))
        raise RequestError(400, "illegal_argument_exception")

    def _index(self, name: str) -> Index:
        if name not in self.indexes:
            raise RequestError(404, "index_not_found_exception")
        return self.indexes[name]

    def _open(self, name: str) -> Searcher:
        searcher = self._index(name).searcher
        if searcher is None:
            raise RequestError(400, "index_closed_exception")
        return searcher

    def _search(self, name: str, body: Json) -> Json:
        try:
            told = self._open(name).answer(body)
        except RequestError as refused:
            return refused.told
        told["_shards"]["total"] += self.lost_shards
        return told


@contextmanager
def serving(version: str = "2.19.6") -> Iterator[Node]:
    """A node of this version with nothing in it, at its address."""
    node, alone = Node(version), threading.Lock()

    class Requests(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def handle_request(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            path = self.path.partition("?")[0].removeprefix("/").split("/")
            try:
                with alone:
                    status, told = 200, node.answer(self.command, path, body)
            except RequestError as refused:
                status, told = refused.status, refused.told
            answer = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_PUT = do_POST = do_DELETE = handle_request  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Requests) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01))
        thread.start()
        node.urls = (f"http://127.0.0.1:{server.server_address[1]}",)
        try:
            yield node
        finally:
            server.shutdown()
            thread.join()
