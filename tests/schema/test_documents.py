from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from imrsearch.model import (
    Citation,
    CitedPlace,
    DecisionReason,
    Dose,
    GuidelineStatement,
    LetterWarning,
    Patient,
    Quantity,
    Recommendation,
    VisitsSoFar,
)
from imrsearch.schema import VALUE_FIELDS
from imrsearch.schema.documents import documents
from imrsearch.schema.facts import IndexedDetermination
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings
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


@pytest.mark.parametrize(
    ("field", "facts", "number", "band"),
    [
        pytest.param("visits", {"quantity": Quantity(6, "visits")}, 6, "..6", id="a band ends"),
        pytest.param("visits", {"quantity": Quantity(7, "sessions")}, 7, "7..12", id="it begins"),
        pytest.param("visits", {"quantity": Quantity(36, "treatments")}, 36, "25..", id="no end"),
        pytest.param("visits", {"quantity": Quantity(3, "injections")}, None, None, id="no visit"),
        pytest.param("tablets", {"quantity": Quantity(60, "tablets")}, 60, "31..60", id="printed"),
        pytest.param(
            "tablets",
            {"quantity": Quantity(120, "units"), "category": "Pharmaceuticals"},
            120,
            "91..120",
            id="#120 of a drug",
        ),
        pytest.param("tablets", {"quantity": Quantity(2, "units")}, None, None, id="two braces"),
        pytest.param("dose", {"dose": Dose("7.5mg", 7.5, "mg")}, 8, "6..10", id="rounded"),
        pytest.param("dose", {"dose": Dose("5%", 5, "%")}, None, None, id="a dose of a cream"),
        pytest.param(
            "visits_so_far", {"visits_so_far": VisitsSoFar(24, "", (0, 0))}, 24, "13..24", id="had"
        ),
    ],
)
def test_numbers_and_their_bands(
    field: str, facts: dict[str, Any], number: int | None, band: str | None
) -> None:
    (document,) = documents([("", determination("CM16-0000001", issue(1, "Thing", **facts)))])
    assert document.numbers.get(field) == number
    assert document.values.get(field) == (band and (band,))


def test_a_tube_of_cream_is_no_tablet() -> None:
    for service in ("Lidocaine ointment #1", "Flurbiprofen 10%, #1", "Gabapentin 120grams #1"):
        one = issue(1, service, quantity=Quantity(1, "units"), category="Pharmaceuticals")
        (document,) = documents([("", determination("CM16-0000001", one))])
        assert "tablets" not in document.numbers


def test_what_a_service_names_and_what_its_case_is_about_are_two_fields() -> None:
    named = issue(1, "MRI of the knee", body_parts=("knee",))
    filled = issue(2, "Massage", body_parts=("neck",), body_part_source="diagnosis")
    first, second = documents([("", determination("CM16-0000001", named, filled))])
    assert first.values["body"] == first.values["case_body"] == ("knee",)
    assert "body" not in second.values
    assert second.values["case_body"] == ("neck",)


def test_a_modification_in_numbers() -> None:
    one = issue(
        1,
        "Physical therapy, 4 sessions",
        quantity=Quantity(4, "sessions"),
        original_request="Physical therapy, 10 sessions",
        original_quantity=Quantity(10, "sessions"),
        authorized_quantity=Quantity(6, "sessions"),
        ur_action="modified",
    )
    (document,) = documents([("", determination("CM16-0000001", one))])
    numbers = {name: document.numbers[name] for name in ("original", "authorized", "remaining")}
    assert numbers == {"original": 10, "authorized": 6, "remaining": 4}
    assert document.values["ur"] == ("modified",)


def test_what_is_read_for_an_index_makes_the_same_documents(sample_index: Settings) -> None:
    with closing(Collection.open(sample_index.index)) as collection:
        made = list(documents(collection.to_index(IndexedDetermination)))
        assert made == list(documents(collection.every_letter()))
    told = {name for document in made for name in document.values}
    assert told == set(VALUE_FIELDS) - {"warning"}  # no sample gives reason for one


def test_every_issue_has_the_warnings_about_its_letter() -> None:
    warnings = (LetterWarning("dates", "In 2031?"), LetterWarning("dates", "And in 1831?"))
    letter = replace(determination("CM16-0000001", issue(1, "MRI")), warnings=warnings)
    (document,) = documents([("", letter)])
    assert document.values["warning"] == ("dates",)


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


def test_what_a_guideline_advises_is_quoted_with_a_citation_or_in_the_rationale() -> None:
    listed = Recommendation("not recommended", None, "I", None, "")
    told = Recommendation("recommended", "strongly", "A", None, "")
    (citation,) = statement("g:1").citations
    cited = GuidelineStatement("", "mtus", (replace(citation, recommendations=(listed,)),))
    one = issue(1, "MRI", reviewer_guideline=cited, recommendations=(told,))
    (document,) = documents([("", determination("CM16-0000001", one))])
    assert document.values["advice"] == ("not recommended", "recommended")
    assert document.values["evidence"] == ("I", "A")


def test_reasons_are_values_with_their_status() -> None:
    reasons = (
        DecisionReason("red-flags", "unmet", "No red flags.", (0, 13)),
        DecisionReason("surgery-planned", "unmet", "No red flags.", (0, 13)),
    )
    (document,) = documents([("", determination("CM16-0000001", issue(1, "MRI", reasons=reasons)))])
    assert document.values["reason"] == ("unmet red-flags", "unmet surgery-planned")
