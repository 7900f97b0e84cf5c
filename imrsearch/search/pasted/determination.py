"""A determination pasted in the place of a denial: its form tells the disputed services."""

from __future__ import annotations

from imrsearch.catalogue.eras import templates
from imrsearch.catalogue.reasons import UNMET
from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.model import Issue
from imrsearch.search.pasted.request import Reading, Request
from imrsearch.search.pasted.wording.days import TextDate
from imrsearch.system.errors import LetterError


def determination_reading(text: str) -> Reading | None:
    """The disputed services of a determination, each with the reasons of its denial; ``None`` for
    any other text."""
    if not any(template.marks_stand(text) for template in templates()):
        return None  # at once, as for nearly every text
    try:
        found = parse(kept_text(text), "pasted text")
    except LetterError:
        return None
    requests = tuple(_request(issue) for issue in found.issues)
    days = (("injury", found.dates.injury), ("decision", found.dates.ur_denial))
    told = tuple(TextDate(kind, day) for kind, day in days if day)
    return Reading(requests, (), (), (), (), told) if requests else None


def _request(issue: Issue) -> Request:
    """With what the utilization review found wanting; where that is not told, the reviewer."""
    unmet = tuple(reason for reason in issue.reasons if reason.status == UNMET)
    return Request(
        text=issue.service,
        treatment=issue.treatment,
        category=issue.category,
        body_parts=issue.body_parts,
        quantity=issue.quantity,
        citations=issue.claims_administrator.citations,
        reasons=issue.denial_reasons or unmet,
    )
