"""The columns of exports: every fact of an issue, each in the column that says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.engines.base import Hit
from imrsearch.model import (
    Citation,
    DecisionReason,
    Determination,
    GuidelineStatement,
    Patient,
    Quantity,
    VisitsSoFar,
)
from imrsearch.search.columns import COLUMNS, CellValue, cell, row_values
from imrsearch.search.rows import make_rows
from tests.search.memory import MemoryLetters, determination, issue

CITED = Citation("odg-pain", "odg", "Pain", None, None, ("Massage",), (58, 59), "ODG Pain")

NORCO = issue(
    2,
    "Norco 10/325mg #60",
    original_request="Norco #90",
    authorized="Norco #30",
    further_treatments=("ibuprofen",),
    levels=("L4-5",),
    quantity=Quantity(60, "units", 40),
    visits_so_far=VisitsSoFar(12, "Twelve visits.", (0, 14)),
    denial_reasons=(DecisionReason("red-flags", "unmet", "None.", (0, 5)),),
)
CASE = replace(
    determination("CM16-0000001", issue(1, "Cane"), NORCO),
    outcome="partly overturned",
    patient=Patient(44, "female", sex_inferred=True),
    diagnoses=("M54.5", "M54.16"),
)


def values(case: Determination, number: int, origin: str = "") -> dict[str, CellValue]:
    (row,) = make_rows([Hit(f"{case.case_id}#{number}", 1.0)], MemoryLetters([case]))
    return row_values(row, origin)


def test_facts_that_few_letters_tell() -> None:
    """The others stand in the row of ``test_export.py``."""
    told = {
        "quantity_minimum": 40,
        "original_request": "Norco #90",
        "authorized": "Norco #30",
        "further_treatments": ("ibuprofen",),
        "levels": ("L4-5",),
        "visits_so_far": 12,
        "denial_reasons": ("unmet red-flags",),
        "outcome": "partly overturned",
        "sex_inferred": "yes",
        "diagnoses": ("M54.5", "M54.16"),
    }
    found = values(CASE, 2, "https://imr.example")
    assert {name: found[name] for name in told} == told
    assert found["url"] == "https://imr.example/case/CM16-0000001#issue-2"
    assert values(CASE, 2)["url"] == "/case/CM16-0000001#issue-2"


def test_what_a_letter_does_not_say_is_empty() -> None:
    """Never a word for nothing, and never a guess."""
    bare = values(determination("CM16-0000001", issue(1, "Cane", None), decided=None), 1)
    told = {name for name, value in bare.items() if value not in (None, (), "")}
    assert told - {"comparison"} == {"case_id", "number", "service", "era", "file", "url"}
    assert bare["comparison"] == "administrator cited none"
    assert set(bare) == set(COLUMNS)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, "odg-pain: Massage, p. 58, 59", id="sections and pages"),
        pytest.param({"pages": ()}, "odg-pain: Massage", id="sections"),
        pytest.param({"sections": ()}, "odg-pain: p. 58, 59", id="pages"),
        pytest.param({"sections": (), "pages": ()}, "odg-pain", id="as a whole"),
        pytest.param({"guideline": None}, "ODG Pain", id="unknown to the catalogue: as printed"),
    ],
)
def test_citations_stand_in_the_syntax_of_a_search(changes: dict[str, object], words: str) -> None:
    cited = replace(CITED, **changes)  # type: ignore[arg-type]
    one = replace(NORCO, claims_administrator=GuidelineStatement("", None, (cited,)))
    assert values(replace(CASE, issues=(one,)), 2)["claims_administrator_cites"] == (words,)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ((), ""), (("a", "b"), "a; b"), (0, "0"), (106.32, "106.32"), ("a; b", "a; b")],
)
def test_a_value_as_one_cell(value: CellValue, text: str) -> None:
    assert cell(value) == text
