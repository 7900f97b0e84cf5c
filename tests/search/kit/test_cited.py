"""Guidelines as strangers cite them; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.cited import CitedPlaces

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
