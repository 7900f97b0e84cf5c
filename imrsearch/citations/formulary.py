"""What a rationale says of a drug's place in the MTUS Drug List, the formulary since 2018."""

from __future__ import annotations

import re

from imrsearch.text.located import Located

# "An exempt drug", "an unlisted drug" is one of the formulary, whether or not that is named.
_FORMULARY_NAMED = re.compile(r"\bformulary\b|\bdrug\s+list\b|\b(?:exempt|unlisted)\s+drugs?\b")
_PRINTED_STATUS = re.compile(
    r"""
    (?P<non_exempt>\bnon[-\s]?exempt\b|\bnot\s+(?:an?\s+)?exempt\b)
  | (?P<exempt>\bexempt\b(?!\s+from\s+the\s+formulary))
  | (?P<unlisted>\bunlisted\b
      |\bnot\s+(?:listed|included|found)\s+(?:in|on)\s+the\s+(?:MTUS\s+)?(?:drug\s+list|(?:drug\s+)?formulary))
  | (?P<special_fill>(?<!\bno\s)\bspecial[-\s]fill\b)
  | (?P<perioperative_fill>(?<!\bno\s)\bperi[-\s]?operative[-\s]fill\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_STATUS_NAMES = {
    "non_exempt": "non-exempt",
    "special_fill": "special fill",
    "perioperative_fill": "perioperative fill",
}


def read_formulary(text: str) -> tuple[Located[str], ...]:
    """The statuses that a rationale names, each once, in the order printed.

    ``exempt``, ``non-exempt``, ``unlisted``, ``special fill``, ``perioperative fill``; empty for a
    text that names no formulary. Never raises.
    """
    low = text.lower()
    named = "formulary" in low or ("drug" in low and ("list" in low or "exempt" in low))
    if not (named and _FORMULARY_NAMED.search(low)):
        return ()
    found: dict[str, Located[str]] = {}
    for match in _PRINTED_STATUS.finditer(text):
        name = str(match.lastgroup)
        status = _STATUS_NAMES.get(name, name)
        found.setdefault(status, Located.at(match, status))
    return tuple(found.values())
