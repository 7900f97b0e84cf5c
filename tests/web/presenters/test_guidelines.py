"""The pages about guidelines, made from hand-made counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from imrsearch.catalogue.guidelines import Guideline
from imrsearch.model import CitedPlace
from imrsearch.search.outcome import outcome
from imrsearch.search.results import Facet, FacetTables, FacetValue
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.guidelines import (
    GuidelinePage,
    PlacePage,
    PlaceStats,
    catalogue_page,
    guideline_page,
    place_page,
)
from imrsearch.web.presenters.links import Link
from tests.search.memory import search

PAIN = Guideline("mtus-pain", "mtus", "Pain Guidelines", "Pain")
ACOEM = Guideline("acoem", "acoem", "ACOEM Practice Guidelines", "ACOEM")
BACK = Guideline("acoem-back", "acoem", "Back Complaints", "Back", chapter=12, edition=2)
LETTERS = Guideline("acoem-letters", "acoem", "General Approaches", "General", edition=2)
KNEES = Guideline("acoem-knees", "acoem", "Knee Disorders", "Knee", edition=3)
ODG = Guideline("odg", "odg", "Official Disability Guidelines", "ODG")
NECK = Guideline("odg-neck", "odg", "Neck", "Neck (ODG)")
BURNS = Guideline("odg-burns", "odg", "Burns", "Burns (ODG)")
ALL = (PAIN, ACOEM, BACK, LETTERS, KNEES, ODG, NECK, BURNS)


def facet(name: str, *lines: tuple[str, int, int]) -> Facet:
    """A facet of these values, counts and overturned; labels in capitals."""
    values = (FacetValue(v, v.upper(), n, won, False, f"/{v}") for v, n, won in lines)
    return Facet(name, name, tuple(values))


def tables(*facets: Facet, total: int = 1200) -> FacetTables:
    found = outcome(total, total // 4, 0.1)
    return FacetTables(total, found, {one.name: one for one in facets}, "build-1")


CITED = facet(
    "guideline", ("acoem-back", 1000, 90), ("acoem", 5, 1), ("odg", 4, 2), ("mtus-pain", 0, 0)
)


def test_the_catalogue_stands_by_family_each_work_with_the_edition_adopted() -> None:
    page = catalogue_page(ALL, tables(CITED))
    assert [(group.title.url, group.uncited) for group in page.groups] == [
        (None, "Pain Guidelines"),
        ("/guidelines/acoem", "General Approaches"),
        (None, "Knee Disorders"),
        ("/guidelines/odg", "Neck, Burns"),
    ]
    assert [group.cited for group in page.groups] == [
        (),
        (
            PlaceStats(
                Link("ACOEM Practice Guidelines, no chapter named", "/guidelines/acoem"),
                "5",
                "1 of 5",
            ),
            PlaceStats(
                Link("12. Back Complaints", "/guidelines/acoem-back"), "1,000", "90 of 1,000 (9%)"
            ),
        ),
        (),
        (
            PlaceStats(
                Link("Official Disability Guidelines, no chapter named", "/guidelines/odg"),
                "4",
                "2 of 4",
            ),
        ),
    ]
    assert (page.total, page.unknown, page.build) == ("1,200 issues", None, "build-1")


def test_the_catalogue_tells_how_many_issues_cite_none_of_it() -> None:
    page = catalogue_page(ALL, tables(facet("guideline", ("~unknown", 1, 0))))
    search_of_them = Link("No guideline of the catalogue is cited", "/search?guideline=~unknown")
    assert page.unknown == PlaceStats(search_of_them, "1 issue", "0 of 1")


def shown(
    guideline: Guideline,
    *cites: tuple[str, int, int],
    rationales: Sequence[tuple[str, int, int]] = (),
    services: Sequence[tuple[str, int, int]] = (),
    total: int = 1200,
) -> GuidelinePage:
    found = tables(facet("cites", *cites), facet("subcategory", *services), total=total)
    return guideline_page(guideline, ALL, CITED, found, facet("rationale_cites", *rationales))


def test_a_guideline_s_places_stand_by_page_and_its_sections_by_frequency() -> None:
    page = shown(
        PAIN,
        ("mtus-pain:a-b", 9, 3),
        ("mtus-pain:92", 7, 1),
        ("mtus-pain:8", 5, 0),
        ("mtus-pain:aa", 4, 0),
        ("mtus-pain:7", 0, 0),
        ("odg-neck:1", 3, 0),
    )
    assert page.pages == (
        PlaceStats(Link("p. 8", "/guidelines/mtus-pain/page/8"), "5", "0 of 5"),
        PlaceStats(Link("p. 92", "/guidelines/mtus-pain/page/92"), "7", "1 of 7"),
    )
    assert page.sections == (
        PlaceStats(Link("A b", "/guidelines/mtus-pain/section/a-b"), "9", "3 of 9"),
        PlaceStats(Link("Aa", "/guidelines/mtus-pain/section/aa"), "4", "0 of 4"),
    )
    assert page.search == Link(
        "All 1,200 issues as a search, with filters", "/search?guideline=mtus-pain"
    )
    assert (page.title, page.url) == ("Pain Guidelines", "/guidelines/mtus-pain")
    assert page.outcome is not None
    assert page.build == "build-1"


def test_what_nobody_cites_has_no_search() -> None:
    page = shown(PAIN, total=0)
    assert (page.search, page.outcome) == (None, None)


@pytest.mark.parametrize(
    ("guideline", "about", "whole"),
    [
        (PAIN, "", None),
        (ACOEM, "Cited without a chapter. Each chapter is counted on a page of its own.", None),
        (
            BACK,
            "Chapter 12 of the ACOEM Practice Guidelines, 2nd edition (2004), part of the MTUS.",
            Link("ACOEM Practice Guidelines", "/guidelines/acoem"),
        ),
        (
            LETTERS,
            "A part of the ACOEM Practice Guidelines, 2nd edition (2004), part of the MTUS.",
            Link("ACOEM Practice Guidelines", "/guidelines/acoem"),
        ),
        (
            KNEES,
            "A guideline of the ACOEM since its 3rd edition.",
            Link("ACOEM Practice Guidelines", "/guidelines/acoem"),
        ),
        (ODG, "Cited without a chapter. Each chapter is counted on a page of its own.", None),
        (
            NECK,
            "A chapter of the Official Disability Guidelines.",
            Link("Official Disability Guidelines", "/guidelines/odg"),
        ),
    ],
)
def test_what_a_guideline_is_a_part_of(
    guideline: Guideline, about: str, whole: Link | None
) -> None:
    page = shown(guideline)
    assert (page.about, page.whole) == (about, whole)


def test_a_work_of_chapters_lists_those_that_are_cited() -> None:
    page = shown(ACOEM)
    assert [line.link.label for line in page.chapters] == ["12. Back Complaints"]
    assert page.with_chapters == Link(
        "All issues that cite it or a chapter of it", "/search?q=cites:acoem"
    )
    assert shown(ODG).chapters == ()
    for guideline in (BACK, PAIN):
        assert (shown(guideline).chapters, shown(guideline).with_chapters) == ((), None)


def test_places_that_rationales_cite_lead_to_the_search_for_them() -> None:
    cited = [("mtus-pain", 3, 1), ("mtus-pain:58", 2, 0), ("odg", 9, 0), ("mtus-pain:9", 0, 0)]
    assert shown(PAIN, rationales=cited).rationales == (
        PlaceStats(Link("Anywhere in it", "/search?rationale_cites=mtus-pain"), "3", "1 of 3"),
        PlaceStats(Link("p. 58", "/search?rationale_cites=mtus-pain:58"), "2", "0 of 2"),
    )


def test_the_eight_most_frequent_services_lead_to_the_search_narrowed_by_them() -> None:
    services = [("Surgery > Knee", 20, 2), *((f"Kind {n}", 2, 0) for n in range(9))]
    found = shown(PAIN, services=services).services
    assert found[0] == PlaceStats(
        Link("SURGERY › KNEE", "/search?guideline=mtus-pain&subcategory=Surgery+%3E+Knee"),
        "20",
        "2 of 20 (10%)",
    )
    assert len(found) == 8


def place(
    value: str, *cites: tuple[str, int, int], rationales: int = 0, page: int = 1, pages: int = 1
) -> PlacePage:
    found = search("q=visits")
    result = replace(found, page=page, pages=pages, per_page=20, total=2 if pages else 0)
    services = facet("subcategory", ("Surgery > Knee", 2, 0))
    result = replace(result, facets=(facet("body", ("knee", 1, 0)), services))
    state = SearchState.from_url(f"cites={value}&page={page}")
    return place_page(
        PAIN, CitedPlace.parse(value), facet("cites", *cites), rationales, state, result
    )


def test_the_page_of_a_cited_page() -> None:
    shown = place("mtus-pain:58", page=2, pages=3)
    assert shown.title == "Pain Guidelines, p. 58"
    assert (shown.name, shown.url) == ("p. 58", "/guidelines/mtus-pain/page/58")
    assert shown.guideline == Link("Pain Guidelines", "/guidelines/mtus-pain")
    assert shown.search == Link(
        "All 2 issues as a search, with filters", "/search?cites=mtus-pain:58"
    )
    assert shown.first == 21
    assert [link.url for link in shown.pager if link.rel] == [
        "/guidelines/mtus-pain/page/58?page=1",
        "/guidelines/mtus-pain/page/58?page=3",
    ]
    assert [line.link.url for line in shown.services] == [
        "/search?cites=mtus-pain:58&subcategory=Surgery+%3E+Knee"
    ]
    assert [row.of_case for row in shown.rows] == ["", ""]
    assert shown.build == "build-1"


def test_a_page_that_no_side_cites_has_no_search() -> None:
    assert place("mtus-pain:58", pages=0).search is None


def test_without_a_table_of_services_none_is_named() -> None:
    result = replace(search("q=visits"), facets=())
    state = SearchState.from_url("cites=mtus-pain:58")
    told = place_page(PAIN, CitedPlace.parse("mtus-pain:58"), facet("cites"), 0, state, result)
    assert told.services == ()


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        pytest.param("mtus-pain:58", 9, 92, id="between the nearest"),
        pytest.param("mtus-pain:3", None, 9, id="the first"),
        pytest.param("mtus-pain:93", 92, None, id="the last"),
        pytest.param("mtus-pain:a-b", None, None, id="a section has none"),
    ],
)
def test_the_cited_pages_before_and_after(
    value: str, before: int | None, after: int | None
) -> None:
    cites = ("mtus-pain:92", "mtus-pain:3", "mtus-pain:9", "mtus-pain:58", "mtus-pain:a", "odg:60")
    shown = place(value, *((one, 1, 0) for one in cites))
    expected = [
        Link(f"p. {page}", f"/guidelines/mtus-pain/page/{page}") if page else None
        for page in (before, after)
    ]
    assert [shown.before, shown.after] == expected


@pytest.mark.parametrize(
    ("rationales", "label"),
    [
        (0, None),
        (1, "1 issue cites it in the rationale"),
        (2, "2 issues cite it in the rationale"),
    ],
)
def test_how_many_rationales_cite_a_place(rationales: int, label: str | None) -> None:
    shown = place("mtus-pain:58", rationales=rationales).rationales
    assert shown == (Link(label, "/search?rationale_cites=mtus-pain:58") if label else None)
