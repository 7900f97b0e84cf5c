"""What a pasted text asks for, as read: requests with their facts, and what is not in dispute."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.catalogue.patterns import patterns
from imrsearch.model import Citation, DecisionReason, Quantity
from imrsearch.search.pasted.wording.days import TextDate

_PATTERNS = patterns("request")

_TAIL = _PATTERNS["tail"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request in dispute. ``text`` is where the pasted text first names it; ``codes`` are CPT,
    HCPCS and ICD codes as printed; ``reasons`` those of its denial, with their sentences.
    ``note`` tells what of it was certified: "6 of 12 visits certified."."""

    text: str
    treatment: str | None
    category: str | None
    body_parts: tuple[str, ...]
    quantity: Quantity | None
    citations: tuple[Citation, ...] = ()
    codes: tuple[str, ...] = ()
    reasons: tuple[DecisionReason, ...] = ()
    note: str = ""

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria of its reasons."""
        return tuple(reason.criterion for reason in self.reasons)

    @property
    def heading(self) -> str:
        """Its text without what a form has behind it: " - NON-CERTIFIED", " refills:"."""
        return _TAIL.sub("", self.text) or self.text


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read of a text. ``certified``, ``withdrawn``, ``deferred`` and ``history`` are
    treatments that are not in dispute: those certified, those that nobody asks for any more, those
    that wait for a decision on liability, and those that were given before."""

    requests: tuple[Request, ...]
    certified: tuple[str, ...]
    withdrawn: tuple[str, ...]
    deferred: tuple[str, ...]
    history: tuple[str, ...]
    dates: tuple[TextDate, ...]

    def aside(self) -> tuple[str, ...]:
        """The treatments that the text itself takes out of dispute."""
        return (*self.certified, *self.withdrawn, *self.deferred)
