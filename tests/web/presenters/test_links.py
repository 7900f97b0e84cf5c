"""Links to the other pages of a list, to guidelines and the places in them; citations as links."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.model import Citation, CitedPlace
from imrsearch.web.presenters.links import (
    Link,
    citation_links,
    number_links,
    place_url,
    search_of,
    search_of_rationales,
    treatment_link,
)

CITED = Citation(
    "mtus-chronic-pain",
    "mtus",
    "MTUS Chronic Pain",
    None,
    2009,
    ("Manual therapy", "Ice & heat"),
    (58, 59, 60, 63),
    "as printed",
)


def links(page: int, pages: int) -> tuple[Link, ...]:
    return number_links(page, pages, lambda number: f"/?page={number}")


def test_before_and_after_lead_to_the_neighbours() -> None:
    """With what they are to this page, for browsers that turn pages by themselves."""
    assert links(2, 3) == (
        Link("Previous", "/?page=1", rel="prev"),
        Link("1", "/?page=1"),
        Link("2", "/?page=2", current=True),
        Link("3", "/?page=3"),
        Link("Next", "/?page=3", rel="next"),
    )


@pytest.mark.parametrize(
    ("page", "pages", "words"),
    [
        (1, 2, "1 2 Next"),
        (1, 1200, "1 2 … 1,200 Next"),
        (4, 6, "Previous 1 … 3 4 5 6 Next"),
        (3, 9, "Previous 1 2 3 4 … 9 Next"),
        (1200, 1200, "Previous 1 … 1,199 1,200"),
    ],
)
def test_the_first_the_last_and_those_around_are_shown(page: int, pages: int, words: str) -> None:
    assert " ".join(link.label for link in links(page, pages)) == words


@given(st.integers(1, 30), st.integers(2, 30))
def test_a_gap_stands_exactly_where_pages_are_left_out(page: int, pages: int) -> None:
    page = min(page, pages)
    shown = [int(link.label) if link.url else None for link in links(page, pages) if not link.rel]
    known = [number for number in shown if number]
    assert {1, page, pages} <= set(known)
    for before, after in pairwise(known):
        is_gap = shown[shown.index(before) + 1] is None
        assert is_gap is (after > before + 1)


def test_a_single_page_needs_no_links() -> None:
    assert links(1, 1) == links(1, 0) == ()


@pytest.mark.parametrize(
    ("place", "url"),
    [
        (CitedPlace("odg"), "/guidelines/odg"),
        (CitedPlace("odg", page=0), "/guidelines/odg/page/0"),
        (CitedPlace("odg", section="ice & heat"), "/guidelines/odg/section/ice%20%26%20heat"),
    ],
)
def test_a_place_has_its_page(place: CitedPlace, url: str) -> None:
    assert place_url(place) == url


@pytest.mark.parametrize(
    ("place", "url", "rationales"),
    [
        (CitedPlace("odg"), "/search?guideline=odg", "/search?rationale_cites=odg"),
        (CitedPlace("odg", page=5), "/search?cites=odg:5", "/search?rationale_cites=odg:5"),
    ],
)
def test_who_cites_a_place_is_a_search(place: CitedPlace, url: str, rationales: str) -> None:
    """Statements name a work and its places apart, rationales both in one."""
    assert search_of(place).to_url() == url
    assert search_of_rationales(place).to_url() == rationales


def test_a_citation_reads_as_one_text_whose_places_are_links() -> None:
    """Of a run of pages the first and the last: each is a page of its own."""
    pieces = citation_links(CITED)
    text = "MTUS Chronic Pain 2009: Manual therapy; Ice & heat, pp.\N{NO-BREAK SPACE}58–60, 63"
    assert "".join(piece.label for piece in pieces) == text
    whole = "/guidelines/mtus-chronic-pain"
    assert [(piece.label, piece.url) for piece in pieces if piece.url] == [
        ("MTUS Chronic Pain 2009", whole),
        ("Manual therapy", f"{whole}/section/manual-therapy"),
        ("Ice & heat", f"{whole}/section/ice-heat"),
        ("58", f"{whole}/page/58"),
        ("60", f"{whole}/page/60"),
        ("63", f"{whole}/page/63"),
    ]


def test_a_work_without_a_page_of_its_own_leads_nowhere() -> None:
    pieces = citation_links(replace(CITED, guideline=None, family="other"))
    assert len(pieces) > 1
    assert not any(piece.url for piece in pieces)


def test_a_work_that_the_catalogue_does_not_know_stands_as_printed() -> None:
    assert citation_links(replace(CITED, title=None)) == (Link("as printed"),)


def test_a_section_of_signs_alone_has_no_page() -> None:
    *_, section, comma, page = citation_links(replace(CITED, sections=("§ —",), pages=(9,)))
    assert (section.label, section.url, comma.label) == ("§ —", None, ", p.\N{NO-BREAK SPACE}")
    assert page.url == "/guidelines/mtus-chronic-pain/page/9"


def test_a_treatment_has_its_page_where_it_is_known() -> None:
    assert treatment_link("aquatic therapy") == Link(
        "Aquatic therapy", "/treatments/aquatic-therapy"
    )
    assert treatment_link(None) is None
