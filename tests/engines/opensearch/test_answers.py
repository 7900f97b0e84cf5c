"""How requests are put and answers read."""

from __future__ import annotations

from typing import Any

import pytest

from imrsearch.engines.base import Filter, SearchRequest
from imrsearch.engines.opensearch.answers import Question, count_body, is_partial
from imrsearch.engines.opensearch.query import RequestTranslation
from imrsearch.query.tree import ConstantScore, FieldEquals, MatchAll, Not, Query, Term
from imrsearch.schema import FacetCount


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


KNEE, PAIN = FieldEquals("body", "knee"), Term("pain")


def question(query: Query = PAIN, **asked: Any) -> Question:  # noqa: ANN401 - any field
    return Question(SearchRequest(query, **asked), RequestTranslation())


@pytest.mark.parametrize(
    ("asked", "sizes"),
    [
        pytest.param({}, [10, 0], id="hits and counts"),
        pytest.param({"limit": 0}, [0], id="no hits"),
        pytest.param({"beside": (KNEE, PAIN)}, [10, 0, 0, 0], id="others beside"),
        pytest.param({"offset": 49_990}, [10, 0], id="the last of what one request reaches"),
        pytest.param({"offset": 49_991}, [0], id="further on: read by themselves"),
    ],
)
def test_one_search_for_hits_one_for_counts_one_for_each_beside(
    asked: dict[str, Any], sizes: list[int]
) -> None:
    assert [body["size"] for body in question(**asked).bodies()] == sizes


@pytest.mark.parametrize(
    ("seconds", "limit"),
    [
        pytest.param(None, None, id="no limit"),
        pytest.param(1.2345, "1234ms", id="in thousandths"),
        pytest.param(0.0001, "1ms", id="at least one: none at all means no limit"),
        pytest.param(0.0, None, id="over: asked without words, and to the end"),
    ],
)
def test_the_time_that_a_search_may_take(seconds: float | None, limit: str | None) -> None:
    bodies = question(seconds=seconds, beside=(KNEE,)).bodies()
    assert [body.get("timeout") for body in bodies] == [limit] * 3
    if seconds != 0:
        assert count_body([], seconds).get("timeout") == limit


@pytest.mark.parametrize(
    ("query", "sort", "keys"),
    [
        (PAIN, "relevance", ["_score", "row", "id"]),
        (KNEE, "relevance", ["row", "id"]),
        (PAIN, "overturned", ["overturned", "_score", "row", "id"]),
        (PAIN, "newest", ["numbers.decided", "row", "id"]),
        (PAIN, "age", ["numbers.age", "row", "id"]),
    ],
)
def test_hits_are_sorted_by_score_only_where_it_counts(
    query: Query, sort: str, keys: list[str]
) -> None:
    """What need not be scored is filtered, which is cheaper."""
    asked = question(query, sort=sort)
    body = asked.hits_body(20, 10)
    assert [key for one in body["sort"] for key in one] == keys
    assert [*body["query"]["bool"]] == (["must", "filter"] if "_score" in keys else ["filter"])
    assert (body["from"], body["size"], "search_after" in body) == (20, 10, False)
    assert asked.hits_body(0, 5, [3, "a#1"])["search_after"] == [3, "a#1"]


def counts(total: int, won: int, **facets: dict[str, int]) -> dict[str, Any]:
    """The answer to the search for counts."""
    tables = {
        name: {"buckets": [{"key": key, "doc_count": n} for key, n in codes.items()]}
        for name, codes in facets.items()
    }
    every = {"doc_count": total, "won": {"doc_count": won}, **tables}
    return {"aggregations": {"every": every}}


def test_codes_become_lines_of_a_table() -> None:
    told = counts(9, 4, body={"oknee": 3, "uknee": 1, "uhip": 4, "o": 1, "oankle": 1})
    assert question(limit=0, facets=("body",)).response([told]).facets["body"] == (
        FacetCount("hip", 4, 0),
        FacetCount("knee", 4, 3),
        FacetCount("ankle", 1, 1),
        FacetCount(None, 1, 1),
    )


@pytest.mark.parametrize(("offset", "shown"), [(0, 3), (1, 2), (3, 0), (5, 0)])
def test_of_a_partial_answer_no_more_hits_are_shown_than_were_counted(
    offset: int, shown: int
) -> None:
    hits = {"hits": {"hits": [{"sort": [2.5, row, f"a#{row}"]} for row in range(4)]}}
    response = question(offset=offset).response([hits, counts(3, 1)])
    assert [hit.id for hit in response.hits] == [f"a#{row}" for row in range(shown)]
    assert {hit.score for hit in response.hits} <= {2.5}
    assert (response.total, response.overturned) == (3, 1)


@pytest.mark.parametrize(
    ("query", "filters", "seconds", "cut"),
    [
        pytest.param(PAIN, (), -1.0, True, id="words"),
        pytest.param(PAIN, (), None, False, id="words in time"),
        pytest.param(KNEE, (), -1.0, False, id="values need no words"),
        pytest.param(KNEE, (Filter("said", Not(PAIN)),), -1.0, True, id="words of a filter"),
        pytest.param(ConstantScore(MatchAll(), 1.0), (), -1.0, False, id="no words at all"),
    ],
)
def test_an_answer_without_its_words_is_said_to_be_partial(
    query: Query, filters: tuple[Filter, ...], seconds: float | None, cut: bool
) -> None:
    asked = question(query, filters=filters, seconds=seconds, limit=0)
    assert asked.response([counts(0, 0)]).timed_out == cut
