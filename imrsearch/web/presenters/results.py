"""The page of results: every word, number and link that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from imrsearch.model import Citation
from imrsearch.search.facets import FACETS
from imrsearch.search.results import Chip, Facet, FacetValue, Note, Outcome, ResultRow, SearchResult
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.words import (
    Verdict,
    citation_words,
    count,
    day,
    percent,
    search_for,
    verdict,
)

FEW = 10
"""Below so many issues a share says nothing: only the counts are shown."""

MOST_NAMED = 4
"""A heading names so many filters at most; the chips name them all."""

_SORT_LABELS = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "overturned": "Overturned first",
}
_PLACES = {"rationale": "Rationale", "summary": "Case summary", "service": "Service"}
# The facets that most searches are narrowed by; the others open at a click.
_OPEN = frozenset(("decision", "category", "body", "guideline", "cites", "specialty", "year"))
_TELLS_THE_DECISION = ("decision", "outcome")


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; ``current``: this is where one is; no ``url``: a gap."""

    label: str
    url: str | None = None
    current: bool = False
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where the outcome's share and its likely range stand on a scale of 0 to 100."""

    rate: float
    low: float
    span: float


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """How often the issues found were overturned, in one line and on a scale."""

    words: str
    explanation: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Source:
    """What one side relied on, in short; each citation leads to the issues that cite the same."""

    label: str
    citations: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """An excerpt with the name of its place."""

    place: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Row:
    """One issue in the list."""

    service: Markup
    url: str
    verdict: Verdict
    category: str
    case_id: str
    issue: str
    decided: str | None
    decided_words: str
    excerpts: tuple[Passage, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A value of a facet; ``overturned`` is empty where it says nothing."""

    label: str
    count: str
    unit: str
    overturned: str
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet with its values; ``plain``: without outcomes; ``more``: what is not shown."""

    label: str
    open: bool
    plain: bool
    selected: int
    values: tuple[FacetLine, ...]
    more: str


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
    return ResultsPage(
        heading=_heading(state, result.total),
        q=result.q,
        hidden=_hidden(state),
        url=state.to_url(),
        read_as=result.read_as if state.q else "",
        notes=tuple(note for note in result.notes if not note.url),
        offers=tuple(note for note in result.notes if note.url),
        chips=result.chips,
        clear_url=state.without_choices().to_url(),
        outcome=_outcome(result.outcome),
        position=_position(result),
        first=_first(result),
        sorts=_sorts(state),
        rows=tuple(_row(row) for row in result.rows),
        pager=_pager(state, result),
        legend="decision" not in state.filters,
        facets=tuple(_facet(facet, state) for facet in result.facets if facet.values),
        json_url=state.to_url("/search.json"),
        csv_url=state.with_page(1).to_url("/search.csv"),
        csv_limit=_csv_limit(result.total, max_export),
        build=result.build,
    )


# --------------------------------------------------------------------------- the top of the page


def _heading(state: SearchState, total: int) -> str:
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
    return joined.lower() if facet in _TELLS_THE_DECISION else joined


def _hidden(state: SearchState) -> tuple[tuple[str, str], ...]:
    """What a new search from the same page keeps: filters and order."""
    choices = [("not." * c.excluded + c.facet, c.value) for c in state.choices]
    sort = [("sort", state.sort)] if state.sort != SearchState().sort else []
    return tuple(choices + sort)


def _outcome(outcome: Outcome) -> OutcomeLine | None:
    if outcome.rate is None or outcome.low is None or outcome.high is None:
        return None
    found = f"Overturned {outcome.overturned:,} of {count(outcome.issues, 'issue')}"
    if outcome.issues < FEW:
        return OutcomeLine(found + _beside(outcome), "So few tell no rate.", None)
    likely = f"{_whole(outcome.low)}–{percent(outcome.high)}"
    return OutcomeLine(
        f"{found} ({percent(outcome.rate)}, likely {likely}){_beside(outcome)}",
        "The likely range is the 95% Wilson interval.",
        _bar(outcome.rate, outcome.low, outcome.high),
    )


def _beside(outcome: Outcome) -> str:
    rate = outcome.collection_rate
    return "" if rate is None else f" · whole collection {percent(rate)}"


def _whole(share: float) -> str:
    return percent(share).removesuffix("%")


def _bar(rate: float, low: float, high: float) -> Bar:
    return Bar(round(rate * 100, 1), round(low * 100, 1), round((high - low) * 100, 1))


# ----------------------------------------------------------------------------------- the list


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


def _row(row: ResultRow) -> Row:
    return Row(
        service=row.service_html,
        url=row.href,
        verdict=verdict(row.decision),
        category=category_words(row.category, row.subcategory),
        case_id=row.case_id,
        issue=f"issue {row.number}" if row.number else "whole letter",
        decided=row.decided,
        decided_words=day(row.decided),
        excerpts=tuple(
            Passage(_PLACES.get(excerpt.place, excerpt.place.capitalize()), excerpt.html)
            for excerpt in row.excerpts
        ),
        sources=tuple(_sources(row)),
    )


def category_words(category: str | None, subcategory: str | None) -> str:
    """ "Rehabilitation › Chiropractic", or as much of it as is known."""
    return " › ".join(part for part in (category, subcategory) if part)


def _sources(row: ResultRow) -> Iterator[Source]:
    reviewer = _cited(row.reviewer_guideline.citations)
    administrator = _cited(row.claims_administrator.citations)
    if reviewer == administrator:
        if reviewer:
            yield Source("Both sides cite", reviewer)
        return
    yield Source("Reviewer cites", reviewer or _NO_GUIDELINE)
    yield Source("Denial cites", administrator or _NO_GUIDELINE)


_NO_GUIDELINE = (Link("no guideline"),)


def _cited(citations: tuple[Citation, ...]) -> tuple[Link, ...]:
    return tuple(Link(citation_words(citation), search_for(citation)) for citation in citations)


# --------------------------------------------------------------------------- pages and facets


def _pager(state: SearchState, result: SearchResult) -> tuple[Link, ...]:
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


def _facet(facet: Facet, state: SearchState) -> FacetBox:
    # Beside a decision, or where one decision is chosen, the number overturned says nothing.
    plain = facet.name in _TELLS_THE_DECISION or "decision" in state.filters
    return FacetBox(
        label=facet.label,
        open=facet.name in _OPEN or facet.selected > 0,
        plain=plain,
        selected=facet.selected,
        values=tuple(_facet_line(value, plain) for value in facet.values),
        more=f"and {facet.more:,} more" if facet.more else "",
    )


def _facet_line(value: FacetValue, plain: bool) -> FacetLine:
    return FacetLine(
        label=value.label,
        count=f"{value.count:,}",
        unit="issue" if value.count == 1 else "issues",
        overturned=f"{value.overturned:,}" if value.overturned and not plain else "",
        selected=value.selected,
        url=value.url,
    )


def _csv_limit(total: int, max_export: int) -> str:
    if total > max_export:
        return f"the first {max_export:,} of {count(total, 'issue')}"
    return "this one issue" if total == 1 else f"all {count(total, 'issue')}"
