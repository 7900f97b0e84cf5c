"""What a cluster that fails is told as: try again, a damaged build, or a defect of ours."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from imrsearch.engines.opensearch.client import Cluster
from imrsearch.system.errors import DamagedBuild, ServerUnavailable, SettingsError
from imrsearch.system.settings import load_settings

WHOLE = {"hits": {"hits": []}, "timed_out": False, "_shards": {"failed": 0}}


class Node(BaseHTTPRequestHandler):
    """Answers every request with the status, and the answers' own statuses, of its server."""

    protocol_version = "HTTP/1.1"
    status = 200
    answers: tuple[object, ...] = ()
    items: tuple[object, ...] = ()
    hangs: threading.Event | None = None
    recovers_after = 0
    asked = 0
    authorization: str | None = None
    body = b""

    def do_POST(self) -> None:
        told_to = type(self)
        told_to.body = self.rfile.read(int(self.headers["Content-Length"]))
        told_to.authorization = self.headers["Authorization"]
        told_to.asked += 1
        if told_to.asked == told_to.recovers_after:
            told_to.status, told_to.items = 200, ()
        if self.hangs:
            self.hangs.wait()
        told = {"responses": self.answers, "error": {"type": "told"}}
        written = {"errors": bool(self.items), "items": self.items}
        body = json.dumps(told | written).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # nobody waits any more
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def node() -> Iterator[tuple[type[Node], str]]:
    """A node to be told how it answers, and its address."""
    kind = type("OneNode", (Node,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01))
        thread.start()
        yield kind, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def ask(*urls: str, seconds: float = 30) -> list[object]:
    cluster = Cluster(load_settings({}, opensearch_urls=",".join(urls)))
    return cluster.search("some-index", [{"size": 0}], seconds)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        pytest.param(500, ServerUnavailable, id="a node broke"),
        pytest.param(502, ServerUnavailable, id="a proxy found no node"),
        pytest.param(503, ServerUnavailable, id="no manager is elected"),
        pytest.param(504, ServerUnavailable, id="a proxy waited in vain"),
        pytest.param(429, ServerUnavailable, id="too much to do"),
        pytest.param(401, ServerUnavailable, id="no password"),
        pytest.param(403, ServerUnavailable, id="not allowed"),
        pytest.param(404, DamagedBuild, id="the index is gone"),
        pytest.param(400, RuntimeError, id="a request of ours that is wrong"),
    ],
)
def test_each_status_has_its_error(
    node: tuple[type[Node], str], status: int, error: type[Exception]
) -> None:
    """Of the whole request, and of one search in it."""
    kind, url = node
    kind.answers = (WHOLE, {"status": status, "error": {"type": "told"}})
    with pytest.raises(error, match=None if status == 404 else str(status)):
        ask(url)
    kind.status = status
    with pytest.raises(error):
        ask(url)


@pytest.mark.parametrize(
    ("status", "error"), [(429, ServerUnavailable), (404, DamagedBuild), (400, RuntimeError)]
)
def test_the_first_action_that_is_refused_is_told(
    node: tuple[type[Node], str], status: int, error: type[Exception]
) -> None:
    """What is to be deleted may be missing: the first action here is none that is refused."""
    kind, url = node
    refused = {"index": {"status": status, "error": {"type": "why"}}}
    kind.items = ({"delete": {"status": 404}}, refused)
    with pytest.raises(error, match=None if status == 404 else "why"):
        write(url)


@pytest.mark.parametrize("whole", [False, True], ids=["an action", "a request"])
def test_what_there_is_no_room_for_is_written_once_more(
    node: tuple[type[Node], str], whole: bool
) -> None:
    kind, url = node
    if whole:
        kind.status = 429
    else:
        kind.items = ({"index": {"status": 429, "error": {"type": "why"}}},)
    kind.recovers_after = 3
    write(url)
    assert kind.asked == 3


def write(url: str) -> None:
    """Write one action, asking twice more without waiting."""
    cluster = Cluster(load_settings({}, opensearch_urls=url))
    cluster.write("some-index", b"{}\n", 30, waits=(0, 0))


def test_what_is_refused_for_another_reason_is_not_written_again(
    node: tuple[type[Node], str],
) -> None:
    kind, url = node
    kind.items = ({"index": {"status": 400, "error": {"type": "why"}}},)
    with pytest.raises(RuntimeError, match="status 400, why"):
        write(url)
    assert kind.asked == 1


def test_scores_are_of_the_whole_index_where_there_are_hits(
    node: tuple[type[Node], str],
) -> None:
    """Counts need no round in which the shards tell how frequent the words are."""
    kind, url = node
    kind.answers = (WHOLE, WHOLE)
    bodies: list[dict[str, object]] = [{"size": 0, "aggs": {}}, {"size": 10}]
    cluster = Cluster(load_settings({}, opensearch_urls=url))
    assert cluster.search("some-index", bodies, 30) == [WHOLE, WHOLE]
    assert [json.loads(line) for line in kind.body.splitlines()] == [
        {"index": "some-index"},
        bodies[0],
        {"index": "some-index", "search_type": "dfs_query_then_fetch"},
        bodies[1],
    ]


@pytest.mark.parametrize(
    ("user", "password", "in_file", "said"),
    [
        pytest.param("", "unused", None, None, id="nobody"),
        pytest.param("imr", "secret", None, b"imr:secret", id="a password in the settings"),
        pytest.param(
            "imr", "older", " secret\n", b"imr:secret", id="in a file, whose blanks are none"
        ),
    ],
)
def test_who_asks(
    node: tuple[type[Node], str],
    tmp_path: Path,
    user: str,
    password: str,
    in_file: str | None,
    said: bytes | None,
) -> None:
    kind, url = node
    kind.answers = (WHOLE,)
    file = tmp_path / "password"
    if in_file:
        file.write_text(in_file)
    settings = load_settings(
        {},
        opensearch_urls=url,
        opensearch_user=user,
        opensearch_password=password,
        opensearch_password_file=str(file) if in_file else "",
    )
    Cluster(settings).search("some-index", [{"size": 0}], 30)
    assert kind.authorization == (said and f"Basic {b64encode(said).decode()}")


def test_a_password_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    settings = load_settings({}, opensearch_password_file=str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        Cluster(settings)


def test_an_address_with_a_password_is_refused_and_not_shown() -> None:
    settings = load_settings({}, opensearch_urls="https://one:9200,https://imr:secret@two:9200")
    with pytest.raises(SettingsError, match="contains a user or a password") as caught:
        Cluster(settings)
    assert "secret" not in str(caught.value)


def test_a_search_that_no_shard_answers_tells_why(node: tuple[type[Node], str]) -> None:
    kind, url = node
    told = {"type": "search_phase_execution_exception", "root_cause": [{"type": "node_gone"}]}
    kind.answers = ({"status": 503, "error": told},)
    with pytest.raises(ServerUnavailable, match="node_gone"):
        ask(url)


def test_a_node_that_refuses_is_replaced_by_another(node: tuple[type[Node], str]) -> None:
    kind, url = node
    kind.answers = (WHOLE,)
    for _ in range(5):  # whichever comes first
        assert ask("http://127.0.0.1:9", url) == [WHOLE]


def test_no_node_at_all() -> None:
    with pytest.raises(ServerUnavailable, match="cannot be reached") as caught:
        ask("http://127.0.0.1:9", "http://127.0.0.1:10")
    assert caught.value.status == 503


def test_a_node_that_hangs_is_given_its_time_and_no_second_try(
    node: tuple[type[Node], str],
) -> None:
    """Ended by the time given: the node itself never answers before the test is over."""
    kind, url = node
    kind.hangs = threading.Event()
    try:
        with pytest.raises(ServerUnavailable, match="in time"):
            ask(url, seconds=0.05)
    finally:
        kind.hangs.set()
