"""Where in the letter a fact was read from: names of facts, links to their places, and the page of
the letter with such a place marked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from imrsearch.model import Determination
from imrsearch.web.presenters.words import case_title

FACTS: tuple[tuple[str, str], ...] = (
    ("dates.decided", "Decided"),
    ("dates.injury", "Date of injury"),
    ("dates.ur_denial", "Denied by utilization review"),
    ("dates.received", "Application received"),
    ("dates.assigned", "Assigned to the reviewer"),
    ("priority", "Priority"),
    ("reviewer.specialties", "Reviewer’s specialty"),
    ("reviewer.subspecialties", "Subspecialty"),
    ("reviewer.licensed_in", "Licensed in"),
    ("patient.age", "Patient’s age"),
    ("patient.sex", "Patient’s sex"),
    ("diagnoses", "Diagnosis code"),
)
"""The facts of a case by their path in the model, in the order shown."""

ISSUE_FACTS: tuple[tuple[str, str], ...] = (
    ("original_request", "Original request"),
    ("authorized", "Authorized before review"),
    ("ur_action", "Utilization review"),
    ("treatment", "Treatment"),
    ("further_treatments", "Asked for together with"),
    ("body_parts", "Body part"),
    ("body_part_source", "Body part read from"),
    ("quantity", "Quantity"),
    ("original_quantity", "Quantity before the modification"),
    ("authorized_quantity", "Quantity authorized"),
    ("dose", "Dose"),
    ("flags", "Kind of request"),
    ("formulary", "In the MTUS Drug List"),
)
"""The facts of an issue, likewise."""

_FACT_LABELS = (*FACTS, ("case_id", "Case number"), ("summary", "Summary"))
_ISSUE_NAMES = {
    **dict(ISSUE_FACTS),
    "heading": "Heading",
    "service": "Service",
    "decision": "Decision",
    "category": "Category",
    "rationale": "Rationale",
    "claims_administrator": "What the claims administrator cited",
    "reviewer_guideline": "What the reviewer cited",
    "rationale_citations": "What the rationale cites",
    "recommendations": "What a guideline advises",
    "reasons": "Reason of the decision",
    "denial_reasons": "Reason of the denial",
    "visits_so_far": "Visits so far",
}


def evidence_path(case: Determination, path: str) -> str | None:
    """The evidence of a fact; a list of values is shown by its first one's."""
    if path in case.evidence:
        return path
    return next((known for known in case.evidence if known.startswith(f"{path}.")), None)


def evidence_url(case: Determination, path: str) -> str | None:
    """The link to the place that a fact was read from, where that is known."""
    if evidence_path(case, path) is None:
        return None
    return url_for("pages.letter", case_id=case.case_id, fact=path, _anchor="evidence")


def fact_name(path: str) -> str:
    """A fact's name: dates.injury -> "Date of injury"; issues.2.decision -> "Decision, issue 2"."""
    if not path.startswith("issues."):
        return next((label for known, label in _FACT_LABELS if path.startswith(known)), path)
    number, _, rest = path.removeprefix("issues.").partition(".")
    name = rest.partition(".")[0]
    return f"{_ISSUE_NAMES.get(name, name)}, issue {number}"


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letter's kept text, split where the marked place begins and ends."""

    title: str
    fact: str
    before: str
    marked: str
    after: str


def letter_page(case: Determination, text: str, fact: str | None) -> LetterPage:
    """The kept ``text``; the place that ``fact`` was read from is marked, if it is known."""
    path = evidence_path(case, fact) if fact else None
    span = case.evidence[path] if path else None
    start, end = (span.start, span.end) if span else (len(text), len(text))
    return LetterPage(
        title=case_title(case.case_id),
        fact=f"Marked: where “{fact_name(path)}” was read from." if path else "",
        before=text[:start],
        marked=text[start:end],
        after=text[end:],
    )
