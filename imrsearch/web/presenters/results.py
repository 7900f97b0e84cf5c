"""The page of results: every word, number and link that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from imrsearch.catalogue.guidelines import guideline, place_label
from imrsearch.model import CitedPlace
from imrsearch.query.notes import Note
from imrsearch.search.export import FORMATS
from imrsearch.search.results import SearchResult
from imrsearch.search.state import PAGE_SIZES, SWITCHES, SearchState
from imrsearch.text.quantities import count
from imrsearch.web.presenters.facets import FacetBox, facet_box
from imrsearch.web.presenters.links import Link, number_links, place_url
from imrsearch.web.presenters.rows import Row, result_rows
from imrsearch.web.presenters.won_lost import ReasonPanel, reason_panel
from imrsearch.web.presenters.words import search_in_words

# A search for nothing but a citation: cites:mtus-chronic-pain:58, guideline:"odg-pain".
_CITED = re.compile(
    r'(?:rationale_)?cites:"?([\w-]+:[\w-]+)"?(?: OR rationale_cites:"?\1"?)?'
    r'|(?:guideline|rationale_cites):"?([\w-]+)"?(?: OR rationale_cites:"?\2"?)?'
)

_BELOW = "only-mentioned"
"""The code of the note that stands below the results."""


_SORT_LABELS = {
    "relevance": "Relevance",
    "newest": "Newest",
    "oldest": "Oldest",
    "overturned": "Overturned first",
    "quantity": "Largest amount",
    "visits_so_far": "Most visits so far",
}


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What the page of results shows beside the search and its result."""

    heading: str
    hidden: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    offers: tuple[Note, ...]
    position: str
    first: int
    sorts: tuple[Link, ...]
    groupings: tuple[Link, ...]
    sizes: tuple[Link, ...]
    jump: Link | None
    rows: tuple[Row, ...]
    close: tuple[Row, ...]
    pager: tuple[Link, ...]
    mentions: Link | None
    facets: tuple[FacetBox, ...]
    reasons: ReasonPanel | None
    exports: tuple[Link, ...]
    export_limit: str


def results_page(state: SearchState, result: SearchResult, max_export: int) -> ResultsPage:
    """The page for what ``state`` found."""
    # A new search from the same page keeps filters, order and how rows are shown.
    kept = replace(state.with_query("").with_match(""), **_SWITCHED_ON)
    # Where nothing was found, what finds something: a message that is a link as a whole.
    asked = () if result.total else result.notes
    offers = tuple(note for note in asked if note.url is not None and note.link is None)
    # Below issues that dispute a treatment, the way to those that only mention it.
    below = [note for note in result.notes if note.code == _BELOW and result.total]
    first_page = state.with_page(1)
    found = count(result.total, "issue")
    exported = f"all {found}" if result.total != 1 else "this one issue"
    if result.total > max_export:
        exported = f"the first {max_export:,} of {found}"
    return ResultsPage(
        heading=search_in_words(state, result.total),
        hidden=tuple(kept.parameters()),
        notes=tuple(note for note in result.notes if note not in offers and note.code != _BELOW),
        offers=offers,
        position=_position(result),
        # Rows that stand together by case have no number.
        first=1 if result.group == "case" else (result.page - 1) * result.per_page + 1,
        sorts=_sorts(state),
        groupings=_groupings(state),
        sizes=_sizes(state, result.total),
        jump=_page_jump(result),
        rows=result_rows(result.rows, by_case=result.group == "case", q=state.q),
        close=result_rows(result.close, by_case=False, q=state.q),
        pager=number_links(result.page, result.pages, lambda n: state.with_page(n).to_url()),
        mentions=next((Link(note.message, note.url) for note in below if note.url), None),
        facets=tuple(
            facet_box(facet, first_page, not result.outcome.by_decision)
            for facet in result.facets
            if facet.values
        ),
        reasons=reason_panel(result),
        exports=tuple(
            Link(form.title, first_page.to_url(_EXPORTED_AT[form.suffix]))
            for form in FORMATS.values()
        ),
        export_limit=exported,
    )


_EXPORTED_AT = {suffix: f"/search.{suffix}" for suffix in FORMATS} | {"json": "/search/all.json"}
"""Where the whole result is, in every format there is."""
_SWITCHED_ON: Mapping[str, Any] = dict.fromkeys(SWITCHES, True)


def _position(result: SearchResult) -> str:
    before = (result.page - 1) * result.per_page
    if result.cases is not None:
        shown = len({row.case_id for row in result.rows})
        return f"Cases {before + 1:,}–{before + shown:,} of {result.cases:,}"
    rows = f"{before + 1:,}–{before + len(result.rows):,}"
    if result.wordings is not None:
        return f"{rows} of {count(result.wordings, 'wording')} in {count(result.total, 'issue')}"
    return f"{rows} of {result.total:,}"


def _groupings(state: SearchState) -> tuple[Link, ...]:
    """The ways to put rows together, or back to one by one."""
    if state.group:
        return (Link("Issues one by one", state.with_group("").to_url()),)
    return (
        Link("Group by case", state.with_group("case").to_url()),
        Link("Fold same wording", state.with_group("wording").to_url()),
    )


def _sizes(state: SearchState, total: int) -> tuple[Link, ...]:
    """How many rows a page may have; nothing where all fit on the shortest."""
    if total <= PAGE_SIZES[0]:
        return ()
    return tuple(
        Link(str(size), state.with_per_page(size).to_url(), current=size == state.per_page)
        for size in PAGE_SIZES
    )


def _page_jump(result: SearchResult) -> Link | None:
    """The page of what was typed: a case by its number, or a guideline or a place in one."""
    if result.jump:
        return Link(f"Go to case {result.jump.rpartition('/')[2]}", result.jump)
    cited = _CITED.fullmatch(result.read_as)
    place = CitedPlace.parse(cited[1] or cited[2] if cited else "")
    if not result.total or guideline(place.guideline) is None:
        return None
    return Link(f"Who cites {place_label(place)}, and how it ended", place_url(place))


def _sorts(state: SearchState) -> tuple[Link, ...]:
    return tuple(
        Link(label, state.with_sort(sort).to_url(), current=sort == state.sort)
        for sort, label in _SORT_LABELS.items()
    )
