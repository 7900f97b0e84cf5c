"""Answers that do not tell of the whole index."""

from __future__ import annotations

import pytest

from imrsearch.engines.opensearch.answers import is_partial


def answer(
    total: int = 3, successful: int = 3, failed: int = 0, *, timed_out: bool = False
) -> object:
    """A search's answer, as far as it is looked at."""
    shards = {"total": total, "successful": successful, "skipped": 1, "failed": failed}
    return {"timed_out": timed_out, "_shards": shards}


@pytest.mark.parametrize(
    ("answers", "partial"),
    [
        pytest.param([answer(), answer()], False, id="whole"),
        pytest.param([answer(), answer(timed_out=True)], True, id="out of time"),
        pytest.param([answer(successful=2, failed=1)], True, id="a shard broke"),
        pytest.param(
            [answer(successful=2)], True, id="no copy of a shard is left: not told as failed"
        ),
    ],
)
def test_what_is_not_of_the_whole_index_is_partial(answers: list[object], partial: bool) -> None:
    assert is_partial(answers) == partial
