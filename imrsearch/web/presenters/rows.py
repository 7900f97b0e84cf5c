"""One row of the results: an issue with its excerpts and what both sides cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from imrsearch.model import IssueId
from imrsearch.schema.citation_words import day
from imrsearch.search.brief.clips import Clip
from imrsearch.search.results import Reason, ResultRow, issue_address
from imrsearch.text.quantities import count
from imrsearch.web.presenters.links import Link, citation_links, treatment_link
from imrsearch.web.presenters.words import Verdict, case_title, category_words, verdict

_PLACES = {"rationale": "Rationale", "summary": "Case summary", "service": "Service"}
_TIMES = {1: "once", 2: "twice"}
_NO_GUIDELINE = ((Link("no guideline"),),)


@dataclass(frozen=True, slots=True)
class CitedSource:
    """What one side relied on; each citation's pieces lead to the issues that cite the same."""

    label: str
    citations: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownExcerpt:
    """An excerpt with the name of its place."""

    place: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Row:
    """One issue in the list.

    ``others`` counts the issues of the same wording that it stands for, ``same`` leads to them.
    ``reasons`` tell what matched where; ``of_case`` stands above the first row of a case where
    the rows of a case stand together.
    """

    service: Markup
    url: str
    verdict: Verdict
    category: str
    treatment: Link | None
    case_id: str
    issue: str
    decided: str | None
    decided_words: str
    excerpts: tuple[ShownExcerpt, ...]
    sources: tuple[CitedSource, ...]
    reasons: tuple[str, ...]
    of_case: str
    clip: str
    others: str
    same: tuple[Link, ...]


def result_rows(rows: Sequence[ResultRow], by_case: bool, q: str = "") -> tuple[Row, ...]:
    """The rows for the issues found, with a line above each case's if they stand together.

    ``q``: the search's words, which the case page marks.
    """
    found = Counter(row.case_id for row in rows) if by_case else Counter()
    firsts = {row.case_id: row.number for row in reversed(rows)}
    of_case = {
        (case, firsts[case]): f"{case_title(case)}: {count(issues, 'issue')} found"
        for case, issues in found.items()
    }
    return tuple(_row_view(row, q, of_case.get((row.case_id, row.number), "")) for row in rows)


def _row_view(row: ResultRow, q: str, of_case: str) -> Row:
    return Row(
        service=row.service_html,
        url=issue_url(row, q),
        verdict=verdict(row.decision),
        category=category_words(row.category, row.subcategory),
        treatment=treatment_link(row.issue.treatment),
        case_id=row.case_id,
        issue=f"issue {row.number}" if row.number else "whole letter",
        decided=row.decided,
        decided_words=day(row.decided),
        excerpts=tuple(
            ShownExcerpt(_PLACES.get(excerpt.place, excerpt.place.capitalize()), excerpt.html)
            for excerpt in row.excerpts
        ),
        sources=tuple(_source_marks(row)),
        reasons=tuple(_reason(reason) for reason in row.reasons),
        of_case=of_case,
        clip=str(Clip(row.case_id, row.number)) if row.number else "",
        others=f"+ {row.others:,} with the same wording" if row.others else "",
        same=tuple(
            Link(f"{one.case_id}, issue {one.number}", issue_address(one.case_id, one.number))
            for one in map(IssueId.parse, row.same)
        ),
    )


def issue_url(row: ResultRow, q: str) -> str:
    """The issue on its case's page, with the search's words."""
    page, _, place = row.url.partition("#")
    return f"{page}?{urlencode({'q': q})}#{place}" if q else row.url


def _reason(reason: Reason) -> str:
    """Such as "“mri” twice in the rationale"."""
    if reason.place in _PLACES:
        times = _TIMES.get(reason.times) or f"{reason.times:,} times"
        return f"“{reason.words}” {times} in the {_PLACES[reason.place].lower()}"
    return f"{reason.place} “{reason.words}”"


def _source_marks(row: ResultRow) -> Iterator[CitedSource]:
    reviewer, administrator = (
        tuple(map(citation_links, statement.citations))
        for statement in (row.reviewer_guideline, row.claims_administrator)
    )
    if reviewer == administrator:
        if reviewer:
            yield CitedSource("Both sides cite", reviewer)
        return
    yield CitedSource("Reviewer cites", reviewer or _NO_GUIDELINE)
    yield CitedSource("Denial cites", administrator or _NO_GUIDELINE)
