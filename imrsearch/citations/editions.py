"""Remarks on citations of editions that were not in force on the day of the review."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from operator import is_
from typing import Literal

from imrsearch.catalogue.editions import cited_edition
from imrsearch.model import Citation, Dates, GuidelineStatement, NotInForce

_BASED_ON_MTUS = re.compile(
    r"\bdecisions?\s+based\s+on\s+(?:the\s+)?(?P<non>non\W{0,3})?MTUS\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """The nearest known day to the request, and whose day it is."""

    day: date
    day_of: Literal["ur_denial", "decided"]


def review_day(dates: Dates) -> ReviewDay | None:
    """The day of the utilization review, else of the decision; ``None`` where neither is known.

    Which edition governs depends on the day of the request, which letters do not print.
    """
    if dates.ur_denial:
        return ReviewDay(dates.ur_denial, "ur_denial")
    return ReviewDay(dates.decided, "decided") if dates.decided else None


def remark_statement(statement: GuidelineStatement, review: ReviewDay) -> GuidelineStatement:
    """The statement, with a remark on each edition that it cites as the MTUS though not in force.

    What is cited from outside the MTUS, as an ACOEM guideline before its adoption, claims no force.
    """
    citations = tuple(
        _remarked(citation, review) if _is_cited_as_mtus(statement, citation) else citation
        for citation in statement.citations
    )
    same = all(map(is_, citations, statement.citations))
    return statement if same else replace(statement, citations=citations)


def remark_rationale(citations: tuple[Citation, ...], review: ReviewDay) -> tuple[Citation, ...]:
    """A rationale's citations, with a remark on each edition that was no longer in force.

    A rationale does not tell what it cites as the MTUS: editions not yet adopted get no remark.
    """
    remarked = [_remarked(citation, review) for citation in citations]
    return tuple(
        after if after.not_in_force and after.not_in_force.since <= review.day else before
        for before, after in zip(citations, remarked, strict=True)
    )


def _remarked(citation: Citation, review: ReviewDay) -> Citation:
    if citation.guideline is None:
        return citation
    edition = cited_edition(citation.guideline, citation.year, citation.edition)
    if edition is None or edition.covers(review.day):
        return citation
    remark = NotInForce(
        edition=edition.name,
        since=edition.since,
        until=edition.until,
        day=review.day,
        day_of=review.day_of,
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
