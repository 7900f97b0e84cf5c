from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from imrsearch.collection.store import Collection
from imrsearch.indexing.documents import documents
from imrsearch.model import Citation, CitedPlace, DecisionReason, GuidelineStatement, Patient
from imrsearch.schema import VALUE_FIELDS
from imrsearch.settings import Settings
from tests.search.memory import determination, issue


def statement(*cited: str) -> GuidelineStatement:
    """A statement that cites a place each, ``g:1``, or words of its own without a guideline."""
    return GuidelineStatement("; ".join(cited), "mtus", tuple(map(_citation, cited)))


def _citation(cited: str) -> Citation:
    place = CitedPlace.parse(cited)
    name = None if place.is_whole else place.guideline
    pages = (place.page,) if place.page else ()
    sections = (place.section,) if place.section else ()
    return Citation(name, "mtus", None, None, None, sections, pages, cited)


@pytest.mark.parametrize(
    ("reviewer", "administrator", "comparison"),
    [
        pytest.param(("g:1", "g:2"), ("g:2", "g:1"), ("same",), id="the same in another order"),
        pytest.param(("g:1", "g:2"), ("g:1",), ("reviewer adds",), id="one page more"),
        pytest.param(("g:1",), ("g:1", "g:2"), ("same page",), id="one page less"),
        pytest.param(("g:1", "h:1"), ("g:1", "h:2"), ("same page",), id="a page of several"),
        pytest.param(("g:a", "g:1"), ("g:a", "g:2"), ("same section",), id="a section, no page"),
        pytest.param(("g:1",), ("g:2",), ("same guideline",), id="another page of it"),
        pytest.param(("g:1",), ("h:1",), ("nothing in common",), id="another guideline"),
        pytest.param(
            ("odg-pain:a",), ("odg:b",), ("same guideline",), id="a chapter and its whole"
        ),
        pytest.param(
            ("odg:a",), ("odg-pain:b",), ("same guideline",), id="a whole and its chapter"
        ),
        pytest.param(
            ("odg-pain:a",), ("odg-knee-leg:a",), ("nothing in common",), id="two chapters"
        ),
        pytest.param(
            ("g:1", "Own words"), ("h:1", "own words"), ("same guideline",), id="a free one shared"
        ),
        pytest.param(("Own words",), ("own words",), ("same",), id="a free citation, by its words"),
        pytest.param(("g:1",), (), ("administrator cited none",), id="administrator: none"),
        pytest.param((), ("g:1",), None, id="reviewer: none known"),
    ],
)
def test_comparison(
    reviewer: tuple[str, ...], administrator: tuple[str, ...], comparison: tuple[str] | None
) -> None:
    one = issue(
        1,
        "Massage",
        reviewer_guideline=statement(*reviewer),
        claims_administrator=statement(*administrator),
    )
    (document,) = documents([("", determination("CM16-0000001", one))])
    assert document.values.get("comparison") == comparison


@pytest.mark.parametrize(
    ("age", "band"),
    [
        pytest.param(19, ("under 20",), id="youngest"),
        pytest.param(20, ("20-29",), id="a band begins"),
        pytest.param(69, ("60-69",), id="a band ends"),
        pytest.param(70, ("70 and over",), id="oldest"),
        pytest.param(None, None, id="unknown"),
    ],
)
def test_age_band(age: int | None, band: tuple[str] | None) -> None:
    case = replace(determination("CM16-0000001", issue(1, "Massage")), patient=Patient(age=age))
    (document,) = documents([("", case)])
    assert document.values.get("ageband") == band


def test_what_is_read_for_an_index_makes_the_same_documents(sample_index: Settings) -> None:
    with closing(Collection.open(sample_index.index)) as collection:
        made = list(documents(collection.to_index()))
        assert made == list(documents(collection.every_letter()))
    assert {name for document in made for name in document.values} == set(VALUE_FIELDS)


def test_a_value_that_is_named_twice_stands_once() -> None:
    cited = statement("g:1", "g:2", "h:1")
    one = issue(1, "Massage", reviewer_guideline=cited, claims_administrator=statement("h:1"))
    (document,) = documents([("", determination("CM16-0000001", one))])
    assert document.values["guideline"] == ("g", "h")
    assert document.values["cites"] == ("g:1", "g:2", "h:1")


def test_what_a_rationale_cites_is_a_field_of_its_own() -> None:
    said = statement("g:1", "g:2", "h:a").citations
    one = issue(1, "Massage", reviewer_guideline=statement("i:3"), rationale_citations=said)
    (document,) = documents([("", determination("CM16-0000001", one))])
    assert document.values["rationale_cites"] == ("g", "g:1", "g:2", "h", "h:a")
    assert document.values["cites"] == ("i:3",)


def test_reasons_are_values_with_their_status() -> None:
    reasons = (
        DecisionReason("red-flags", "unmet", "No red flags.", (0, 13)),
        DecisionReason("surgery-planned", "unmet", "No red flags.", (0, 13)),
    )
    (document,) = documents([("", determination("CM16-0000001", issue(1, "MRI", reasons=reasons)))])
    assert document.values["reason"] == ("unmet red-flags", "unmet surgery-planned")
