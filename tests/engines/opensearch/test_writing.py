"""How what is written is put into requests."""

from __future__ import annotations

from imrsearch.engines.opensearch.writing import batched


def test_requests_are_bounded_by_actions_and_by_bytes() -> None:
    """A letter without issues is indexed whole, and 200 of these would fill a node's memory."""
    assert [len(one) for one in batched([b"action"] * 401)] == [1200, 1200, 6]
    large = [bytes(3 << 20)] * 3
    assert [len(one) >> 20 for one in batched(large)] == [6, 3]
    assert [len(one) >> 20 for one in batched([b"", bytes(9 << 20), b""])] == [0, 9, 0]
    assert not list(batched([]))
