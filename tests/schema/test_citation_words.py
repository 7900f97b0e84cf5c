"""Days, pages and citations as a brief prints them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imrsearch.model import Citation, Span
from imrsearch.schema.citation_words import (
    citation_words,
    cited_number,
    day,
    page_ranges,
    page_sign,
)
from tests.search.memory import determination

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


@pytest.mark.parametrize(
    ("case_id", "is_printed", "words"),
    [
        pytest.param("CM16-0000101", True, "Case No. CM16-0000101", id="printed"),
        pytest.param(
            "CM16-0000101",
            False,
            "Case No. CM16-0000101 (from the name of the file; the letter prints none)",
            id="by the file's name",
        ),
        pytest.param(
            "scan-7",
            False,
            "letter without a printed case number (file “scan-7.pdf”)",
            id="a name that is no number",
        ),
    ],
)
def test_a_brief_never_cites_a_number_that_the_letter_does_not_print(
    case_id: str, is_printed: bool, words: str
) -> None:
    evidence = {"case_id": Span(0, 12)} if is_printed else {}
    case = replace(determination(case_id), evidence=evidence)
    assert cited_number(case) == words


@pytest.mark.parametrize(("pages", "sign"), [((58,), "p."), ((58, 58), "p."), ((58, 60), "pp.")])
def test_several_pages_have_their_own_sign(pages: tuple[int, ...], sign: str) -> None:
    assert page_sign(pages) == sign
