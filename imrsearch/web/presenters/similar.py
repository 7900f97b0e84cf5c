"""The nearest issues on both sides, in two columns."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.schema.citation_words import citation_words, day
from imrsearch.search.results import ResultRow
from imrsearch.search.similar import BothSides
from imrsearch.web.presenters.words import Verdict, sentence_case, verdict


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """A similar issue: what was asked for, where, when, and what the reviewer cites."""

    service: str
    url: str
    case_id: str
    about: str
    cites: str


@dataclass(frozen=True, slots=True)
class DecidedAlike:
    """The nearest issues with one decision; ``nothing`` says so where there is none."""

    verdict: Verdict
    title: str
    issues: tuple[SimilarRow, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class SimilarIssues:
    """Both columns, always both."""

    columns: tuple[DecidedAlike, DecidedAlike]


def similar_issues(found: BothSides | None) -> SimilarIssues | None:
    """The columns for what was found; ``None`` where both would be empty."""
    if found is None or not (found.overturned or found.upheld):
        return None
    return SimilarIssues(
        (
            _side_column(OVERTURNED, "Nearest overturned", found.overturned),
            _side_column(UPHELD, "Nearest upheld", found.upheld),
        )
    )


def _side_column(decision: str, title: str, rows: tuple[ResultRow, ...]) -> DecidedAlike:
    nothing = f"No issue of this kind was {decision}." if not rows else ""
    return DecidedAlike(verdict(decision), title, tuple(map(_similar_row, rows)), nothing)


def _similar_row(row: ResultRow) -> SimilarRow:
    return SimilarRow(
        service=row.service,
        url=row.url,
        case_id=f"{row.case_id}, issue {row.number}",
        about=about_issue(row),
        cites="; ".join(citation_words(one) for one in row.reviewer_guideline.citations),
    )


def about_issue(row: ResultRow) -> str:
    """Body parts and day, as far as they are known: "Low back, neck · Dec 9, 2016"."""
    about = (sentence_case(", ".join(row.body_parts)), day(row.decided))
    return " · ".join(filter(None, about))
