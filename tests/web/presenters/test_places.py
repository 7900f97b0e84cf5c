"""Addresses of guidelines and places in them, and citations whose pieces lead there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import Citation, CitedPlace
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.places import (
    citation_links,
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
