"""One of three nodes is killed or hangs while many search: told, bounded, never wrong.

In full length (``--torture``): 20 nodes killed, every second one the elected manager; 5 hung.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count

import pytest
from werkzeug.test import TestResponse

from benchmarks.load import PARTIAL, RIGHT, WRONG, Ask, Load
from imrsearch.engines import engine
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.indexing.pipeline import index_paths
from imrsearch.query.tree import MatchAll, Or, Prefix, Term
from imrsearch.system.errors import ServerUnavailable
from imrsearch.system.settings import Settings, load_settings
from imrsearch.web import create_app
from tests.cluster.servers import Cluster
from tests.conftest import SAMPLES
from tests.reliability.saying import say
from tests.waiting import wait_until

pytestmark = pytest.mark.cluster

SECONDS = 2
"""A search's time limit."""
REQUESTS = [
    SearchRequest(query, facets=("decision", "body_part", "category"), seconds=SECONDS)
    for query in (MatchAll(), Term("pain"), Or((Term("knee"), Term("therapy"))), Prefix("inj"))
]
ENOUGH = 20
"""Right answers in a row, in each thread, after which a cluster has recovered."""


@pytest.fixture(scope="module")
def site(three_nodes: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index of the samples: three shards, one replica each."""
    settings = load_settings(
        {},
        index=str(tmp_path_factory.mktemp("nodes") / "index"),
        engine="opensearch",
        opensearch_urls=",".join(three_nodes.urls),
        opensearch_prefix="nodes",
        opensearch_shards=3,
        opensearch_replicas=1,
        search_seconds=SECONDS,
        requests_per_second=100_000,
        request_burst=1_000_000,
    )
    index_paths(settings, [SAMPLES], jobs=1)
    return settings


@pytest.fixture
def load(site: Settings) -> Iterator[Load]:
    """Two threads that ask the engine, one that asks for pages; what is right is known before."""
    build = (site.index / "current").resolve()
    client = create_app(site).test_client()
    with closing(engine("opensearch", site).open(build / "engine")) as index:
        pages = [_page(client.get, f"/search.json?q={word}") for word in ("pain", "knee")]
        yield Load([[_search(index, one) for one in REQUESTS]] * 2 + [pages])


def _search(index: IndexSearcher, request: SearchRequest) -> Ask:
    expected = index.search(request)
    assert not expected.timed_out

    def ask() -> str:
        try:
            found = index.search(request)
        except ServerUnavailable as error:
            assert error.status == 503
            return error.message
        if found.timed_out:
            is_less = found.total <= expected.total and found.overturned <= expected.overturned
            return PARTIAL if is_less else WRONG
        return RIGHT if found == expected else WRONG

    return ask


def _page(get: Callable[[str], TestResponse], url: str) -> Ask:
    """Asks for a page, each time by another address: one asked for again is answered as kept."""
    numbers = count()

    def total() -> tuple[int, bool, object]:
        answer = get(f"{url}&asked={next(numbers)}")
        if answer.status_code == 503:
            assert answer.headers["Retry-After"]
            return 503, False, None
        told = answer.get_json()
        return answer.status_code, told["partial"], told["total"]

    status, partial, expected = total()
    assert (status, partial) == (200, False)

    def ask() -> str:
        status, partial, found = total()
        if status == 503:
            return "page 503"
        if partial:
            return PARTIAL
        return RIGHT if (status, found) == (200, expected) else WRONG

    return ask


def _require_told(load: Load, what: str) -> None:
    """No answer was wrong; says how many were of each kind, and for how long after each fault,
    which is a node that goes or one that comes back."""
    counts, troubled = load.counts(), [round(one, 1) for one in load.troubled()]
    say(f"{what}: {dict(counts)}; not in full for {troubled} s; slowest {load.longest():.1f} s")
    assert not counts[WRONG]


def test_killed_nodes(three_nodes: Cluster, load: Load, rounds: Callable[[int, int], int]) -> None:
    """By turns the manager and another one: the rest answer, and all is whole once it is back."""
    chance = random.Random(3)
    with load:
        wait_until(lambda: load.has_recovered(ENOUGH))
        for number in range(rounds(2, 20)):
            manager = three_nodes.manager()
            others = [one for one in range(3) if one != manager]
            node = three_nodes.nodes[chance.choice(others) if number % 2 else manager]
            load.fault()
            node.kill()
            wait_until(lambda: load.has_recovered(ENOUGH))
            load.fault()
            node.start()
            three_nodes.wait()
            wait_until(lambda: load.has_recovered(ENOUGH))
            _require_told(load, "killed nodes")


def test_hung_nodes(three_nodes: Cluster, load: Load, rounds: Callable[[int, int], int]) -> None:
    """A node that takes requests and answers none costs no more than the time of a search."""
    chance = random.Random(4)
    with load:
        wait_until(lambda: load.has_recovered(ENOUGH))
        for _ in range(rounds(1, 5)):
            node = chance.choice(three_nodes.nodes)
            load.fault()
            node.kill(signal.SIGSTOP)
            wait_until(lambda: load.has_recovered(ENOUGH))
            load.fault()  # it comes back, and has missed that it was left out
            node.kill(signal.SIGCONT)
            three_nodes.wait()
            wait_until(lambda: load.has_recovered(ENOUGH))
            _require_told(load, "hung nodes")
