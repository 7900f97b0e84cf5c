"""Turning to a page of results: of issues one by one, or of cases with their issues together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from imrsearch.engines.base import Hit, SearchResponse
from imrsearch.model import IssueId
from imrsearch.query.notes import Note
from imrsearch.search.state import SearchState

MOST_TOGETHER = 20_000
"""Most issues grouped by case, the best first: about four for each case of a hundred long pages.
Naming all of a million would take seconds."""

Ask = Callable[[int, int], SearchResponse]
"""The answer with the hits from an offset on, up to a limit."""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """An answer with the state it answers: the page may have been moved.

    ``cases``: how many cases there are, where results are grouped by case, among the issues that
    were put together. Grouped by wording, pages count the answer's wordings.
    """

    state: SearchState
    answer: SearchResponse
    pages: int
    cases: int | None = None
    notes: tuple[Note, ...] = ()


def turn_to(state: SearchState, deepest: int, ask: Ask) -> ResultPage:
    """The page that ``state`` asks for, or the last one there is, not beyond ``deepest``."""
    if state.group == "case":
        return _cases(state, deepest, ask(0, MOST_TOGETHER))
    page = min(state.page, deepest)
    answer = ask((page - 1) * state.per_page, state.per_page)
    rows = answer.total if answer.wordings is None else answer.wordings
    pages = min(_pages(rows, state), deepest)
    if page > pages:
        page = pages
        answer = ask((page - 1) * state.per_page, state.per_page)
    return ResultPage(state.with_page(page), answer, pages, notes=_moved(state.page, page, deepest))


def _cases(state: SearchState, deepest: int, answer: SearchResponse) -> ResultPage:
    """Cases in the order of their best issue; each brings its issues that were found."""
    cases = by_case(answer.hits)
    pages = min(_pages(len(cases), state), deepest)
    page = min(state.page, pages)
    shown = cases[(page - 1) * state.per_page : page * state.per_page]
    hits = tuple(hit for case in shown for hit in case)
    notes = (*_moved(state.page, page, deepest), *_not_grouped(answer))
    return ResultPage(state.with_page(page), replace(answer, hits=hits), pages, len(cases), notes)


def by_case(hits: Iterable[Hit]) -> Sequence[list[Hit]]:
    """The hits of each case together, in the order of each case's first."""
    cases: dict[str, list[Hit]] = {}
    for hit in hits:
        cases.setdefault(IssueId.parse(hit.id).case_id, []).append(hit)
    return list(cases.values())


def _pages(total: int, state: SearchState) -> int:
    """How many pages there are; an empty result has one."""
    return max(-(-total // state.per_page), 1)


def _moved(asked: int, shown: int, deepest: int) -> tuple[Note, ...]:
    if asked == shown:
        return ()
    if asked > deepest == shown:
        message = f"Results can be paged only to page {deepest}; narrow the search to see the rest."
        return (Note("page-limit", message),)
    return (Note("page", f"There is no page {asked}; this is the last one."),)


def _not_grouped(answer: SearchResponse) -> tuple[Note, ...]:
    if answer.total <= MOST_TOGETHER:
        return ()
    message = (
        f"The first {MOST_TOGETHER:,} of {answer.total:,} issues are grouped by case; "
        "narrow the search to group the rest."
    )
    return (Note("group-limit", message),)
