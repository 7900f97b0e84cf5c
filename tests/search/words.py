"""A small vocabulary, and pieces of searches to be put together at random."""

from __future__ import annotations

from hypothesis import strategies as st

from imrsearch.engines.base import Count
from imrsearch.query.lexer import Limits
from imrsearch.query.parser import Reading
from imrsearch.query.parser import read as read_with
from imrsearch.query.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    {
        "decision": [Count("upheld", 9, 0), Count("overturned", 1, 1)],
        "category": [Count("Rehabilitation", 5, 1), Count("Surgery", 2, 0)],
        "body": [Count("low back", 5, 1), Count("upper back", 2, 0), Count("knee", 1, 0)],
        "specialty": [Count("Orthopedic Surgery", 3, 0), Count("Hand Surgery", 3, 0)],
        "treatment": [Count(f"Brace {letter}", 3, 0) for letter in "ABCDEF"],
        "cites": [Count("mtus-chronic-pain:58", 3, 0), Count("acoem-12:300", 2, 0)],
        "state": [Count("California", 8, 1), Count("South Carolina", 1, 0)],
    }
)

PIECES = (
    ("alpha", "beta", "Gamma", "the", "of", "x-ray", "L4-5", "EMG/NCV", "50mg", "chiro*", "7.5"),
    ("upheld", "2014", "2014..2016", "back", "~unknown", "~5", "*", "-", "–", ",", "/", ":", "'"),
    ("AND", "OR", "NOT", "(", "(", ")", ")", '"', '"', "“", "”", " ", " ", " "),
    ("service:", "year:", "body:", "cites:", "foo:"),
)
LANGUAGE = st.lists(st.sampled_from(sum(PIECES, ())), max_size=30).map("".join)


def read(text: str, limits: Limits | None = None) -> Reading:
    """The reading of a search under the small vocabulary."""
    return read_with(text, VOCABULARY, limits)
