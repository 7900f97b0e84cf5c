"""The one place of a guideline that somebody asks for."""

from __future__ import annotations

from imrsearch.catalogue.guidelines import cited_places, guideline
from imrsearch.citations.statements import read_statement
from imrsearch.model import CitedPlace

_LONGEST = 500
"""So many characters of a citation are read."""


def named_place(citation: str) -> CitedPlace | None:
    """The guideline, page or section that a citation names; ``None`` where it names none.

    ``citation``: as printed ("MTUS Chronic Pain Medical Treatment Guidelines, page 58") or as it is
    indexed (``mtus-chronic-pain:58``).
    """
    indexed = CitedPlace.parse(citation.strip())
    if guideline(indexed.guideline):
        return indexed
    printed = read_statement(citation[:_LONGEST]).statement.citations
    return next((place for one in printed for place in cited_places(one)), None)
