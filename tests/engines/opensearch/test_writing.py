"""How what is written is put into requests."""

from __future__ import annotations

from typing import cast

import pytest

from imrsearch.engines.opensearch.client import Cluster
from imrsearch.engines.opensearch.writing import IndexNote, batched, require_open
from imrsearch.system.errors import DamagedBuild


def test_requests_are_bounded_by_actions_and_by_bytes() -> None:
    """A letter without issues is indexed whole, and 200 of these would fill a node's memory."""
    assert [len(one) for one in batched([b"action"] * 401)] == [1200, 1200, 6]
    large = [bytes(3 << 20)] * 3
    assert [len(one) >> 20 for one in batched(large)] == [6, 3]
    assert [len(one) >> 20 for one in batched([b"", bytes(9 << 20), b""])] == [0, 9, 0]
    assert not list(batched([]))


def test_an_index_that_was_never_finished_is_damage_whatever_the_cluster_holds() -> None:
    with pytest.raises(DamagedBuild, match="not the one that was written"):
        require_open(cast(Cluster, None), IndexNote("imrsearch-20161209-101500-123-9f2c"))
