"""How an index of the cluster comes about, is checked and goes.

Its name is written into the engine's folder before it is created, so that whoever finds the folder
of a killed run can remove it. A finished index refuses writes; an update is a clone, which shares
the files that do not change.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import msgspec

from imrsearch.engines.opensearch.client import Cluster, translate_errors
from imrsearch.engines.opensearch.mapping import WINDOW, Documents, index_body
from imrsearch.engines.opensearch.words import WordCounts
from imrsearch.schema import IssueDocument
from imrsearch.system.errors import DamagedBuild, ServerUnavailable

_NOTE_FILE = "index.json"
_ACTIONS_A_REQUEST = 200
"""Few, so that the cluster soon has something to do."""
_BYTES_A_REQUEST = 8 << 20
_CASES_A_REQUEST = 500
_WRITERS = 2
_MERGE_SECONDS = 600
"""For a step of writing: a batch, a merge, replicas."""
_SECONDS_A_LOOK = 30
_NOT_YET = 408
"""What the cluster answers once it has waited so long."""


class Shard(msgspec.Struct, frozen=True):
    """What a shard held when the index was finished: any later write raises ``sequence``."""

    documents: int
    sequence: int


class IndexNote(msgspec.Struct, frozen=True):
    """Where a build's index is, and what it held when it was finished.

    ``rows``: how many rows were ever written, deleted ones too. ``mark``: drawn by chance and kept
    in the index's mapping, so a snapshot brings it back; OpenSearch's own id would be another one.
    Without it the index was never finished, or never begun.
    """

    index: str
    mark: str = ""
    rows: int = 0
    shards: tuple[Shard, ...] = ()


def read_note(folder: Path) -> IndexNote:
    """The note in an engine's folder. Raises DamagedBuild."""
    try:
        return msgspec.json.decode((folder / _NOTE_FILE).read_bytes(), type=IndexNote)
    except (OSError, msgspec.DecodeError) as error:
        raise DamagedBuild(f"The record of the index in {folder} cannot be read.") from error


def index_name(prefix: str, label: str) -> str:
    """The name of a new index: ``imrsearch-20161209-101500-123-9f2c``."""
    plain = re.sub(r"[^a-z0-9-]+", "-", label.lower())
    return f"{prefix}-{plain or secrets.token_hex(8)}"


def create(cluster: Cluster, folder: Path, label: str, documents: Iterable[IssueDocument]) -> int:
    """Write a new index; returns the number of documents."""
    name = _written_down(cluster, folder, label)
    body = index_body(cluster.settings)
    with translate_errors():
        cluster.asked.indices.create(index=name, body=body, request_timeout=_MERGE_SECONDS)
    return _fill(cluster, folder, name, documents, Documents(), WordCounts(), merge=True)


def update(
    cluster: Cluster,
    folder: Path,
    base: Path,
    label: str,
    removed: Collection[str],
    documents: Iterable[IssueDocument],
) -> int:
    """Write a clone of the index of ``base`` without the cases ``removed``, then ``documents``."""
    name, older = _written_down(cluster, folder, label), read_note(base)
    free = {"index.blocks.write": None, "index.number_of_replicas": 0}
    with translate_errors():
        cluster.asked.indices.clone(
            index=older.index, target=name, body={"settings": free}, request_timeout=_MERGE_SECONDS
        )
        gone = ({"delete": {"_id": one}} for one in _ids_of(cluster, older.index, removed))
        _in_bulk(cluster, name, map(_encode, gone))
    rows = Documents(older.rows)
    return _fill(cluster, folder, name, documents, rows, WordCounts(base), merge=False)


def _written_down(cluster: Cluster, folder: Path, label: str) -> str:
    name = index_name(cluster.settings.opensearch_prefix, label)
    (folder / _NOTE_FILE).write_bytes(msgspec.json.encode(IndexNote(name)))
    return name


def _fill(
    cluster: Cluster,
    folder: Path,
    name: str,
    documents: Iterable[IssueDocument],
    rows: Documents,
    words: WordCounts,
    *,
    merge: bool,
) -> int:
    """Index the documents and finish the index."""
    with translate_errors():
        mark = _marked(cluster, name)
        _in_bulk(cluster, name, _actions(rows, words, documents))
        _seal(cluster, name, merge=merge)
        if _mark_of(cluster, name) != mark:  # deleted meanwhile, and created anew by a write
            raise DamagedBuild(f"The index {name} was replaced while it was written.")
        note = IndexNote(name, mark, rows.row, _shards(cluster, name))
        count = int(cluster.asked.count(index=name, request_timeout=_MERGE_SECONDS)["count"])
    words.write(folder)
    (folder / _NOTE_FILE).write_bytes(msgspec.json.encode(note))
    return count


def _actions(
    rows: Documents, words: WordCounts, documents: Iterable[IssueDocument]
) -> Iterator[bytes]:
    for body, said in rows(documents):
        words.add(said)
        yield _encode({"index": {"_id": body["id"]}}) + _encode(body)


def _encode(part: object) -> bytes:
    """A line of a bulk request."""
    return msgspec.json.encode(part) + b"\n"


def _in_bulk(cluster: Cluster, name: str, actions: Iterator[bytes]) -> None:
    """Send actions, several batches at a time. Raises on the first that is refused.

    The client's own helper takes twice the processor time: it encodes all lines twice, and reads
    what became of each action where nobody asks.
    """
    sent: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_WRITERS) as writers:
        for batch in batched(actions):
            if len(sent) > _WRITERS:
                sent.popleft().result()
            sent.append(writers.submit(cluster.write, name, batch, _MERGE_SECONDS))
        for one in sent:
            one.result()


def batched(actions: Iterable[bytes]) -> Iterator[bytes]:
    """Actions as bodies of requests: at most 200, and 8 MiB unless one alone is larger."""
    batch: list[bytes] = []
    size = 0
    for action in actions:
        if batch and (len(batch) == _ACTIONS_A_REQUEST or size + len(action) > _BYTES_A_REQUEST):
            yield b"".join(batch)
            batch, size = [], 0
        batch.append(action)
        size += len(action)
    if batch:
        yield b"".join(batch)


def _seal(cluster: Cluster, name: str, *, merge: bool) -> None:
    """Make everything searchable and lasting, copy it to the replicas, and refuse writes."""
    indices, replicas = cluster.asked.indices, cluster.settings.opensearch_replicas
    if merge:
        indices.forcemerge(index=name, max_num_segments=1, request_timeout=_MERGE_SECONDS)
    indices.flush(index=name, request_timeout=_MERGE_SECONDS)
    # A closed index has everything in its last commit, so a replica is a copy of its files. Else
    # what was written in the last seconds would have to be repeated there, of which no source is
    # kept: such a replica is never complete.
    closed = indices.close(index=name, request_timeout=_MERGE_SECONDS)
    if not closed["shards_acknowledged"]:
        raise ServerUnavailable(f"The index {name} could not be closed to be copied.")
    sealed = {"index.number_of_replicas": replicas, "index.blocks.write": True}
    indices.put_settings(index=name, body=sealed, request_timeout=_MERGE_SECONDS)
    indices.open(index=name, request_timeout=_MERGE_SECONDS)
    _wait_for_copies(cluster, name)


def _wait_for_copies(cluster: Cluster, name: str) -> None:
    """Wait until every shard and replica is complete. Raises ServerUnavailable."""
    complete = {"wait_for_status": "green", "wait_for_no_relocating_shards": "true"}
    for _ in range(_MERGE_SECONDS // _SECONDS_A_LOOK):
        # A longer time cannot be asked for: the client takes the word "timeout" for its own.
        health = cluster.asked.cluster.health(
            index=name, params=complete, ignore=_NOT_YET, request_timeout=_MERGE_SECONDS
        )
        if not health["timed_out"]:
            return
    raise ServerUnavailable(f"The replicas of the index {name} are not complete.")


def _ids_of(cluster: Cluster, index: str, cases: Collection[str]) -> Iterator[str]:
    """The ids of the documents of cases."""
    left = iter(cases)
    while some := list(islice(left, _CASES_A_REQUEST)):
        body = {
            "query": {"bool": {"filter": [{"terms": {"values.case": some}}]}},
            "sort": [{"id": "asc"}],
            "size": WINDOW,
            "_source": False,
        }
        answer = cluster.asked.search(index=index, body=body, request_timeout=_MERGE_SECONDS)
        yield from (hit["sort"][0] for hit in answer["hits"]["hits"])


def _marked(cluster: Cluster, name: str) -> str:
    """The mark that the new index is given."""
    mark = secrets.token_hex(16)
    cluster.asked.indices.put_mapping(index=name, body={"_meta": {"mark": mark}})
    return mark


def _mark_of(cluster: Cluster, name: str) -> str:
    told = cluster.asked.indices.get_mapping(index=name)[name]["mappings"]
    return str(told.get("_meta", {}).get("mark", ""))


def _shards(cluster: Cluster, name: str) -> tuple[Shard, ...]:
    stats = cluster.asked.indices.stats(index=name, params={"level": "shards"})
    copies = stats["indices"][name]["shards"]
    return tuple(
        Shard(copy["docs"]["count"], copy["seq_no"]["max_seq_no"])
        for number in sorted(copies, key=int)
        for copy in copies[number]
        if copy["routing"]["primary"]
    )


def require_open(cluster: Cluster, note: IndexNote) -> None:
    """Raises DamagedBuild unless the index is there, and the one that was written."""
    if not note.mark or cluster.read(lambda: _mark_of(cluster, note.index)) != note.mark:
        raise DamagedBuild(f"The index {note.index} is not the one that was written.")


def require_unchanged(cluster: Cluster, note: IndexNote) -> None:
    """Raises DamagedBuild unless the index refuses writes and holds what it did when finished."""
    require_open(cluster, note)
    with translate_errors():
        settings = cluster.asked.indices.get_settings(index=note.index)
        blocks = settings[note.index]["settings"]["index"].get("blocks", {})
        if blocks.get("write") != "true":
            raise DamagedBuild(f"The index {note.index} is not write-protected.")
        if _shards(cluster, note.index) != note.shards:
            raise DamagedBuild(f"The index {note.index} has been changed since it was written.")


def remove(cluster: Cluster, folder: Path, label: str) -> None:
    """Delete the index that the folder's note names, or that has the label; it may be gone."""
    name = index_name(cluster.settings.opensearch_prefix, label) if label else None
    if (folder / _NOTE_FILE).is_file():
        name = read_note(folder).index
    if name:
        with translate_errors():
            cluster.asked.indices.delete(
                index=name, params={"ignore_unavailable": "true"}, request_timeout=_MERGE_SECONDS
            )
