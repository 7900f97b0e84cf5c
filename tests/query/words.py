"""A small vocabulary, and pieces of searches to be put together at random."""

from __future__ import annotations

from hypothesis import strategies as st

from imrsearch.query.lexer import QueryLimits
from imrsearch.query.parser import ParsedQuery
from imrsearch.query.parser import read as read_with
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount

VOCABULARY = Vocabulary(
    {
        "decision": [FacetCount("upheld", 9, 0), FacetCount("overturned", 1, 1)],
        "category": [FacetCount("Rehabilitation", 5, 1), FacetCount("Surgery", 2, 0)],
        "body": [
            FacetCount("low back", 5, 1),
            FacetCount("upper back", 2, 0),
            FacetCount("knee", 1, 0),
        ],
        "specialty": [FacetCount("Orthopedic Surgery", 3, 0), FacetCount("Hand Surgery", 3, 0)],
        "treatment": [FacetCount(f"Brace {letter}", 3, 0) for letter in "ABCDEF"],
        "cites": [FacetCount("mtus-chronic-pain:58", 3, 0), FacetCount("acoem-12:300", 2, 0)],
        "state": [FacetCount("California", 8, 1), FacetCount("South Carolina", 1, 0)],
    }
)

PIECES = (
    ("alpha", "beta", "Gamma", "the", "of", "x-ray", "L4-5", "EMG/NCV", "50mg", "chiro*", "7.5"),
    ("upheld", "2014", "2014..2016", "back", "~unknown", "~5", "*", "-", "–", ",", "/", ":", "'"),
    ("AND", "OR", "NOT", "(", "(", ")", ")", '"', '"', "“", "”", " ", " ", " "),
    ("service:", "year:", "body:", "cites:", "foo:"),
)
LANGUAGE = st.lists(st.sampled_from(sum(PIECES, ())), max_size=30).map("".join)


def read(text: str, limits: QueryLimits | None = None) -> ParsedQuery:
    """The reading of a search under the small vocabulary."""
    return read_with(text, VOCABULARY, limits)
