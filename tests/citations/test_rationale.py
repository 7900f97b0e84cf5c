"""Pages and chapters that a rationale names: what is a citation, where it ends, what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.citations.rationale import read_rationale


def places(text: str) -> list[tuple[str | None, tuple[int, ...], tuple[str, ...]]]:
    found = [each.value for each in read_rationale(text)]
    return [(one.guideline, one.pages, one.sections) for one in found]


def test_a_stretch_that_recurs_has_its_own_places() -> None:
    cited = "ACOEM Chapter 9, page 209 does not help."
    for text in (cited, f"He was seen twice in March. {cited}", f"No. {cited}"):
        (found,) = read_rationale(text)
        assert text[found.start : found.end] == "ACOEM Chapter 9, page 209"


@pytest.mark.parametrize(
    ("text", "guideline", "pages", "printed"),
    [
        pytest.param(
            "A look at ACOEM Chapter 9, Table 9-5, page 209 does not help.",
            "acoem-shoulder",
            (209,),
            "ACOEM Chapter 9, Table 9-5, page 209",
            id="a chapter's table and page",
        ),
        pytest.param(
            "Nothing goes against page 31 of the MTUS Chronic Pain Medical Treatment Guidelines,"
            " with other sources, and with the record.",
            "mtus-chronic-pain",
            (31,),
            "page 31 of the MTUS Chronic Pain Medical Treatment Guidelines",
            id="the page ahead of the name, talk behind it",
        ),
        pytest.param(
            "What the ACOEM Guidelines Low Back Disorders Chapter says on page 512 is that"
            " such care is passive.",
            "acoem-low-back-disorders",
            (512,),
            "ACOEM Guidelines Low Back Disorders Chapter says on page 512",
            id="a verb between the name and the page",
        ),
        pytest.param(
            "More was asked than ACOEM Chapter 13, page 338 for education and counseling gives.",
            "acoem-knee",
            (338,),
            "ACOEM Chapter 13, page 338",
            id="what is said of the page is no section",
        ),
        pytest.param(
            "He has waited for long enough, as one may read there: ACOEM Ch. 9, page 207.",
            "acoem-shoulder",
            (207,),
            "ACOEM Ch. 9, page 207",
            id="the point of an abbreviation ends no sentence",
        ),
        pytest.param(
            "He has waited for long enough, as one may read in it. ACOEM Ch. 9 asks for no more.",
            "acoem-shoulder",
            (),
            "ACOEM Ch. 9",
            id="a chapter abbreviated, without a page",
        ),
        pytest.param(
            "ACOEM p. 301 advises against it.",
            "acoem-low-back",
            (301,),
            "ACOEM p. 301",
            id="the page tells the chapter",
        ),
        pytest.param(
            "The MTUS Acupuncture Medical Treatment Guidelines recommend a trial.",
            "mtus-acupuncture",
            (),
            "MTUS Acupuncture Medical Treatment Guidelines",
            id="a part of the MTUS without a page",
        ),
        pytest.param(
            "Per the MTUS neck and upper back chapter, films may wait.",
            "acoem-neck-upper-back",
            (),
            "MTUS neck and upper back chapter",
            id="a chapter by its name",
        ),
        pytest.param(
            "ACOEM Chapter 2 on General Approaches asks for a reason.",
            "acoem-general-approach",
            (),
            "ACOEM Chapter 2",
            id="a preposition behind the chapter",
        ),
        pytest.param(
            'MTUS Opioids Treatment Guidelines ("Tapering opioids"), and if need be others, help.',
            "mtus-opioids",
            (),
            "MTUS Opioids Treatment Guidelines",
            id="a quoted heading",
        ),
    ],
)
def test_a_cited_place(text: str, guideline: str, pages: tuple[int, ...], printed: str) -> None:
    (found,) = read_rationale(text)
    assert (found.value.guideline, found.value.pages) == (guideline, pages)
    assert found.value.text == text[found.start : found.end] == printed


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The patient has low back complaints.", id="a complaint is no chapter"),
        pytest.param("The MTUS does not address this. ODG supports it.", id="at large"),
        pytest.param("ACOEM Guidelines recommend exercise.", id="ACOEM at large"),
        pytest.param("The Chronic Pain Treatment Guidelines do not apply.", id="set aside"),
        pytest.param("See page 4 of the consultation of 3/2/16.", id="a page of the record"),
        pytest.param("Guidelines of the plan, chapter of the union: none.", id="words alone"),
        "",
    ],
)
def test_no_place(text: str) -> None:
    assert read_rationale(text) == ()


def test_a_known_section_is_kept() -> None:
    text = "Per the MTUS Chronic Pain Guidelines, manual therapy & manipulation, care has to end."
    assert places(text) == [("mtus-chronic-pain", (), ("manual therapy & manipulation",))]


def test_each_place_is_cited_once_and_a_name_alone_only_without_places() -> None:
    text = (
        "ACOEM Chapter 12, page 308 advises against it. The ACOEM Low Back Complaints chapter is"
        " plain. Again ACOEM Chapter 12, page 308. Then ACOEM Chapter 12, page 309."
    )
    assert places(text) == [("acoem-low-back", (308,), ()), ("acoem-low-back", (309,), ())]


def test_places_far_apart_are_each_read_from_their_own_sentence() -> None:
    talk = "The record was read again and again. " * 30
    text = (
        f"{talk}ACOEM Chapter 12, page 308. {talk}See page 82 of the MTUS Chronic Pain Guidelines."
    )
    assert places(text) == [("acoem-low-back", (308,), ()), ("mtus-chronic-pain", (82,), ())]


def test_a_letter_that_grows_in_lower_case_moves_no_place() -> None:
    text = "İstanbul " * 20 + "ACOEM chapter 12, page 308 is cited."
    (found,) = read_rationale(text)
    assert text[found.start : found.end] == "ACOEM chapter 12, page 308"


@given(
    st.lists(
        st.sampled_from(
            (
                "MTUS",
                "ACOEM",
                "page 58",
                "Chapter 12",
                ",",
                ". ",
                "ODG",
                "(",
                "Low Back",
                "notes on",
                "Chronic Pain Guidelines",
                "MRI",
                "\n",
            )
        )
    )
)
def test_any_text_is_read_and_its_places_stand_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for found in read_rationale(text):
        assert found.value.text == text[found.start : found.end]
        assert found.value.guideline or found.value.pages
