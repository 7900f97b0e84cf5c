"""The page of results: every word, number and link that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.facets import FACETS
from imrsearch.search.results import Chip, Note, SearchResult
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.facets import TELLS_THE_DECISION, FacetBox, facet_box
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.outcome import OutcomeLine, outcome_line
from imrsearch.web.presenters.pager import page_links
from imrsearch.web.presenters.rows import Row, result_row
from imrsearch.web.presenters.words import count

MOST_NAMED = 4
"""A heading names so many filters at most; the chips name them all."""

_SORT_LABELS = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "overturned": "Overturned first",
}


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything on the page of results."""

    heading: str
    q: str
    hidden: tuple[tuple[str, str], ...]
    url: str
    read_as: str
    notes: tuple[Note, ...]
    offers: tuple[Note, ...]
    chips: tuple[Chip, ...]
    clear_url: str
    outcome: OutcomeLine | None
    position: str
    first: int
    sorts: tuple[Link, ...]
    rows: tuple[Row, ...]
    pager: tuple[Link, ...]
    legend: bool
    facets: tuple[FacetBox, ...]
    json_url: str
    csv_url: str
    csv_limit: str
    build: str


def results_page(state: SearchState, result: SearchResult, max_export: int) -> ResultsPage:
    """The page for what ``state`` found."""
    # Where a decision is chosen, the share of overturned issues is no finding.
    chose_decision = any(choice.facet == "decision" for choice in state.choices)
    return ResultsPage(
        heading=search_in_words(state, result.total),
        q=result.q,
        hidden=_hidden(state),
        url=state.to_url(),
        read_as=result.read_as if state.q else "",
        notes=tuple(note for note in result.notes if not _is_offer(note, result.total)),
        offers=tuple(note for note in result.notes if _is_offer(note, result.total)),
        chips=result.chips,
        clear_url=state.without_choices().to_url(),
        outcome=None if chose_decision else outcome_line(result.outcome),
        position=_position(result),
        first=_first(result),
        sorts=_sorts(state),
        rows=tuple(result_row(row) for row in result.rows),
        pager=page_links(state, result),
        legend=not chose_decision,
        facets=tuple(
            facet_box(facet, state, not chose_decision) for facet in result.facets if facet.values
        ),
        json_url=state.to_url("/search.json"),
        csv_url=state.with_page(1).to_url("/search.csv"),
        csv_limit=_csv_limit(result.total, max_export),
        build=result.build,
    )


def _is_offer(note: Note, total: int) -> bool:
    """Where nothing was found, what finds something: a message that is a link as a whole."""
    return not total and note.url is not None and note.link is None


def search_in_words(state: SearchState, total: int) -> str:
    """What was searched for and how much was found: "2 issues for “gym”, overturned"."""
    found = count(total, "issue") if total else "No issues"
    words = f" for “{state.q}”" if state.q else ""
    return found + words + _filters_in_words(state)


def _filters_in_words(state: SearchState) -> str:
    if not state.choices:
        return ""
    if len(state.choices) > MOST_NAMED:
        return f", with {len(state.choices)} filters"
    wanted = [_any_of(facet, values) for facet, values in state.filters.items()]
    unwanted = [f"not {_any_of(facet, values)}" for facet, values in state.excluded.items()]
    return ", " + ", ".join(wanted + unwanted)


def _any_of(facet: str, values: tuple[str, ...]) -> str:
    labels = (FACETS[facet].label(value).partition(": ")[0] for value in values)
    joined = " or ".join(labels)
    return joined.lower() if facet in TELLS_THE_DECISION else joined


def _hidden(state: SearchState) -> tuple[tuple[str, str], ...]:
    """What a new search from the same page keeps: filters and order."""
    choices = [("not." * c.excluded + c.facet, c.value) for c in state.choices]
    sort = [("sort", state.sort)] if state.sort != SearchState().sort else []
    return tuple(choices + sort)


def _first(result: SearchResult) -> int:
    return (result.page - 1) * result.per_page + 1


def _position(result: SearchResult) -> str:
    first = _first(result)
    return f"{first:,}–{first + len(result.rows) - 1:,} of {result.total:,}"


def _sorts(state: SearchState) -> tuple[Link, ...]:
    return tuple(
        Link(label, state.with_sort(sort).to_url(), current=sort == state.sort)
        for sort, label in _SORT_LABELS.items()
    )


def _csv_limit(total: int, max_export: int) -> str:
    if total > max_export:
        return f"the first {max_export:,} of {count(total, 'issue')}"
    return "this one issue" if total == 1 else f"all {count(total, 'issue')}"
