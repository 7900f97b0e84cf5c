"""Links to the other pages of a result, and where one is."""

from __future__ import annotations

from collections.abc import Iterator

from imrsearch.search.results import SearchResult
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.links import Link


def page_links(state: SearchState, result: SearchResult) -> tuple[Link, ...]:
    """Previous, some page numbers, next; nothing where there is but one page."""
    if result.pages < 2:
        return ()
    numbers = [_page(state, number, result.page) for number in _shown(result.page, result.pages)]
    before = [_turn(state, result.page - 1, "Previous", "prev")] if result.page > 1 else []
    after = [_turn(state, result.page + 1, "Next", "next")] if result.page < result.pages else []
    return tuple(before + numbers + after)


def _shown(page: int, pages: int) -> Iterator[int | None]:
    """Page numbers to link to, ``None`` where some are left out: 1 … 4 5 6 … 14."""
    before = 0
    for number in sorted({1, pages, *range(max(page - 1, 1), min(page + 1, pages) + 1)}):
        if number > before + 1:
            yield None
        yield number
        before = number


def _page(state: SearchState, number: int | None, current: int) -> Link:
    if number is None:
        return Link("…")
    return Link(f"{number:,}", state.with_page(number).to_url(), current=number == current)


def _turn(state: SearchState, number: int, label: str, rel: str) -> Link:
    return Link(label, state.with_page(number).to_url(), rel=rel)
