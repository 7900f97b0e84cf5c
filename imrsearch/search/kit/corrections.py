"""What a reader changes of a request as it was read: facts taken away, replaced or added."""

from __future__ import annotations

from dataclasses import dataclass, replace

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.reasons import UNMET, criteria
from imrsearch.letters.service import read_service
from imrsearch.model import Citation, DecisionReason, Quantity
from imrsearch.search.kit.request import Request

_LONGEST_CORRECTION = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """All that is to be known of a request: what is missing here was taken away.

    ``treatment`` and ``amount`` are in the reader's words; ``reasons`` are criteria, ``citations``
    are told by ``citation_key``.
    """

    treatment: str
    body_parts: tuple[str, ...]
    amount: str
    reasons: tuple[str, ...]
    citations: tuple[str, ...]


def corrected_request(request: Request, correction: Correction) -> Request:
    """The request as its reader wants it; a treatment that is not recognised changes nothing."""
    treatment, category = request.treatment, request.category
    if correction.treatment.strip() != treatment_name(request):
        named = read_service(correction.treatment[:_LONGEST_CORRECTION])
        if named.category:
            treatment, category = named.treatment, named.category
    return replace(
        request,
        treatment=treatment,
        category=category,
        body_parts=tuple(part for part in regions() if part in correction.body_parts),
        quantity=_corrected_amount(request, correction.amount),
        reasons=_corrected_reasons(request, correction.reasons),
        citations=tuple(
            one for one in request.citations if citation_key(one) in correction.citations
        ),
    )


def unread_treatment(request: Request, correction: Correction) -> str:
    """The treatment that a reader wants and that is not recognised; empty where there is none."""
    typed = correction.treatment.strip()[:_LONGEST_CORRECTION]
    is_read = typed in ("", treatment_name(request)) or read_service(typed).category
    return "" if is_read else typed


def treatment_name(request: Request) -> str:
    """What a request asks for: its treatment or, where none is known, its category."""
    return request.treatment or request.category or ""


def amount_words(quantity: Quantity | None) -> str:
    """An amount in words that are read again as the same: "6 visits"."""
    return f"{quantity.amount:g} {quantity.unit}" if quantity else ""


def citation_key(citation: Citation) -> str:
    """Tells a citation from the others of its request."""
    return " ".join(map(str, (citation.guideline or citation.text, *citation.pages)))


def _corrected_amount(request: Request, told: str) -> Quantity | None:
    if told.strip() == amount_words(request.quantity):
        return request.quantity
    return (
        read_service(f"{treatment_name(request)}, {told[:_LONGEST_CORRECTION]}").quantity
        if told
        else None
    )


def _corrected_reasons(request: Request, wanted: tuple[str, ...]) -> tuple[DecisionReason, ...]:
    """Those read that are still wanted, then those added, for which no sentence stands."""
    read = [reason for reason in request.reasons if reason.criterion in wanted]
    known = {reason.criterion for reason in request.reasons}
    added = (name for name in dict.fromkeys(wanted) if name in criteria() and name not in known)
    return (*read, *(DecisionReason(name, UNMET, "", (0, 0)) for name in added))
