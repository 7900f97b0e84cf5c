from __future__ import annotations

import pytest

from imrsearch.query.parser import ParseOptions, read
from imrsearch.query.recognize_citations import Citations
from imrsearch.query.tree import And, FieldEquals, Not, Or, Query, Term
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount

CITED = (
    *("mtus-chronic-pain:58", "mtus-chronic-pain:59", "acoem-low-back:300", "acoem-low-back:301"),
    *("mtus-chronic-pain:manual-therapy", "mtus-chronic-pain:manual-therapy-manipulation"),
)
NAMED = ("acoem-low-back", "acoem-low-back:301", "acoem-low-back:308", "acoem-knee:338")
VOCABULARY = Vocabulary(
    {
        "cites": [FacetCount(value, 1, 0) for value in CITED],
        "rationale_cites": [FacetCount(value, 1, 0) for value in NAMED],
    }
)
CITATIONS = Citations(VOCABULARY)
STATED = Citations(VOCABULARY, ("cites",))


def places(*values: str) -> Query:
    """The places in guideline statements; a guideline as a whole has a field of its own."""
    fields = ("cites" if ":" in value else "guideline" for value in values)
    parts = tuple(map(FieldEquals, fields, values))
    return Or(parts) if len(parts) > 1 else parts[0]


def named(*values: str) -> tuple[FieldEquals, ...]:
    """The places in rationales."""
    return tuple(FieldEquals("rationale_cites", value) for value in values)


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
            "ACOEM chapter 12 301",
            "ACOEM chapter 12 301",
            places("acoem-low-back:301"),
            id="a page without its sign behind a chapter",
        ),
        pytest.param(
            "MTUS Chronic Pain 58",
            "MTUS Chronic Pain 58",
            places("mtus-chronic-pain:58"),
            id="a page without its sign behind a guideline",
        ),
        pytest.param(
            "care who cites MTUS 58",
            "who cites MTUS 58",
            places("mtus-chronic-pain:58"),
            id="a question",
        ),
        pytest.param(
            "which issues cite the ODG low back",
            "which issues cite the ODG low back",
            FieldEquals("guideline", "odg-low-back"),
            id="a question for a chapter",
        ),
        pytest.param(
            "who cites ODG low back?",
            "who cites ODG low back",
            FieldEquals("guideline", "odg-low-back"),
            id="a question with its mark",
        ),
        pytest.param(
            "somewho cites MTUS 58",
            "cites MTUS 58",
            places("mtus-chronic-pain:58"),
            id="a word that ends as a question begins",
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
    (meaning,) = STATED(text)
    assert (text[meaning.start : meaning.end], meaning.query) == (typed, query)
    assert meaning.note


@pytest.mark.parametrize(
    "text", ["MTUS", "MTUS chiropractic", "chiropractic 58", "the guidelines", "58", ""]
)
def test_no_citation(text: str) -> None:
    assert list(CITATIONS(text)) == []


@pytest.mark.parametrize(
    ("text", "query", "message"),
    [
        pytest.param(
            "ACOEM p. 303",
            FieldEquals("cites", "acoem-low-back:303"),
            "No issue cites p. 303; nearest cited: 301, 308.",
            id="a page that nobody cites finds nothing, never its chapter",
        ),
        pytest.param(
            "ACOEM p. 289",
            FieldEquals("cites", "acoem-low-back:289"),
            "No issue cites p. 289; nearest cited: 300.",
            id="none before it",
        ),
        pytest.param(
            "ODG knee p. 8",
            FieldEquals("cites", "odg-knee-leg:8"),
            "No issue cites p. 8.",
            id="none at all",
        ),
        pytest.param(
            "MTUS 57-59",
            places("mtus-chronic-pain:58", "mtus-chronic-pain:59"),
            "No issue cites p. 57.",
            id="some of the pages",
        ),
        pytest.param(
            "ACOEM p. 289-299",
            Or(tuple(FieldEquals("cites", f"acoem-low-back:{n}") for n in range(289, 300))),
            "No issue cites p. 289, 290, 291, 292, 293 and 6 more; nearest cited: 300.",
            id="many pages",
        ),
    ],
)
def test_pages_that_nobody_cites_are_told(text: str, query: Query, message: str) -> None:
    (meaning,) = CITATIONS(text)
    assert meaning.query == query
    assert meaning.note
    assert meaning.note.code == "uncited"
    assert meaning.note.message.endswith(f". {message}")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param(
            "ACOEM p. 301",
            Or((FieldEquals("cites", "acoem-low-back:301"), *named("acoem-low-back:301"))),
            id="a page that statements and rationales cite",
        ),
        pytest.param(
            "ACOEM chapter 12",
            Or((FieldEquals("guideline", "acoem-low-back"), *named("acoem-low-back"))),
            id="a chapter, likewise",
        ),
        pytest.param(
            "ACOEM p. 308",
            Or((FieldEquals("cites", "acoem-low-back:308"), *named("acoem-low-back:308"))),
            id="a page that only a rationale cites",
        ),
    ],
)
def test_what_rationales_cite_is_found_too(text: str, query: Query) -> None:
    (meaning,) = CITATIONS(text)
    assert meaning.query == query
    assert meaning.note
    assert meaning.note.code == "citation"


def reading(text: str) -> Query:
    return read(text, VOCABULARY, ways=ParseOptions(recognisers=(STATED,))).query


PAIN_58, BACK_301 = places("mtus-chronic-pain:58"), places("acoem-low-back:301")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("MTUS 58 OR ACOEM p. 301", Or((PAIN_58, BACK_301))),
        ("MTUS 58 AND NOT ACOEM p. 301", And((PAIN_58, Not(BACK_301)))),
        ("massage MTUS p. 58 OR ACOEM p. 301", And((Term("massage"), Or((PAIN_58, BACK_301))))),
        ("who cites MTUS 58 OR ACOEM p. 301", Or((PAIN_58, BACK_301))),
        pytest.param("MTUS 58 or ACOEM p. 301", Or((PAIN_58, BACK_301)), id="a small or"),
        pytest.param(
            "massage MTUS 58 or ACOEM p. 301 or ACOEM p. 300",
            And(
                (
                    Term("massage"),
                    Or((PAIN_58, BACK_301, FieldEquals("cites", "acoem-low-back:300"))),
                )
            ),
            id="three of them",
        ),
        pytest.param("MTUS 58 and ACOEM p. 301", And((PAIN_58, BACK_301)), id="both"),
    ],
)
def test_citations_beside_operators_stay_citations(text: str, query: Query) -> None:
    assert reading(text) == query


@pytest.mark.parametrize(
    ("text", "query"),
    [
        pytest.param('cites:"MTUS Chronic Pain 58"', PAIN_58, id="a page, its sign left out"),
        pytest.param(
            'cites:"MTUS Chronic Pain 8"',
            FieldEquals("cites", "mtus-chronic-pain:8"),
            id="a page that nobody cites, never a section with the number in its name",
        ),
        pytest.param(
            'cites:"ACOEM Low Back 300-301"',
            places("acoem-low-back:300", "acoem-low-back:301"),
            id="pages of a chapter",
        ),
        pytest.param("cites:acoem-low-back:301", BACK_301, id="a value as it stands"),
        pytest.param(
            "rationale_cites:acoem-knee:338", *named("acoem-knee:338"), id="the rationale's field"
        ),
        pytest.param('rationale_cites:"ACOEM p. 308"', *named("acoem-low-back:308"), id="in words"),
        pytest.param(
            'guideline:"ACOEM chapter 12"',
            FieldEquals("guideline", "acoem-low-back"),
            id="a guideline by its chapter",
        ),
    ],
)
def test_citations_as_values_of_fields(text: str, query: Query) -> None:
    assert reading(text) == query


def test_a_page_that_nobody_cites_is_told_for_a_field_too() -> None:
    notes = read('cites:"ACOEM p. 303"', VOCABULARY).notes
    assert [note.code for note in notes] == ["no-such-value"]
    assert "nearest cited: 301" in notes[0].message


@pytest.mark.parametrize(
    "typed",
    [
        "MTUS opioids section 3.3.6",
        "MTUS opioids 3.3.6",
        "MTUS Opioid Treatment 3.3.6",
        "mtus opioid guidelines §3.3.6",
    ],
)
def test_a_section_of_the_opioids_guideline_by_its_number(typed: str) -> None:
    value = "mtus-opioids:3-3-6-opioids-for-chronic-pain"
    citations = Citations(Vocabulary({"cites": [FacetCount(value, 3, 0)]}), ("cites",))
    (meaning,) = citations(typed)
    assert (typed[meaning.start : meaning.end], meaning.note and meaning.note.code) == (
        typed,
        "citation",
    )
    assert value in str(meaning.query)
