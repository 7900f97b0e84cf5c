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


@pytest.mark.parametrize("group", ["", "case"])
def test_an_empty_result_has_one_page(group: str) -> None:
    """Else the page shown would be number 0, and "page 0 of 0" would stand below nothing."""
    found = turn_to(SearchState(page=2, group=group), 9, lambda *_: SearchResponse((), 0, 0))
    assert (found.state.page, found.pages) == (1, 1)
    assert [note.code for note in found.notes] == ["page"]


@pytest.mark.parametrize(
    ("page", "deepest", "asked"),
    [
        pytest.param(3, 9, [20], id="the last page"),
        pytest.param(4, 9, [30, 20], id="beyond it"),
        pytest.param(10**6, 2, [10], id="never for what lies deeper than anybody may go"),
    ],
)
def test_the_engine_is_asked_again_only_for_a_page_that_is_not_there(
    page: int, deepest: int, asked: list[int]
) -> None:
    offsets: list[int] = []

    def noted(offset: int, limit: int) -> SearchResponse:
        offsets.append(offset)
        return ask(offset, limit)

    turn_to(SearchState(page=page), deepest, noted)
    assert offsets == asked


def test_pages_of_wordings_count_wordings() -> None:
    """25 issues in 11 wordings fill two pages of ten, and there is no third."""

    def wordings(offset: int, limit: int) -> SearchResponse:
        return SearchResponse(HITS[:11][offset : offset + limit], 25, 0, wordings=11)

    found = turn_to(SearchState(page=3, group="wording"), 9, wordings)
    assert (found.state.page, found.pages) == (2, 2)
    assert found.answer.hits == HITS[10:11]


@pytest.mark.parametrize(("total", "codes"), [(MOST_TOGETHER, []), (20_001, ["group-limit"])])
def test_only_issues_that_are_left_out_are_told_of(total: int, codes: list[str]) -> None:
    found = turn_to(SearchState(group="case"), 9, lambda *_: SearchResponse(HITS, total, 0))
    assert [note.code for note in found.notes] == codes


def test_the_limit_is_told_only_of_a_page_beyond_it() -> None:
    """Page 5 of two: that there are no more is the reason, not how deep one may page."""
    found = turn_to(SearchState(page=5), 3, ask)
    assert [note.code for note in found.notes] == ["page-limit"]
    assert "only to page 3" in found.notes[0].message
    found = turn_to(SearchState(page=5), 4, ask)
    assert found.notes[0].message == "There is no page 5; this is the last one."


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
