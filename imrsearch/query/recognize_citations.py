"""Citations typed as people write them: "MTUS 58", "ACOEM p. 300-301", "ODG low back".

They are read by the same code that reads the letters' own, so that what is typed is what is cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from imrsearch.catalogue.guidelines import cited_places, guideline, place_label
from imrsearch.model import Citation, CitedPlace
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import FieldEquals, Or, Query
from imrsearch.query.vocabulary import Vocabulary

# Only a search with one of these words is looked at.
_MARKERS = re.compile(r"\b(?:mtus|acoem|odg|cpmtg|guidelines?)\b", re.IGNORECASE)
# "MTUS 58" and "ACOEM, 300-301" leave the "p." out.
_BARE_PAGE = re.compile(
    r"\b(mtus|acoem|cpmtg|guidelines?),?\s+(?=\d{1,3}\b(?![./]))", re.IGNORECASE
)
_MTUS = re.compile(r"mtus\b", re.IGNORECASE)
# The page of "the MTUS" is one of this part of it, unless another part is named.
_PAGED = "mtus-chronic-pain"
_PAGE_SIGN = "p. "
# A citation up to its last page.
_PAGES = re.compile(r".*\d", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Citations:
    """Recognises citations; ``vocabulary`` tells which sections there are."""

    vocabulary: Vocabulary

    def __call__(self, text: str) -> Iterator[Meaning]:
        """The citations of a run of words."""
        marker = _MARKERS.search(text)
        if marker is None:
            return
        from imrsearch.citations.extract import Clause
        from imrsearch.citations.resolve import read_clause  # only where someone cites

        paged = _BARE_PAGE.sub(rf"\1 {_PAGE_SIGN}", text)
        for found in read_clause(paged, Clause("mtus", 0, len(paged))):
            start, end = _place(found.start, paged, text), _place(found.end, paged, text)
            meaning = self._meaning(found.citation, text, start, end)
            if meaning:
                yield meaning

    def _meaning(self, citation: Citation, text: str, start: int, end: int) -> Meaning | None:
        if citation.guideline is None and citation.pages and _MTUS.match(text, start):
            citation = replace(citation, guideline=_PAGED)
        if citation.guideline is None:
            return None
        places = self._places(citation)
        if places:
            # What follows the pages is no part of the citation: "MTUS p. 114 TENS".
            pages = _PAGES.match(text, start, end) if citation.pages else None
            end = pages.end() if pages else end
            query = Or(tuple(FieldEquals("cites", str(place)) for place in places))
            return _meant(start, end, text, query, place_label(places[0]), len(places))
        rows = tuple(FieldEquals("guideline", name) for name in _editions(citation.guideline))
        whole: Query = Or(rows) if len(rows) > 1 else rows[0]
        end = _before_sections(citation, text, start, end)
        return _meant(start, end, text, whole, place_label(CitedPlace(citation.guideline)), 1)

    def _places(self, citation: Citation) -> tuple[CitedPlace, ...]:
        """The cited pages and sections that the index has; a section also by its beginning."""
        known = [CitedPlace.parse(value) for value in self.vocabulary.values("cites")]
        found = (
            one
            for want in cited_places(citation)
            for one in known
            if one == want or (not citation.pages and _begins(one, want))
        )
        return tuple(dict.fromkeys(found))


def _begins(place: CitedPlace, beginning: CitedPlace) -> bool:
    """Whether a section's name begins with the other's words: Manual therapy & manipulation."""
    begun = (place.section or "").startswith(f"{beginning.section}-")
    return begun and place.guideline == beginning.guideline


def _before_sections(citation: Citation, text: str, start: int, end: int) -> int:
    """Where the guideline's name ends: what was taken for an unknown section is words."""
    places = (text.find(name, start, end) for name in citation.sections)
    first = min((place for place in places if place > start), default=end)
    return start + len(text[start:first].rstrip(" ,"))


def _place(at: int, paged: str, text: str) -> int:
    """A place in the text with its page signs as one in the text without."""
    added = sum(len(_PAGE_SIGN) for sign in _added(text) if sign < at)
    return min(at - added, len(text))


def _added(text: str) -> Iterator[int]:
    """Where the page signs stand in the text that has them."""
    for number, found in enumerate(_BARE_PAGE.finditer(text)):
        yield found.end() + number * len(_PAGE_SIGN)


def _editions(name: str) -> tuple[str, ...]:
    """A chapter of ACOEM is cited in two editions: shoulder complaints, shoulder disorders."""
    other = f"{name}-disorders"
    return (name, other) if guideline(other) else (name,)


def _meant(start: int, end: int, text: str, query: Query, label: str, places: int) -> Meaning:
    others = f" and {places - 1} more" if places > 1 else ""
    note = Note("citation", f"“{text[start:end]}” was read as a citation: {label}{others}.")
    return Meaning(start, end, query, note)
