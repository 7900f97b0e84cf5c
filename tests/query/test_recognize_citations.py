from __future__ import annotations

import pytest

from imrsearch.query.recognize_citations import Citations
from imrsearch.query.tree import FieldEquals, Or, Query
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount

CITED = (
    *("mtus-chronic-pain:58", "mtus-chronic-pain:59", "acoem-low-back:300", "acoem-low-back:301"),
    *("mtus-chronic-pain:manual-therapy", "mtus-chronic-pain:manual-therapy-manipulation"),
)
CITATIONS = Citations(Vocabulary({"cites": [FacetCount(value, 1, 0) for value in CITED]}))


def places(*values: str) -> Query:
    return Or(tuple(FieldEquals("cites", value) for value in values))


@pytest.mark.parametrize(
    ("text", "typed", "query"),
    [
        pytest.param("MTUS 58", "MTUS 58", places("mtus-chronic-pain:58"), id="page alone"),
        pytest.param("mtus p. 58", "mtus p. 58", places("mtus-chronic-pain:58"), id="its sign"),
        pytest.param(
            "MTUS p. 58 TENS",
            "MTUS p. 58",
            places("mtus-chronic-pain:58"),
            id="what follows the page is a word",
        ),
        pytest.param(
            "MTUS pages 58-59",
            "MTUS pages 58-59",
            places("mtus-chronic-pain:58", "mtus-chronic-pain:59"),
            id="range",
        ),
        pytest.param(
            "ACOEM 300-301",
            "ACOEM 300-301",
            places("acoem-low-back:300", "acoem-low-back:301"),
            id="the page tells the chapter",
        ),
        pytest.param(
            "ODG low back", "ODG low back", FieldEquals("guideline", "odg-low-back"), id="ODG"
        ),
        pytest.param(
            "Chronic Pain Guidelines manual therapy",
            "Chronic Pain Guidelines manual therapy",
            places(
                "mtus-chronic-pain:manual-therapy", "mtus-chronic-pain:manual-therapy-manipulation"
            ),
            id="section, also by its beginning",
        ),
        pytest.param(
            "ODG knee hyaluronic acid",
            "ODG knee",
            FieldEquals("guideline", "odg-knee-leg"),
            id="an unknown section is words",
        ),
        pytest.param(
            "ACOEM shoulder",
            "ACOEM shoulder",
            Or(
                (
                    FieldEquals("guideline", "acoem-shoulder"),
                    FieldEquals("guideline", "acoem-shoulder-disorders"),
                )
            ),
            id="a chapter of two editions",
        ),
    ],
)
def test_citations(text: str, typed: str, query: Query) -> None:
    (meaning,) = CITATIONS(text)
    assert (text[meaning.start : meaning.end], meaning.query) == (typed, query)
    assert meaning.note


@pytest.mark.parametrize(
    "text", ["MTUS", "MTUS chiropractic", "chiropractic 58", "the guidelines", "58", ""]
)
def test_no_citation(text: str) -> None:
    assert list(CITATIONS(text)) == []
