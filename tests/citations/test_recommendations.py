"""The advice of later guidelines: quoted with its grade or in their capitals, or no quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.citations.recommendations import quoted_advice
from imrsearch.citations.statements import read_statement
from tests.processor_time import processor_seconds

Row = tuple[str | None, str | None, str | None, str | None]
FOR, AGAINST, NEITHER = "recommended", "not recommended", "no recommendation"


def quoted(text: str) -> list[Row]:
    found = [each.value for each in quoted_advice(text)]
    return [(one.advice, one.strength, one.evidence, one.confidence) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moderately Recommended, Evidence (B)", (FOR, "moderately", "B", None)),
        ("Strongly Recommended, Evidence (A)", (FOR, "strongly", "A", None)),
        ("Recommended, Insufficient Evidence (I)", (FOR, None, "I", None)),
        ("Recommended, Evidence (C), Level of Confidence - Low", (FOR, None, "C", "low")),
        ("Not Recommended, Insufficient Evidence (I)", (AGAINST, None, "I", None)),
        ("Moderately Not Recommended, Evidence (B)", (AGAINST, "moderately", "B", None)),
        ("Strongly Not Recommended, Evidence (A)", (AGAINST, "strongly", "A", None)),
        ("No Recommendation, Insufficient Evidence (I)", (NEITHER, None, "I", None)),
        ("Strength of Evidence - Not Recommended, Evidence (C)", (AGAINST, None, "C", None)),
        (
            "Insufficient Evidence (I), Level of Confidence – High",
            (None, None, "I", "high"),
        ),
        ("Evidence (C): Recommended", (FOR, None, "C", None)),  # the grade first
        ("not recommended, insufficient evidence (I)", (AGAINST, None, "I", None)),
        ("NOT RECOMMENDED", (AGAINST, None, None, None)),
        ("Strongly Recommended", (FOR, "strongly", None, None)),
        ("No Recommendation", (NEITHER, None, None, None)),
        ("Recommended (Strength of Evidence: B)", (FOR, None, "B", None)),
    ],
)
@pytest.mark.parametrize(
    "frame", ["{}", "Of this the guideline says: {}.", "It is {} for the knee."]
)
def test_advice_with_its_grade(text: str, expected: Row, frame: str) -> None:
    assert quoted(frame.format(text)) == [expected]


def test_advice_for_or_against() -> None:
    text = (
        "There is No Recommendation for or against its use in the knee, Insufficient Evidence (I)."
    )
    assert quoted(text) == [(NEITHER, None, "I", None)]


def test_several_in_order_as_printed() -> None:
    text = "Exercise is Recommended, Evidence (C); massage is Not Recommended, Evidence (B)."
    assert [one.value.text for one in quoted_advice(text)] == [
        "Recommended, Evidence (C)",
        "Not Recommended, Evidence (B)",
    ]
    assert all(text[one.start : one.end] == one.value.text for one in quoted_advice(text))


def test_a_grade_that_repeats_the_advice_before_it() -> None:
    text = "It is Not Recommended at first. Strength of Evidence – Not Recommended, Evidence (C)."
    assert quoted(text) == [(AGAINST, None, "C", None)]
    apart = "It is Not Recommended at first, and later Not Recommended, Evidence (C)."
    assert quoted(apart) == [(AGAINST, None, None, None), (AGAINST, None, "C", None)]


def test_a_level_of_confidence_in_a_sentence_of_its_own() -> None:
    assert quoted("Recommended, Evidence (B). Level of confidence: High.") == [
        (FOR, None, "B", "high")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The MRI is not recommended.",  # an opinion, in no guideline's capitals
        "Recommended as an option for short use.",  # how the ODG begins: no grade
        "I make no recommendation about work.",
        "There is no evidence (in the records) of a tear.",
        "Evidence of benefit is scarce.",
        "Vitamin (B) is recommended.",
    ],
)
def test_no_quotation(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "sections", "advice"),
    [
        (
            "Low Back Disorders 2016, Section(s): MRI, Not Recommended, Insufficient Evidence (I).",
            ("MRI",),
            [(AGAINST, "I")],
        ),
        (
            "Shoulder Disorders Guideline (ACOEM 2016), Section(s): Surgery - Recommended.",
            ("Surgery",),
            [(FOR, None)],
        ),
        (
            "Knee Disorders 2015: Rest, Strongly Recommended, Evidence (A); Ice, Not Recommended.",
            ("Rest", "Ice"),
            [(FOR, "A"), (AGAINST, None)],
        ),
        ("Low Back Disorders Guideline (ACOEM 2019), Section(s): Exercise.", ("Exercise",), []),
    ],
)
def test_advice_printed_with_a_citation(
    text: str, sections: tuple[str, ...], advice: list[tuple[str, str | None]]
) -> None:
    (citation,) = read_statement(f"Decision based on MTUS {text}").statement.citations
    assert citation.sections == sections
    assert [(one.advice, one.evidence) for one in citation.recommendations] == advice


@pytest.mark.parametrize(
    ("printed", "edition"),
    [
        ("Low Back Disorders Guideline (ACOEM February 24, 2016)", "2016-02-24"),
        ("Low Back Disorders Guideline (ACOEM, Feb. 24, 2016)", "2016-02-24"),
        ("Low Back Disorders Guideline (ACOEM 02/24/2016)", "2016-02-24"),
        ("Ankle and Foot Disorders Guideline (ACOEM September 2015)", "2015-09"),
        ("Chronic Pain Guideline (May 15, 2017)", "2017-05-15"),
        ("Low Back Disorders 2016", None),
        (
            "Chronic Pain Medical Treatment Guidelines (Effective July 18, 2009)",
            None,
        ),  # no edition's
        ("Low Back Disorders Guideline (ACOEM Febtober 24, 2016)", None),
    ],
)
def test_the_day_of_an_edition(printed: str, edition: str | None) -> None:
    (citation,) = read_statement(f"Decision based on MTUS {printed}.").statement.citations
    assert citation.edition == edition


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    for found in quoted_advice(text):
        assert text[found.start : found.end] == found.value.text


def test_long_texts_take_time_in_proportion() -> None:
    text = "No Recommendation for or against Strongly Evidence (recommended " * 500
    short = processor_seconds(lambda: list(quoted_advice(text)))
    assert processor_seconds(lambda: list(quoted_advice(text * 4))) < 8 * short + 0.05
