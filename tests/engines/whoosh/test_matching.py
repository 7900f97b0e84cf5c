from __future__ import annotations

from pathlib import Path

import numpy as np

from imrsearch.engines import engine
from imrsearch.engines.base import SearchRequest
from imrsearch.engines.whoosh.matching import LeafCache, ScoredRows
from imrsearch.query.tree import Term
from imrsearch.schema import IssueDocument

WHOOSH = engine("whoosh")
ROWS = ScoredRows(np.ones(8, dtype=bool), np.ones(8))


def test_the_leaves_used_last_are_kept_as_far_as_there_is_room() -> None:
    cache = LeafCache(room=2 * (ROWS.matched.nbytes + ROWS.scores.nbytes))
    for word in ("neck", "knee"):
        cache.put(Term(word), ROWS)
    assert cache.get(Term("neck")) is ROWS
    cache.put(Term("hip"), ROWS)
    assert [cache.get(Term(word)) for word in ("neck", "knee", "hip")] == [ROWS, None, ROWS]


def test_what_was_not_read_to_the_end_is_not_kept(tmp_path: Path) -> None:
    documents = [IssueDocument("CM16-0000001#1", {"service": "neck pain"}, {}, {})]
    WHOOSH.create(tmp_path, documents)
    index = WHOOSH.open(tmp_path)
    late = index.search(SearchRequest(Term("neck"), seconds=-1.0))
    assert (late.total, late.timed_out) == (0, True)
    found = index.search(SearchRequest(Term("neck"), seconds=60.0))
    assert (found.total, found.timed_out) == (1, False)
    index.close()


def test_what_is_kept_does_not_hide_that_time_is_over(tmp_path: Path) -> None:
    WHOOSH.create(tmp_path, [IssueDocument("CM16-0000001#1", {"service": "neck pain"}, {}, {})])
    index = WHOOSH.open(tmp_path)
    assert index.search(SearchRequest(Term("neck"), seconds=60.0)).total == 1
    assert index.search(SearchRequest(Term("neck"), seconds=-1.0)).timed_out
    index.close()
