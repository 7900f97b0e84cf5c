"""Guidelines as strangers cite them; each row with the reason it exists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imrsearch.search.pasted.wording.cited import (
    CitedPlaces,
    begins_with_citation,
    cites,
    is_of_sources,
    source_clauses,
)

MTUS, BACK, SHOULDER = "mtus-chronic-pain", "acoem-low-back", "acoem-shoulder"
Place = tuple[str | None, tuple[int, ...]]

CITED: dict[str, tuple[list[str], list[Place]]] = {
    "the same guideline again": (
        ["See the Chronic Pain Medical Treatment Guidelines, page 67.", "Pages 41-42 of the same."],
        [(MTUS, (67,)), (MTUS, (41, 42))],
    ),
    "pages ahead of the same guideline": (
        ["Please see pages 41-42 of the same MTUS Chronic Pain Medical Treatment Guidelines."],
        [(MTUS, (41, 42))],
    ),
    "pages ahead, the guideline sentences before": (
        ["The Chronic Pain Medical Treatment Guidelines, pages 76-80.", "On page 93 of these."],
        [(MTUS, (76, 77, 78, 79, 80)), (MTUS, (93,))],
    ),
    "ibid.": (
        ["The MTUS chronic pain guidelines, page 76, apply.", "No function (ibid., p. 78)."],
        [(MTUS, (76,)), (MTUS, (78,))],
    ),
    "page, chapter, guideline": (["Page 303 of chapter 12 of ACOEM."], [(BACK, (303,))]),
    "chapter, guideline, page": (
        ["Chapter 12 of the ACOEM Practice Guidelines (pages 303-305) wants red flags."],
        [(BACK, (303, 304, 305))],
    ),
    "page, chapter, guideline, with commas": (
        ["Pages 303-305, Chapter 12, ACOEM Practice Guidelines, 2nd Edition."],
        [(BACK, (303, 304, 305))],
    ),
    "guideline, page, chapter": (["ACOEM, page 303 of chapter 12."], [(BACK, (303,))]),
    "the page behind a verb": (
        ["ACOEM is followed; chapter 12 says on page 303 that red flags count."],
        [(BACK, (303,))],
    ),
    "the guideline last": (
        ["In chapter 9, pp. 207-209, the ACOEM guidelines want red flags."],
        [(SHOULDER, (207, 208, 209))],
    ),
    "a chapter of the ODG": (["The Low Back chapter of the ODG."], [("odg-low-back", ())]),
    "the ODG's chapter on": (["The ODG's chapter on the low back."], [("odg-low-back", ())]),
    "in its chapter": (["The ODG says in its Low Back chapter …"], [("odg-low-back", ())]),
    "and for &": (
        ["In the knee and leg chapter of the Official Disability Guidelines it is none."],
        [("odg-knee-leg", ())],
    ),
    "a page of the MTUS behind": (["Page 16 (MTUS)."], [(MTUS, (16,))]),
    "at": (["CPMTG at 16-20."], [(MTUS, (16, 17, 18, 19, 20))]),
    "thru": (["MTUS pgs 16 thru 20."], [(MTUS, (16, 17, 18, 19, 20))]),
    "capitals": (["CA-MTUS CHRONIC PAIN GUIDELINES, PAGES 16-17 AND 91."], [(MTUS, (16, 17, 91))]),
    "a page cut off by its label's point": (
        ["(Chronic Pain Medical Treatment Guidelines, pp.", "58-59.)"],
        [(MTUS, (58, 59))],
    ),
    "pages of other papers": (
        ["MTUS Chronic Pain Guidelines page 99.", "Page 3 of the QME report.", "BP 120/80, P 72."],
        [(MTUS, (99,))],
    ),
    "the regulation that adopted it": (
        ["8 CCR 9792.24.1.", "Under section 9792.24.3 no.", "CPMTG (8 CCR 9792.24.2), p. 46."],
        [("mtus-acupuncture", ()), ("mtus-postsurgical", ()), (MTUS, (46,))],
    ),
    "a page at the end": (
        ["ACOEM, Low Back Complaints, at 307.", "ACOEM, Shoulder Complaints, 207-208."],
        [(BACK, (307,)), (SHOULDER, (207, 208))],
    ),
    "pages added up": (["CPMTG 101 + 105-107."], [(MTUS, (101, 105, 106, 107))]),
    "the family last": (["(Knee Disorders, ACOEM)"], [("acoem-knee-disorders", ())]),
    "the only guideline, named behind": (
        ["By the book, page 72, it is no remedy.", "The book is the CPMTG."],
        [(MTUS, (72,))],
    ),
    "one guideline of chronic pain": (["The Chronic Pain guideline's page 46."], [(MTUS, (46,))]),
    "the ACOEM's own": (["The MTUS/ACOEM Chronic Pain Guideline."], [("acoem-chronic-pain", ())]),
    "in short, the postsurgical ones": (
        ["Post-surgical guidelines, shoulder."],
        [("mtus-postsurgical", ())],
    ),
    "pages of the letter itself": (["MTUS p. 46.", "See page 3 for your rights."], [(MTUS, (46,))]),
    "titles with their years and sections": (
        ["Shoulder Complaints 2004, Section(s): Surgery.", "Acupuncture Treatment (2007)."],
        [("acoem-shoulder", ()), ("mtus-acupuncture", ())],
    ),
    "a complaint of a year": (["His low back complaints 2004 were mild."], []),
    "chapters of other books": (["AMA Guides, 5th ed., chapter 16."], []),
}


@pytest.mark.parametrize(("told", "places"), CITED.values(), ids=CITED)
def test_places(told: list[str], places: list[Place]) -> None:
    cited = CitedPlaces(told).of(range(len(told)))
    assert [(one.guideline, one.pages) for one in cited] == places


def test_each_sentence_has_its_own_places() -> None:
    cited = CitedPlaces(["MTUS p. 46.", "The request is denied.", "MTUS p. 58.", "MTUS p. 46."])
    assert [[one.pages for one in cited.of([number])] for number in range(4)] == [
        [(46,)],
        [],
        [(58,)],
        [(46,)],
    ]


PLACES = {
    "the low back, in short": ("ODG LB", "odg-low-back", ()),
    "an edition of its publisher": ("ODG-TWC, Pain", "odg-pain", ()),
    "chronic pain, in short": ("MTUS CP 78", "mtus-chronic-pain", (78,)),
    "chronic pain, named": ("Chronic pain guidelines 117-118", "mtus-chronic-pain", (117, 118)),
    "a bracket": ("It is of use (Chronic Pain p. 112)", "mtus-chronic-pain", (112,)),
    "surgery": ("post-surgical guidelines", "mtus-postsurgical", ()),
    "names in full": ("Official Disability Guidelines (ODG), Pain", "odg-pain", ()),
    "an edition": (
        (
            "American College of Occupational and Environmental Medicine Practice Guidelines,"
            " 2nd Edition (2004), Chapter 12"
        ),
        "acoem-low-back",
        (),
    ),
    "the page behind the name": ("ACOEM, Low Back Complaints, at 307", "acoem-low-back", (307,)),
    "pages with a plus": ("CPMTG 101 + 105", "mtus-chronic-pain", (101, 105)),
    "the other way round": ("It is so (Low Back Complaints, ACOEM)", "acoem-low-back", ()),
    "a chapter and its page": ("ACOEM chapter 12, 304", "acoem-low-back", (304,)),
    "a chapter of nobody": ("Chapter 12, p. 304", "acoem-low-back", (304,)),
    "a chapter by its subject": ("the ODG's chapter on the low back", "odg-low-back", ()),
    "a chapter, then its work": ("the Low Back chapter of the ODG", "odg-low-back", ()),
    "a regulation": ("8 CCR 9792.24.1", "mtus-acupuncture", ()),
    "a title as it is printed": ("Low Back Complaints 2004, page 303", "acoem-low-back", (303,)),
    "a page first": ("page 303 of chapter 12 of ACOEM", "acoem-low-back", (303,)),
    "a page of the MTUS": ("MTUS page 78", "mtus-chronic-pain", (78,)),
}


@pytest.mark.parametrize(("told", "work", "pages"), PLACES.values(), ids=PLACES)
def test_a_place_as_people_cite_it(told: str, work: str, pages: tuple[int, ...]) -> None:
    assert [(one.guideline, one.pages) for one in CitedPlaces([told]).of([0])] == [(work, pages)]


NOT_CITED = [
    "the Low Back chapter",
    "AMA Guides, ch 5, p. 44",
    "ODG, Pain. See page 4 of the report",
    "Chronic pain guidelines. BP 130/80, P 72",
    "He has pain (page 78)",
]


@pytest.mark.parametrize("told", NOT_CITED)
def test_what_is_no_page_of_a_guideline(told: str) -> None:
    assert not any(one.pages for one in CitedPlaces([told]).of([0]))


@pytest.mark.parametrize(
    ("sentences", "works"),
    [
        # The guideline named last that has the page
        (["MTUS Chronic Pain guidelines.", "None (page 78)."], ["mtus-chronic-pain"]),
        (["ACOEM.", "It is so (p. 303)."], ["acoem-low-back"]),
        (
            ["ODG, Pain. MTUS Chronic Pain guidelines. ODG, Knee.", "None (p. 78)."],
            ["mtus-chronic-pain"],
        ),
        # The one named next in the sentence
        (["He fell.", "Page 78 of the MTUS Chronic Pain guidelines."], ["mtus-chronic-pain"]),
        # None has it
        (["ODG, Pain.", "None (page 978)."], []),
        (["He fell.", "None (page 78)."], []),
    ],
)
def test_a_page_apart_from_its_guideline(sentences: list[str], works: list[str]) -> None:
    assert [one.guideline for one in CitedPlaces(sentences).of([1])] == works


ABOUT_SOURCES = {
    "a guideline or a page": (
        cites,
        ["ODG", "MTUS", "ACOEM", "CPMTG", "a guideline", "page 3", "pp. 3", "pg 4", "p.5"],
        ["BP 120", "the pages", "odgen"],
    ),
    "the sources of a denial": (
        is_of_sources,
        [
            "The rules used for both were ODG, Pain.",
            "Guidelines consulted: MTUS",
            "The standards behind it are ACOEM",
            "The letter quotes ODG.",
            "They cited page 3.",
            "He relied on the guideline.",
            "The reviewer references MTUS.",
        ],
        ["ODG is long.", "The letter quotes him."],
    ),
    "a citation first": (
        begins_with_citation,
        [
            "MTUS says",
            "the ODG",
            "per ACOEM, yes",
            "Source: CPMTG",
            "CA MTUS",
            "Official Disability Guidelines",
            "American College of it",
            "Chronic Pain Medical Treatment",
            "Chronic Pain Guidelines, p. 3",
            "Same, page 101",
            "Ibid., p. 64",
            "id source, pp 4",
        ],
        ["The cane, ODG", "Same as above", "Chronic pain hurts", "Identity page 4"],
    ),
}


@pytest.mark.parametrize(("asks", "yes", "no"), ABOUT_SOURCES.values(), ids=ABOUT_SOURCES)
def test_what_a_text_says_of_sources(
    asks: Callable[[str], bool], yes: list[str], no: list[str]
) -> None:
    assert [one for one in yes if not asks(one)] == []
    assert [one for one in no if asks(one)] == []


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("pages 343 to 345 for the scope; page 340 for the brace", 2),
        ("MTUS page 3 and ODG page 4", 2),
        ("physical medicine p. 98-99, massage p. 60", 2),
        ("pages 343-345 for the scope, p. 340 for the brace", 2),
        ("ODG, Knee (Durable equipment; Braces)", 1),
        ("MTUS 2009, pages 3", 1),
        ("pages 3, p. 4", 1),
    ],
)
def test_the_clauses_that_cite_each_for_itself(sentence: str, clauses: int) -> None:
    assert len(source_clauses(sentence)) == clauses
