"""The one place of a guideline that somebody asks for."""

from __future__ import annotations

from itertools import chain

from imrsearch.catalogue.guidelines import cited_places, guideline
from imrsearch.citations.statements import read_statement
from imrsearch.citations.typed import typed_citations
from imrsearch.model import CitedPlace

_LONGEST = 500
"""So many characters of a citation are read."""


def named_place(citation: str) -> CitedPlace | None:
    """The guideline, page or section that a citation names; ``None`` where it names none.

    ``citation``: as printed ("MTUS Chronic Pain Medical Treatment Guidelines, page 58"), as typed
    into a search ("MTUS 58", "ACOEM") or as it is indexed (``mtus-chronic-pain:58``).
    """
    indexed = CitedPlace.parse(citation.strip())
    if guideline(indexed.guideline):
        return indexed
    words = citation[:_LONGEST]
    printed = read_statement(words).statement.citations
    typed = list(typed_citations(words))
    cited = (*printed, *(one.value for one in typed))
    wholes = (CitedPlace(one.value.guideline or "") for one in typed)
    return next(chain(chain.from_iterable(map(cited_places, cited)), wholes), None)
