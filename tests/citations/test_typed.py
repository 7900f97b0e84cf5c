"""Citations as people type them into a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.citations.typed import typed_citations

PIECES = [
    "MTUS 58",
    "acoem, 303",
    "ACOEM  chapter 12 301",
    "mtus chronic pain, 60",
    "knee",
    "ODG",
    ",",
]


def typed(text: str) -> list[tuple[str, str | None, tuple[int, ...]]]:
    """Each citation as typed, its guideline and pages."""
    return [
        (text[one.start : one.end], one.value.guideline, one.value.pages)
        for one in typed_citations(text)
    ]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        pytest.param("MTUS 58", [("MTUS 58", "mtus-chronic-pain", (58,))], id="a page of the MTUS"),
        pytest.param(
            "cpmtg 78-80",
            [("cpmtg 78-80", "mtus-chronic-pain", (78, 79, 80))],
            id="by its initials",
        ),
        pytest.param(
            "postsurgical guidelines 26",
            [("postsurgical guidelines 26", "mtus-postsurgical", (26,))],
            id="another part of the MTUS, named",
        ),
        pytest.param(
            "ACOEM chapter 12 301",
            [("ACOEM chapter 12 301", "acoem-low-back", (301,))],
            id="a chapter's number is no page",
        ),
        pytest.param(
            "ACOEM ch. 9 204", [("ACOEM ch. 9 204", "acoem-shoulder", (204,))], id="shortened"
        ),
        pytest.param(
            "mtus chronic pain, 60 acoem, 303 mri",
            [
                ("mtus chronic pain, 60", "mtus-chronic-pain", (60,)),
                ("acoem, 303 mri", "acoem-low-back", (303,)),
            ],
            id="commas stay where they were typed",
        ),
        pytest.param(
            "MTUS  58 and ACOEM 300-301",
            [
                ("MTUS  58", "mtus-chronic-pain", (58,)),
                ("ACOEM 300-301", "acoem-low-back", (300, 301)),
            ],
            id="blanks stay as typed too",
        ),
        pytest.param(
            "ACOEM 92, 127",
            [
                ("ACOEM 92, 127", "acoem-disability-prevention", (92,)),
                ("ACOEM 92, 127", "acoem-examinations", (127,)),
            ],
            id="pages of several chapters",
        ),
        pytest.param(
            "MTUS p. 58", [("MTUS p. 58", "mtus-chronic-pain", (58,))], id="as letters print it"
        ),
        pytest.param("ODG low back", [("ODG low back", "odg-low-back", ())], id="without a page"),
        pytest.param("the MTUS", [], id="the MTUS at large is no guideline"),
        pytest.param("guidelines 58", [], id="nobody's page"),
        pytest.param("MTUS 9792.24", [], id="a section of the law"),
        pytest.param("MTUS 2016", [], id="a year"),
        pytest.param("MTUS 5/8", [], id="a date"),
    ],
)
def test_citations_as_typed(text: str, citations: list[tuple[str, str, tuple[int, ...]]]) -> None:
    assert typed(text) == citations


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))
def test_places_are_those_of_the_words_as_typed(text: str) -> None:
    for one in typed_citations(text):
        assert text[one.start : one.end] == one.value.text.replace("p. ", "")
