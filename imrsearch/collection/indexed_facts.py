"""The indexed part of a determination, decoded from its JSON without the rest.

Indexing decodes every letter, so evidence, dates and statement texts that no index holds are
skipped. Names are those of ``model.py``: code that takes one type takes the other.
"""

from __future__ import annotations

from datetime import date

import msgspec


class IndexedCitation(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Citation``."""

    guideline: str | None
    sections: tuple[str, ...]
    pages: tuple[int, ...]
    text: str


class IndexedStatement(msgspec.Struct, frozen=True, gc=False):
    """As ``model.GuidelineStatement``."""

    basis: str | None
    citations: tuple[IndexedCitation, ...]


class IndexedQuantity(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Quantity``."""

    amount: int | float


class IndexedIssue(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Issue``."""

    number: int
    service: str
    decision: str | None
    original_request: str | None
    flags: tuple[str, ...]
    category: str | None
    subcategory: str | None
    treatment: str | None
    body_parts: tuple[str, ...]
    quantity: IndexedQuantity | None
    claims_administrator: IndexedStatement
    reviewer_guideline: IndexedStatement
    rationale: str
    further_treatments: tuple[str, ...] = ()
    rationale_citations: tuple[IndexedCitation, ...] = ()


class IndexedDates(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Dates``."""

    decided: date | None


class IndexedReviewer(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Reviewer``."""

    specialties: tuple[str, ...]
    licensed_in: tuple[str, ...]


class IndexedPatient(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Patient``."""

    age: int | None
    sex: str | None


class IndexedDetermination(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Determination``."""

    case_id: str
    era: str
    outcome: str | None
    dates: IndexedDates
    reviewer: IndexedReviewer
    patient: IndexedPatient
    summary: str
    issues: tuple[IndexedIssue, ...]
