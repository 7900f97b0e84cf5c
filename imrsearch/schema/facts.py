"""The indexed part of a determination, decoded from its JSON without the rest.

Indexing decodes every letter, so what no index holds is skipped: evidence, the wording of warnings,
the texts of statements. Names are those of ``model.py``: code that takes one type takes the other;
a test holds the two together.
"""

from __future__ import annotations

from datetime import date

import msgspec

from imrsearch import model


class IndexedRecommendation(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Recommendation``."""

    advice: str | None
    evidence: str | None


class IndexedCitation(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Citation``."""

    guideline: str | None
    sections: tuple[str, ...]
    pages: tuple[int, ...]
    text: str
    recommendations: tuple[IndexedRecommendation, ...] = ()


class IndexedStatement(msgspec.Struct, frozen=True, gc=False):
    """As ``model.GuidelineStatement``."""

    basis: str | None
    citations: tuple[IndexedCitation, ...]


class IndexedQuantity(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Quantity``."""

    amount: int | float
    unit: str
    minimum: int | float | None = None


class IndexedDose(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Dose``."""

    amount: int | float
    unit: str


class IndexedVisits(msgspec.Struct, frozen=True, gc=False):
    """As ``model.VisitsSoFar``."""

    count: int


class IndexedReason(msgspec.Struct, frozen=True, gc=False):
    """As ``model.DecisionReason``."""

    criterion: str
    status: str


class IndexedIssue(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Issue``."""

    number: int
    service: str
    decision: str | None
    original_request: str | None
    authorized: str | None
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
    sides: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    rationale_citations: tuple[IndexedCitation, ...] = ()
    reasons: tuple[IndexedReason, ...] = ()
    denial_reasons: tuple[IndexedReason, ...] = ()
    visits_so_far: IndexedVisits | None = None
    ur_action: str | None = None
    original_quantity: IndexedQuantity | None = None
    authorized_quantity: IndexedQuantity | None = None
    dose: IndexedDose | None = None
    body_part_source: str | None = None
    recommendations: tuple[IndexedRecommendation, ...] = ()


class IndexedDates(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Dates``."""

    injury: date | None
    ur_denial: date | None
    received: date | None
    assigned: date | None
    decided: date | None


class IndexedReviewer(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Reviewer``."""

    specialties: tuple[str, ...]
    subspecialties: tuple[str, ...]
    licensed_in: tuple[str, ...]


class IndexedPatient(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Patient``."""

    age: int | None
    sex: str | None
    sex_inferred: bool = False


class IndexedWarning(msgspec.Struct, frozen=True, gc=False):
    """As ``model.LetterWarning``."""

    code: str


class IndexedDetermination(msgspec.Struct, frozen=True, gc=False):
    """As ``model.Determination``."""

    case_id: str
    era: str
    outcome: str | None
    dates: IndexedDates
    priority: str | None
    reviewer: IndexedReviewer
    patient: IndexedPatient
    summary: str
    issues: tuple[IndexedIssue, ...]
    diagnoses: tuple[str, ...] = ()
    warnings: tuple[IndexedWarning, ...] = ()


CaseFacts = model.Determination | IndexedDetermination
IssueFacts = model.Issue | IndexedIssue
CitationFacts = model.Citation | IndexedCitation
QuantityFacts = model.Quantity | IndexedQuantity
RecommendationFacts = model.Recommendation | IndexedRecommendation
