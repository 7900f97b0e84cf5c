"""Each engine, for the tests that all must pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from imrsearch.engines import EMBEDDED, engine
from imrsearch.engines.base import Engine
from imrsearch.system.settings import load_settings
from tests.cluster.servers import Cluster
from tests.engines.opensearch.memory import Node, serving

CLUSTERS = {
    "opensearch": {},
    "three_nodes": {"opensearch_shards": 3, "opensearch_replicas": 1},
    "newer_opensearch": {},
}
"""The fixture of a cluster, and the settings of an index on it."""
KINDS = [
    *EMBEDDED,
    "in_memory",
    *(pytest.param(name, marks=pytest.mark.cluster) for name in CLUSTERS),
]


@pytest.fixture(scope="session")
def in_memory() -> Iterator[Node]:
    """OpenSearch as the tests have it in memory."""
    with serving() as node:
        yield node


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> Engine:
    """An engine; OpenSearch in memory and on clusters of the tests' own."""
    name = str(request.param)
    if name in EMBEDDED:
        return engine(name)
    cluster: Cluster | Node = request.getfixturevalue(name)
    urls = ",".join(cluster.urls)
    return engine("opensearch", load_settings({}, opensearch_urls=urls, **CLUSTERS.get(name, {})))
