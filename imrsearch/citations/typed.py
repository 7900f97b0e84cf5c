"""Citations as people type them: "MTUS 58", "ACOEM 300-301", "ACOEM chapter 12 301".

They are read by the same code that reads the letters' own, so that what is typed is what is cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from imrsearch.citations.extract import Clause
from imrsearch.citations.resolve import read_clause
from imrsearch.model import Citation
from imrsearch.text.located import Located

# "MTUS 58", "ACOEM, 300-301" and "ACOEM chapter 12 301" leave the "p." out.
_BARE_PAGE = re.compile(
    r"\b(?:mtus(?:\s+chronic\s+pain)?|acoem(?:\s+ch(?:apter|\.)\s*\d{1,2})?|cpmtg|guidelines?),?\s+"
    r"(?=\d{1,3}\b(?![./]))",
    re.IGNORECASE,
)
_MTUS_MENTION = re.compile(r"mtus\b", re.IGNORECASE)
# The page of "the MTUS" is one of this part of it, unless another part is named.
_PAGED = "mtus-chronic-pain"
_PAGE_SIGN = "p. "


def typed_citations(text: str) -> Iterator[Located[Citation]]:
    """The citations in ``text`` whose guideline is known."""
    paged = _BARE_PAGE.sub(rf"\g<0>{_PAGE_SIGN}", text)
    for found in read_clause(paged, Clause("mtus", 0, len(paged))):
        start = _place_without_signs(found.start, text)
        end = _place_without_signs(found.end, text)
        citation = found.value
        if citation.guideline is None and citation.pages and _MTUS_MENTION.match(text, start):
            citation = replace(citation, guideline=_PAGED)
        if citation.guideline is not None:
            yield Located(citation, start, end)


def _place_without_signs(at: int, text: str) -> int:
    """A place in the text with its page signs as one in ``text``, which has none."""
    for bare in _BARE_PAGE.finditer(text):
        if bare.end() < at:
            at -= len(_PAGE_SIGN)
    return at
