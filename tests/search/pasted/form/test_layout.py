"""How forms, screens and lists are laid out; each row is another office's screen or print."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.layout import laid_out, with_colons, with_labels
from imrsearch.search.pasted.reading import read_requests

SCREENS = {
    "a payer's site": (
        "ITEM                Home health care\nASKED FOR           3 weeks\n"
        "RESULT              No\nREMARK              She goes out to church and to the store.\n"
    ),
    "a print with other words": (
        "Service             Home health care\nRequested           3 weeks\n"
        "Determination       Denied\nRationale           She goes out to the store.\n"
    ),
    "copied with tabs": (
        "Treatment\tHome health care\nQuantity\t3 weeks\nDecision\tDenied\n"
        "Comments\tShe goes out.\n"
    ),
    "a value on two lines": (
        "Item            Home health care\nAmount          3 weeks\nOutcome         Not certified\n"
        "Reason          She goes out to church and\n                to the store.\n"
    ),
    "fields of the person between": (
        "Treatment       Home health care\nDuration        3 weeks\nMember          A. Sample\n"
        "Status          Denied\n"
    ),
    "a heading above": (
        "REVIEW 17     FINAL\n\nProcedure         Home health care\nUnits             3 weeks\n"
        "Ruling            No\n"
    ),
}


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_a_screen_s_fields(screen: str) -> None:
    (request,) = read_requests(f"The patient fell.\n\n{screen}")
    assert request.treatment == "home health care"
    assert request.quantity is not None
    assert request.quantity.amount == 3


@pytest.mark.parametrize(
    "table",
    [
        ["Item          Decision", "Cane          Denied", "Walker        Certified"],
        ["Cane               DENIED", "Knee brace         DENIED"],
        ["Monday          closed", "Tuesday         open"],
        ["ITEM            Cane", "then prose that ends the run."],
    ],
)
def test_what_is_no_column_of_labels(table: list[str]) -> None:
    assert with_colons(table) == table


def test_each_item_of_a_screen() -> None:
    cane, bed = read_requests(
        "ITEM         Cane\nRESULT       Denied\nREASON       He walks a mile without help.\n\n"
        "ITEM         Hospital bed\nRESULT       Denied\nREASON       X-rays were not submitted.\n"
    )
    assert [one.criterion for one in cane.reasons] == ["assistance-need"]
    assert [one.criterion for one in bed.reasons] == ["test-corroboration"]


LABELLED = {
    "a list below the value": (
        "RE:   Knee arthroscopy\n      Medical clearance\n      Crutches",
        "RE:   Knee arthroscopy\nRE: Medical clearance\nRE: Crutches",
    ),
    "an indented label": (
        "  Denied: Cane\n          Walker",
        "  Denied: Cane\nDenied: Walker",
    ),
    "what names no treatment": (
        "RE:   Cane\n      Sample Road\n",
        "RE:   Cane\n      Sample Road\n",
    ),
    "what goes on in small letters": ("RE:   Cane\n      walker", "RE:   Cane\n      walker"),
    "another column": ("RE:   Cane\n     Walker", "RE:   Cane\n     Walker"),
    "behind another column": (
        "RE:   Cane\nHe fell.\n      Walker",
        "RE:   Cane\nHe fell.\n      Walker",
    ),
    "another field": ("Why:  Cane\n      Walker", "Why:  Cane\n      Walker"),
}


@pytest.mark.parametrize(("text", "expected"), LABELLED.values(), ids=LABELLED)
def test_services_below_the_value_of_a_field(text: str, expected: str) -> None:
    assert "\n".join(with_labels(text.split("\n"))) == expected


STACKED = {
    "a row up to the next diagnosis": (
        ["Sprain", "S93.401A", "Ankle brace", "L1902", "", "Pain", "G89.4", "Cane", "1"],
        ["Sprain | S93.401A | Ankle brace | L1902", "Pain | G89.4 | Cane | 1"],
    ),
    "what stands before": (
        ["Service", "Sprain", "S93.401A", "Ankle brace", "L1902"],
        ["Service", "Sprain | S93.401A | Ankle brace | L1902"],
    ),
    "a field ends it": (
        ["Sprain", "724.4", "Ankle brace", "Physician: A. Sample", "Fax: 1"],
        ["Sprain | 724.4 | Ankle brace", "Physician: A. Sample", "Fax: 1"],
    ),
    "so many cells": (
        ["Sprain", "S93.401A", *"abcdefgh"],
        ["Sprain | S93.401A | a | b | c | d | e | f", "g", "h"],
    ),
    "a code without a service": (["Sprain", "S93.401A"], ["Sprain", "S93.401A"]),
    "a code at the beginning": (["S93.401A", "Cane", "1"], ["S93.401A", "Cane", "1"]),
    "a code below a blank line": (["", "S93.401A", "Cane", "1"], ["", "S93.401A", "Cane", "1"]),
    "bare numbers that count on": (
        ["1 CANE", "why", "2 MRI", "03 Bed"],
        ["1. CANE", "why", "2. MRI", "3. Bed"],
    ),
    "a number alone": (["1 CANE", "He fell."], ["1 CANE", "He fell."]),
    "amounts": (["12 visits", "2 Canes", "12 Visits"], ["12 visits", "2 Canes", "12 Visits"]),
    "numbers out of their order": (["1 CANE", "2 MRI", "4 Bed"], ["1. CANE", "2. MRI", "4 Bed"]),
    "two far below one": (["1 A", "b", "c", "d", "2 B"], ["1 A", "b", "c", "d", "2 B"]),
    "the rows of a table": (["1 | Cane | no", "2 | MRI | no"], ["1 | Cane | no", "2 | MRI | no"]),
}


@pytest.mark.parametrize(("lines", "expected"), STACKED.values(), ids=STACKED)
def test_cells_and_numbers_of_a_list(lines: list[str], expected: list[str]) -> None:
    assert laid_out(lines) == expected


COLUMNS = {
    "each label gets a colon": (
        ["ITEM     Cane", "RESULT   No"],
        ["ITEM: Cane", "RESULT: No"],
    ),
    "a colon that is there": (
        ["ITEM:    Cane", "RESULT:  No"],
        ["ITEM:    Cane", "RESULT:  No"],
    ),
    "a value goes on": (
        ["ITEM     Cane", "         and walker", "RESULT   No"],
        ["ITEM: Cane and walker", "RESULT: No"],
    ),
    "tabs": (["Item\tCane", "Decision\tNo"], ["Item: Cane", "Decision: No"]),
    "lines around": (
        ["He fell.", "ITEM     Cane", "RESULT   No", "He rose."],
        ["He fell.", "ITEM: Cane", "RESULT: No", "He rose."],
    ),
    "one known label alone": (["ITEM     Cane", "DOG      No"], ["ITEM     Cane", "DOG      No"]),
    "the same label twice": (["ITEM     Cane", "ITEM     Bed"], ["ITEM     Cane", "ITEM     Bed"]),
    "values apart": (["ITEM     Cane", "RESULT     No"], ["ITEM     Cane", "RESULT     No"]),
}


@pytest.mark.parametrize(("lines", "expected"), COLUMNS.values(), ids=COLUMNS)
def test_labels_in_a_column(lines: list[str], expected: list[str]) -> None:
    assert with_colons(lines) == expected
