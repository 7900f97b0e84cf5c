"""What is remembered of the last text queries."""

from __future__ import annotations

import numpy as np

from imrsearch.engines.tantivy.rows import QueryMaskCache, Scores
from imrsearch.query.tree import Term

_SOME = np.ones(8_000, dtype=bool)
_SCORES = Scores(np.arange(100), np.ones(100))


def words(count: int) -> list[Term]:
    return [Term(f"word{number}") for number in range(count)]


def test_the_last_ones_are_kept_that_there_is_room_for() -> None:
    masks, queries = QueryMaskCache(room=3 * 1_000 + 1_600), words(4)
    masks.put(queries[0], _SOME, _SCORES)  # 1,000 bytes of bits and 1,600 of scores
    for query in queries[1:3]:
        masks.put(query, _SOME, None)
    assert masks.get(queries[0])[1] is _SCORES
    masks.put(queries[3], _SOME, None)
    assert [masks.get(query)[0] is not None for query in queries] == [True, False, True, True]


def test_what_is_known_takes_no_more_room() -> None:
    masks, query = QueryMaskCache(room=2_000), Term("knee")
    for _ in range(3):
        masks.put(query, _SOME, None)
    masks.put(Term("pain"), _SOME, None)
    assert masks.get(query)[0] is not None


def test_no_more_than_some_hundreds() -> None:
    masks, queries = QueryMaskCache(), words(300)
    for query in queries:
        masks.put(query, _SOME, None)
    assert sum(masks.get(query)[0] is not None for query in queries) == 256
