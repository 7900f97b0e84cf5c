"""The values that identify an issue and a place that is cited: text and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.model import CitedPlace, IssueId, OcrReading, known_as, normal_case_id

NAMES = st.text(st.characters(codec="utf-8", exclude_characters=":"))


@given(case_id=st.text(), number=st.integers(min_value=0))
def test_an_issue_id_is_read_back(case_id: str, number: int) -> None:
    """A case may be named by its file, with any mark in it."""
    assert IssueId.parse(str(IssueId(case_id, number))) == IssueId(case_id, number)


@pytest.mark.parametrize("text", ["", "CM16-0000001", "CM16-0000001#", "CM16-0000001#two"])
def test_what_names_no_issue_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        IssueId.parse(text)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("mtus-chronic-pain:58", CitedPlace("mtus-chronic-pain", page=58)),
        ("odg-pain:gabapentin", CitedPlace("odg-pain", section="gabapentin")),
        ("acoem-low-back", CitedPlace("acoem-low-back")),
        pytest.param("g:3-3-6-use", CitedPlace("g", section="3-3-6-use"), id="a numbered section"),
        pytest.param("g:058", CitedPlace("g", section="058"), id="no page is printed so"),
        pytest.param("g:0", CitedPlace("g", page=0), id="no page, but harmless"),
        pytest.param("g:²", CitedPlace("g", section="²"), id="a digit that is no number"),
        pytest.param("g:" + "9" * 5000, CitedPlace("g", section="9" * 5000), id="no page's number"),
    ],
)
def test_a_cited_place_is_text_and_back(value: str, place: CitedPlace) -> None:
    assert CitedPlace.parse(value) == place
    assert str(place) == value


@given(st.text())
def test_any_text_is_read_as_a_place(text: str) -> None:
    place = CitedPlace.parse(text)
    assert CitedPlace.parse(str(place)) == place


@given(guideline=NAMES, page=st.integers(1, 9999))
def test_every_page_is_read_back(guideline: str, page: int) -> None:
    place = CitedPlace(guideline, page=page)
    assert CitedPlace.parse(str(place)) == place


@pytest.mark.parametrize(
    ("place", "is_whole"),
    [
        (CitedPlace("acoem-low-back"), True),
        (CitedPlace("acoem-low-back", page=0), False),
        (CitedPlace("acoem-low-back", section="use"), False),
    ],
)
def test_a_guideline_as_a_whole(place: CitedPlace, is_whole: bool) -> None:
    assert place.is_whole is is_whole


@pytest.mark.parametrize(
    ("typed", "known", "printed"),
    [
        ("CM16-0213037", "CM16-0213037", "CM16-0213037"),
        ("cm 16 - 0213037", "CM16-0213037", "CM16-0213037"),
        pytest.param("IMR CM16-0213037.", "IMR CM16-0213037.", "CM16-0213037", id="in a line"),
        pytest.param("CM16-02130371", "CM16-02130371", None, id="a digit more"),
        pytest.param("scan-3", "scan-3", None, id="named by its file"),
    ],
)
def test_the_number_of_a_case(typed: str, known: str, printed: str | None) -> None:
    """A case may be named by its file: what somebody types must be a number as a whole."""
    assert known_as(typed) == known
    assert normal_case_id(typed) == printed


@pytest.mark.parametrize(
    ("path", "doubtful"),
    [
        ("issues.1", True),
        pytest.param("issues.1.service", True, id="a part of what is doubtful"),
        pytest.param("issues", True, id="what has a doubtful part"),
        pytest.param("issues.12", False, id="only begins alike"),
        ("dates.injury", False),
    ],
)
def test_which_facts_of_a_scan_are_doubtful(path: str, doubtful: bool) -> None:
    reading = OcrReading((), doubtful_facts=("issues.1",))
    assert reading.doubts(path) is doubtful
    assert OcrReading((), poor=True).doubts(path)
