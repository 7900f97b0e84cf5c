from __future__ import annotations

import pytest

from imrsearch.engines.base import Hit, SearchResponse
from imrsearch.search.paging import MOST_TOGETHER, by_case, turn_to
from imrsearch.search.state import SearchState

HITS = tuple(Hit(f"CM16-{number:07}#1", 1.0) for number in range(25))


def ask(offset: int, limit: int) -> SearchResponse:
    return SearchResponse(HITS[offset : offset + limit], len(HITS), 0)


@pytest.mark.parametrize(
    ("page", "deepest", "shown", "codes"),
    [
        pytest.param(1, 9, 1, [], id="first"),
        pytest.param(3, 9, 3, [], id="last"),
        pytest.param(4, 9, 3, ["page"], id="beyond the end"),
        pytest.param(3, 2, 2, ["page-limit"], id="too deep"),
    ],
)
@pytest.mark.parametrize("group", ["", "case"])
def test_pages(group: str, page: int, deepest: int, shown: int, codes: list[str]) -> None:
    found = turn_to(SearchState(page=page, group=group), deepest, ask)
    assert found.state.page == shown
    assert found.answer.hits == HITS[(shown - 1) * 10 : shown * 10]
    assert [note.code for note in found.notes] == codes
    assert found.pages == min(3, deepest)
    assert found.cases == (25 if group else None)


def test_of_very_many_issues_the_first_are_grouped() -> None:
    limits: list[int] = []

    def many(_: int, limit: int) -> SearchResponse:
        limits.append(limit)
        return SearchResponse(HITS, 1_000_000, 0)

    found = turn_to(SearchState(group="case"), 9, many)
    assert limits == [MOST_TOGETHER]
    assert [note.code for note in found.notes] == ["group-limit"]
    assert "The first 20,000 of 1,000,000 issues" in found.notes[0].message


def test_cases_stand_where_their_best_issue_does() -> None:
    hits = [Hit(name, 1.0) for name in ("b#2", "a#1", "b#1", "c#1", "a#3")]
    assert [[hit.id for hit in case] for case in by_case(hits)] == [
        ["b#2", "b#1"],
        ["a#1", "a#3"],
        ["c#1"],
    ]
