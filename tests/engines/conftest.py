"""Each engine, for the tests that all must pass."""

from __future__ import annotations

import pytest

from imrsearch.engines import EMBEDDED, engine
from imrsearch.engines.base import Engine
from imrsearch.settings import load_settings
from tests.cluster.servers import Cluster

KINDS = [*EMBEDDED, pytest.param("opensearch", marks=pytest.mark.cluster)]


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> Engine:
    """An engine; OpenSearch on a cluster of the tests' own."""
    if request.param in EMBEDDED:
        return engine(str(request.param))
    cluster: Cluster = request.getfixturevalue("opensearch")
    return engine("opensearch", load_settings({}, opensearch_urls=",".join(cluster.urls)))
