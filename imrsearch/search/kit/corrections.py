"""A reader's corrections of a request: facts taken away, replaced or added."""

from __future__ import annotations

from dataclasses import dataclass, replace

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.reasons import UNMET, criteria
from imrsearch.letters.service import read_service
from imrsearch.model import Citation, DecisionReason, Quantity
from imrsearch.search.pasted.request import Request

_LONGEST_CORRECTION = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """What a request is to say once corrected; what is missing here was taken away.

    ``treatment`` and ``amount`` are in the reader's words, ``reasons`` are criteria, and
    ``citations`` are keys of ``citation_key``.
    """

    treatment: str
    body_parts: tuple[str, ...]
    amount: str
    reasons: tuple[str, ...]
    citations: tuple[str, ...]


def corrected_request(request: Request, correction: Correction) -> Request:
    """The request as corrected; a treatment that is not recognised is left as it was read."""
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
    """What a reader typed for a treatment, if it is not recognised; else empty."""
    typed = correction.treatment.strip()[:_LONGEST_CORRECTION]
    is_read = typed in ("", treatment_name(request)) or read_service(typed).category
    return "" if is_read else typed


def treatment_name(request: Request) -> str:
    """What a request asks for: its treatment or, where none is known, its category."""
    return request.treatment or request.category or ""


def amount_words(quantity: Quantity | None) -> str:
    """An amount in words from which the same amount is read again: "6 visits"."""
    return f"{quantity.amount:g} {quantity.unit}" if quantity else ""


def citation_key(citation: Citation) -> str:
    """A name for a citation that no other citation of its request has."""
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
    """The reasons read that are still wanted, then those added, which have no sentence."""
    read = [reason for reason in request.reasons if reason.criterion in wanted]
    known = {reason.criterion for reason in request.reasons}
    added = (name for name in dict.fromkeys(wanted) if name in criteria() and name not in known)
    return (*read, *(DecisionReason(name, UNMET, "", (0, 0)) for name in added))
