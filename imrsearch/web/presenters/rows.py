"""One row of the results: an issue with its excerpts and what both sides cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from imrsearch.model import Citation
from imrsearch.search.results import ResultRow
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.places import citation_links
from imrsearch.web.presenters.words import (
    Verdict,
    category_words,
    day,
    verdict,
)

_PLACES = {"rationale": "Rationale", "summary": "Case summary", "service": "Service"}
_NO_GUIDELINE = ((Link("no guideline"),),)


@dataclass(frozen=True, slots=True)
class Source:
    """What one side relied on; each citation's pieces lead to the issues that cite the same."""

    label: str
    citations: tuple[tuple[Link, ...], ...]


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


def result_row(row: ResultRow) -> Row:
    """The row for one issue found."""
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


def _sources(row: ResultRow) -> Iterator[Source]:
    reviewer = _cited(row.reviewer_guideline.citations)
    administrator = _cited(row.claims_administrator.citations)
    if reviewer == administrator:
        if reviewer:
            yield Source("Both sides cite", reviewer)
        return
    yield Source("Reviewer cites", reviewer or _NO_GUIDELINE)
    yield Source("Denial cites", administrator or _NO_GUIDELINE)


def _cited(citations: tuple[Citation, ...]) -> tuple[tuple[Link, ...], ...]:
    return tuple(citation_links(citation) for citation in citations)
