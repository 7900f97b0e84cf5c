"""Remarks on citations of editions that were not in force on the day of the review."""

from __future__ import annotations

import re
from dataclasses import replace

from imrsearch.catalogue.editions import cited_edition
from imrsearch.model import Citation, Dates, GuidelineStatement, NotInForce

_BASED_ON_MTUS = re.compile(
    r"\bdecisions?\s+based\s+on\s+(?:the\s+)?(?P<non>non\W{0,3})?MTUS\b", re.IGNORECASE
)


def remark_statement(statement: GuidelineStatement, dates: Dates) -> GuidelineStatement:
    """The statement, with a remark on each edition that it cites as the MTUS though not in force.

    What is cited from outside the MTUS, as an ACOEM guideline before its adoption, claims no force.
    """
    citations = tuple(
        _remarked(citation, dates) if _is_cited_as_mtus(statement, citation) else citation
        for citation in statement.citations
    )
    return (
        replace(statement, citations=citations) if citations != statement.citations else statement
    )


def remark_rationale(citations: tuple[Citation, ...], dates: Dates) -> tuple[Citation, ...]:
    """A rationale's citations, with a remark on each edition that was no longer in force.

    A rationale does not tell what it cites as the MTUS: editions not yet adopted get no remark.
    """
    remarked = [_remarked(citation, dates) for citation in citations]
    return tuple(
        after if (remark := after.not_in_force) and remark.since <= remark.day else before
        for before, after in zip(citations, remarked, strict=True)
    )


def _remarked(citation: Citation, dates: Dates) -> Citation:
    """The citation, with a remark on an edition that was not in force on the day of the utilization
    review, or else of the decision.

    Which edition governs depends on the day of the request, which letters do not print.
    """
    day = dates.ur_denial or dates.decided
    if day is None or citation.guideline is None:
        return citation
    edition = cited_edition(citation.guideline, citation.year, citation.edition)
    if edition is None or edition.covers(day):
        return citation
    remark = NotInForce(
        edition=edition.name,
        since=edition.since,
        until=edition.until,
        day=day,
        day_of="ur_denial" if dates.ur_denial else "decided",
        source=edition.source,
    )
    return replace(citation, not_in_force=remark)


def _is_cited_as_mtus(statement: GuidelineStatement, citation: Citation) -> bool:
    """By the form's sentence before the citation, where both kinds stand in one statement."""
    if statement.basis != "mtus+non-mtus":
        return statement.basis == "mtus"
    place = statement.text.find(citation.text)
    sentences = list(_BASED_ON_MTUS.finditer(statement.text, 0, max(place, 0)))
    return bool(sentences) and sentences[-1]["non"] is None
