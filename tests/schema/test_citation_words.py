"""Days, pages and citations as a brief prints them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imrsearch.model import Citation
from imrsearch.schema.citation_words import citation_words, day, page_ranges

CITATION = Citation(
    guideline="mtus-chronic-pain",
    family="mtus",
    title="Chronic Pain Medical Treatment Guidelines",
    chapter=None,
    year=None,
    sections=(),
    pages=(),
    text="as printed",
)


@pytest.mark.parametrize(
    ("value", "words"),
    [(date(2016, 12, 9), "Dec 9, 2016"), ("2017-01-31", "Jan 31, 2017"), (None, ""), ("", "")],
)
def test_days(value: date | str | None, words: str) -> None:
    assert day(value) == words


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((58, 59, 60), "58–60"),
        ((92, 127), "92, 127"),
        ((300, 301, 617, 618), "300–301, 617–618"),
        ((60, 58, 59, 58), "58–60"),  # any order, printed twice
        ((), ""),
    ],
)
def test_pages_next_to_each_other_are_joined(pages: tuple[int, ...], words: str) -> None:
    assert page_ranges(pages) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"pages": (58, 59)},
            "MTUS Chronic Pain Medical Treatment Guidelines, pp.\N{NO-BREAK SPACE}58–59",
        ),
        (
            {"year": 2016, "sections": ("TENS", "NSAIDs")},
            "MTUS Chronic Pain Medical Treatment Guidelines 2016: TENS; NSAIDs",
        ),
        (
            {"family": "acoem", "title": "Low Back Complaints", "chapter": 12, "pages": (303,)},
            "ACOEM ch. 12, Low Back Complaints, p.\N{NO-BREAK SPACE}303",
        ),
        ({"family": "odg", "title": "ODG Low Back"}, "ODG Low Back"),  # not named twice
        (
            {"family": "odg", "title": "Official Disability Guidelines"},
            "Official Disability Guidelines",
        ),
        ({"family": "other", "title": None}, "as printed"),
    ],
)
def test_citations_in_short(changes: dict[str, object], words: str) -> None:
    assert citation_words(replace(CITATION, **changes)) == words  # type: ignore[arg-type]
