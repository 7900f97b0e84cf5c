"""Values derived from facts, at the borders of their bands."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.treatments import PHARMACEUTICALS
from imrsearch.model import (
    Citation,
    DecisionReason,
    Dose,
    GuidelineStatement,
    Quantity,
    Recommendation,
    VisitsSoFar,
)
from imrsearch.schema import extract
from imrsearch.schema.extract import BANDS
from tests.search.memory import issue


def cited(guideline: str | None, *places: int | str, text: str = "as printed") -> Citation:
    """A citation of pages and sections of a guideline."""
    pages = tuple(place for place in places if isinstance(place, int))
    sections = tuple(place for place in places if isinstance(place, str))
    return Citation(guideline, "mtus", None, None, None, sections, pages, text)


def statement(*citations: Citation) -> GuidelineStatement:
    return GuidelineStatement("said", None, citations)


def test_days_and_years() -> None:
    assert extract.year(date(2016, 12, 9)) == "2016"
    assert extract.day_number(date(2016, 2, 9)) == 20160209
    assert (extract.year(None), extract.day_number(None)) == (None, None)


@given(st.dates(), st.dates())
def test_day_numbers_sort_as_days_do(first: date, second: date) -> None:
    one, other = extract.day_number(first), extract.day_number(second)
    assert one is not None
    assert other is not None
    assert (one < other) == (first < second)


def test_what_a_letter_does_not_tell_has_no_value() -> None:
    """An issue without amounts, visits, dose and reasons."""
    told = issue(1, "Massage")
    numbers = (extract.quantity, extract.visits_so_far, extract.dose, extract.authorized)
    assert [value(told) for value in numbers] == [None] * 4
    assert extract.reason_values(told) == ()


def test_visits_so_far_and_reasons() -> None:
    told = issue(
        1,
        "Massage",
        visits_so_far=VisitsSoFar(8, "She had 8 visits.", (0, 17)),
        reasons=(
            DecisionReason("functional-improvement", "unmet", "None is shown.", (0, 14)),
            DecisionReason("documentation", "met", "It is told.", (15, 26)),
        ),
    )
    assert extract.visits_so_far(told) == 8
    assert extract.reason_values(told) == ("unmet functional-improvement", "met documentation")


@pytest.mark.parametrize("name", BANDS)
def test_bands_lie_side_by_side(name: str) -> None:
    """Each number is in one band, and a band's last number is its own."""
    ends = BANDS[name]
    for low, high in pairwise(ends):
        assert extract.band(name, low + 1) == extract.band(name, high) == f"{low + 1}..{high}"
    assert extract.band(name, 1) == extract.band(name, ends[0]) == f"..{ends[0]}"
    assert extract.band(name, ends[-1] + 1) == extract.band(name, 10_000) == f"{ends[-1] + 1}.."
    assert extract.band(name, None) is None


@pytest.mark.parametrize(
    ("age", "band"),
    [
        *((0, "under 20"), (19, "under 20"), (20, "20-29"), (39, "30-39"), (69, "60-69")),
        *((70, "70 and over"), (101, "70 and over"), (None, None)),
    ],
)
def test_ages(age: int | None, band: str | None) -> None:
    assert extract.age_band(age) == band


@pytest.mark.parametrize(
    ("service", "facts", "visits", "tablets"),
    [
        pytest.param("Massage", {"quantity": Quantity(12, "sessions")}, 12, None, id="sessions"),
        pytest.param("Massage", {"quantity": Quantity(12, "weeks")}, None, None, id="weeks"),
        pytest.param("Massage", {}, None, None, id="no amount"),
        pytest.param("Norco", {"quantity": Quantity(60, "pills")}, None, 60, id="pills"),
        pytest.param(
            "Norco",
            {"quantity": Quantity(4, "weeks"), "category": PHARMACEUTICALS},
            None,
            None,
            id="weeks of a drug",
        ),
        pytest.param(
            "Norco #60",
            {"quantity": Quantity(60, "units"), "category": PHARMACEUTICALS},
            None,
            60,
            id="a number of a drug",
        ),
        pytest.param(
            "Cane #1",
            {"quantity": Quantity(1, "units"), "category": "Equipment"},
            None,
            None,
            id="a number of a thing",
        ),
        pytest.param(
            "Lidoderm Patch #30",
            {"quantity": Quantity(30, "units"), "category": PHARMACEUTICALS},
            None,
            None,
            id="a drug that is not swallowed",
        ),
        pytest.param(
            "Lidoderm patch, 30 tablets",
            {"quantity": Quantity(30, "tablets"), "category": PHARMACEUTICALS},
            None,
            30,
            id="tablets by name, whatever else is said",
        ),
        pytest.param(
            "Gelatin #30",
            {"quantity": Quantity(30, "units"), "category": PHARMACEUTICALS},
            None,
            30,
            id="a gel is a whole word",
        ),
    ],
)
def test_amounts_of_visits_and_tablets(
    service: str, facts: dict[str, Any], visits: int | None, tablets: int | None
) -> None:
    one = issue(1, service, **facts)
    assert (extract.visits(one), extract.tablets(one)) == (visits, tablets)


def test_amounts_are_whole_numbers() -> None:
    one = issue(
        1,
        "Gel",
        quantity=Quantity(106.6, "grams"),
        original_request="Gel 240 g",
        original_quantity=Quantity(240.2, "grams"),
        authorized_quantity=Quantity(120, "grams"),
        dose=Dose("2.5 mg", 2.5, "mg"),
    )
    assert extract.quantity(one) == extract.remaining(one) == 107
    assert (extract.original_amount(one), extract.authorized(one)) == (240, 120)
    assert extract.dose(one) == 2


@pytest.mark.parametrize(("unit", "dose"), [("mg", 50), ("mcg/hr", None), ("%", None)])
def test_doses_are_compared_in_mg_alone(unit: str, dose: int | None) -> None:
    assert extract.dose(issue(1, "Drug", dose=Dose(f"50 {unit}", 50, unit))) == dose


def test_nothing_remains_in_dispute_where_nothing_was_modified() -> None:
    assert extract.remaining(issue(1, "Massage", quantity=Quantity(6, "visits"))) is None


def test_a_class_stands_under_its_category() -> None:
    assert extract.kind_of_service(issue(1, "x", category="A", subcategory="B")) == "A > B"
    assert extract.kind_of_service(issue(1, "x", category="A")) is None


def test_what_is_disputed_beside_the_treatment_itself() -> None:
    """What the service names, and what was asked for before a modification."""
    one = issue(
        1,
        "Massage and acupuncture",
        treatment="massage therapy",
        further_treatments=("cane",),
        original_request="Tramadol 50 mg",
    )
    assert extract.disputed(one)[:2] == ("massage therapy", "cane")
    assert {"acupuncture", "tramadol"} <= set(extract.disputed(one))


def test_places_cited_by_both_sides_and_in_the_rationale() -> None:
    one = issue(
        1,
        "Massage",
        reviewer_guideline=statement(cited("g", 60, "massage"), cited(None)),
        claims_administrator=statement(cited("h", 5)),
        rationale_citations=(cited("i", 3), cited("j"), cited(None)),
    )
    assert extract.cited_guidelines(one) == ("g", None, "h")
    assert extract.cited_in_statements(one) == ("g:60", "g:massage", "h:5")
    assert extract.cited_in_rationale(one) == ("i", "i:3", "j")


def test_advice_with_citations_and_in_the_rationale() -> None:
    def quoted(advice: str, grade: str | None) -> Recommendation:
        return Recommendation(advice, None, grade, None, advice)

    beside = Citation(
        "g", "mtus", None, None, None, (), (), "g", recommendations=(quoted("recommended", "A"),)
    )
    one = issue(
        1,
        "Massage",
        reviewer_guideline=statement(beside),
        claims_administrator=statement(beside),
        recommendations=(quoted("not recommended", None),),
    )
    assert extract.advice(one) == ("recommended", "not recommended")
    assert extract.evidence(one) == ("A", None)


@pytest.mark.parametrize(
    ("reviewer", "administrator", "comparison"),
    [
        pytest.param([], [], "administrator cited none", id="neither cites"),
        pytest.param([cited("g")], [], "administrator cited none", id="the reviewer alone"),
        pytest.param([], [cited("g")], None, id="the administrator alone"),
        pytest.param([cited("g", 2, 1)], [cited("g", 1, 2)], "same", id="in another order"),
        pytest.param([cited("g", 1), cited("h")], [cited("g", 1)], "reviewer adds", id="more"),
        pytest.param([cited("g", 1, "a")], [cited("g", 1, "b")], "same page", id="page first"),
        pytest.param([cited("g", "a")], [cited("g", 2, "a")], "same section", id="a section"),
        pytest.param([cited("g", 1)], [cited("g", 2)], "same guideline", id="another page"),
        pytest.param([cited("odg")], [cited("odg-knee-leg", 1)], "same guideline", id="at large"),
        pytest.param([cited("odg-pain")], [cited("odg")], "same guideline", id="the other way"),
        pytest.param([cited("odg")], [cited("acoem-neck")], "nothing in common", id="of another"),
        pytest.param([cited("acoem-neck")], [cited("odg")], "nothing in common", id="vice versa"),
        pytest.param(
            [cited("odg-pain")], [cited("odg-neck")], "nothing in common", id="two chapters"
        ),
        pytest.param([cited("mtus")], [cited("mtus-neck")], "nothing in common", id="no family"),
        pytest.param(
            [cited(None, text="A Study")], [cited(None, text="a study")], "same", id="free, by text"
        ),
        pytest.param(
            [cited(None, text="A")], [cited(None, text="B")], "nothing in common", id="free, other"
        ),
    ],
)
def test_how_the_guidelines_of_both_sides_compare(
    reviewer: list[Citation], administrator: list[Citation], comparison: str | None
) -> None:
    one = issue(
        1,
        "Massage",
        reviewer_guideline=statement(*reviewer),
        claims_administrator=statement(*administrator),
    )
    assert extract.guideline_comparison(one) == comparison
