"""Tables in pasted texts; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.tables import (
    TableRow,
    cells,
    decided_first,
    heading,
    is_row,
    row_without_heading,
)

TABLES = {
    "what was refused is denied": (
        "REQUESTED           CERTIFIED   NON-CERTIFIED",
        "Acupuncture          2           10",
        ("Acupuncture, x 12", "2 certified, the rest denied"),
    ),
    "what was granted in full is certified": (
        "Service | Requested | Approved",
        "Naproxen | 60 | 60",
        ("Naproxen, x 60", "certified"),
    ),
    "less than asked for is denied": (
        "Service | Requested | Approved",
        "Chiropractic | 12 | 6",
        ("Chiropractic, x 12", "6 certified, the rest denied"),
    ),
    "a cross, and a cell that is empty": (
        "Treatment | Approved | Denied",
        "MRI | | X",
        ("MRI", "denied"),
    ),
    "items that count": (
        "Item\tService requested\tOutcome",
        "2\tCane\tNot approved",
        ("2. Cane", "Not approved"),
    ),
    "a decision of its own column": (
        "Item\tBody part\tStatus",
        "MRI\tleft knee\tNot approved",
        ("MRI, left knee", "Not approved"),
    ),
}


@pytest.mark.parametrize(("head", "line", "expected"), TABLES.values(), ids=TABLES)
def test_headings(head: str, line: str, expected: tuple[str, str]) -> None:
    columns = heading(head)
    assert columns is not None
    row = columns.row(line)
    assert row is not None
    assert (row.text, row.decision) == expected


def test_a_reason_in_its_own_cell() -> None:
    columns = heading("Service | Decision | Reason")
    assert columns is not None
    row = columns.row("MRI | Denied | No red flags.")
    assert row is not None
    assert row.why == "No red flags."


def test_cells_that_do_not_stand_under_the_headings_are_read_without_them() -> None:
    columns = heading("Diagnosis | ICD-Code | Service | CPT")
    assert columns is not None
    assert columns.row("Neck pain | MRI") is None
    row = row_without_heading("Neck pain | M54.2 | MRI | 72141")
    assert (row.about, row.text) == ("Neck pain, M54.2", "MRI, 72141")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Norco 10/325 mg      #120", True),
        ("Lumbar MRI      Non-Certified", True),
        ("Dear Doctor:      Monday", False),
        ("The request is denied.", False),
        ("a | b", False),
        ("| a | b |", True),
        ("a\tb\tc", True),
        ("a   b   c", True),
        ("a  b  c", False),
        ("Cane      L1832", True),
        ("Cane      72148-26", True),
        ("Cane      qty: 2", True),
        ("Cane      x 2", True),
        ("Cane      decision", True),
        ("Cane      status", True),
        ("Cane      pay", True),
        ("Cane      not medically necessary", True),
        ("Cane      medically appropriate", True),
        ("Cane      modified: 6 visits", True),
        ("Cane      denied - he walks", True),
        ("Cane      partially certified", True),
        ("Cane      approved in part", True),
        ("Cane      approved by A. Sample", True),
        ("Cane      withdrawn (by the doctor)", True),
        ("Cane      deferred", True),
        ("Cane      yes", False),
        ("Cane      L18", False),
    ],
)
def test_rows(line: str, expected: bool) -> None:
    assert is_row(line) is expected


def test_a_row_with_numbers_is_no_heading() -> None:
    assert heading("Physical therapy | 12 | denied") is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("| a | | c |", ["a", "", "c"]),
        ("a|b", ["a", "b"]),
        (" a \t b\t\tc ", ["a", "b", "", "c"]),
        ("a    b  c", ["a", "b  c"]),
        ("a", ["a"]),
    ],
)
def test_cells_between_bars_tabs_and_gaps(line: str, found: list[str]) -> None:
    assert cells(line) == found


ROLES = {
    "amounts": ("Service | Requested | Certified | Denied", "service amount granted refused"),
    "numbers and services": ("Item | Service | Decision", "number service decision"),
    "numbers alone": ("# | Item requested | UR action", "number service decision"),
    "lines": ("Line No. | Procedure | Outcome", "number service decision"),
    "a form": ("Diagnosis | ICD | Service | CPT", "diagnosis diagnosis service code"),
    "drugs": ("Drug | Strength | Qty | Status", "service dose amount decision"),
    "what is asked for": ("Requested | Yes/No", "service decision"),
    "how often": ("Services | Freq | Visits | Rationale", "service often amount why"),
    "days and notes": ("Date | Treatment | Result | Notes", "day service decision why"),
    "body parts": ("Description | Body part | Code", "service body code"),
    "what was refused": (
        "Medication | Req'd | Not approved | Auth",
        "service amount refused granted",
    ),
    "one that is unknown": ("Service | Colour | Remarks", "service other why"),
}


@pytest.mark.parametrize(("line", "roles"), ROLES.values(), ids=ROLES)
def test_the_roles_of_columns(line: str, roles: str) -> None:
    columns = heading(line)
    assert columns is not None
    assert columns.roles == tuple(roles.split())


@pytest.mark.parametrize(
    "line", ["Service | Colour | Weight", "Decision | Reason", "Service 1 | Decision"]
)
def test_what_is_no_heading(line: str) -> None:
    assert heading(line) is None


ROWS = {
    "what was granted and refused makes what was asked for": (
        "Service | Requested | Certified | Denied",
        "Acupuncture | | 6 | 6",
        TableRow("Acupuncture, x 12", "", "6 certified, the rest denied"),
    ),
    "a tick and a dash": (
        "Service | Requested | Certified | Denied",
        "Cane | 1 | x | -",
        TableRow("Cane, x 1", "", "certified"),
    ),
    "a dash and a tick": (
        "Service | Requested | Certified | Denied",
        "Cane | 1 | - | ✓",
        TableRow("Cane, x 1", "", "denied"),
    ),
    "nothing is granted": (
        "Service | Certified",
        "Cane | 0",
        TableRow("Cane", "", "denied"),
    ),
    "an amount in words": (
        "Service | Qty | Status",
        "Cane | one box | denied",
        TableRow("Cane, one box", "", "denied"),
    ),
    "an answer, and reasons of two columns": (
        "# | Service | Decision | Reason | Guideline",
        "(2). | Cane | No. | He walks. | ODG",
        TableRow("2. Cane", "", "denied", "He walks. ODG"),
    ),
    "the decision ahead of its reason": (
        "# | Service | Decision | Reason",
        "B | Cane | | Not certified. He walks",
        TableRow("Cane", "", "Not certified", "He walks"),
    ),
    "where it is done is not how often": (
        "Diagnosis | Service | Other Info | CPT",
        "Tear | Cane | outpatient surgery center | L1",
        TableRow("Cane, L1", "Tear"),
    ),
    "a number alone is how often": (
        "Diagnosis | Service | Other Info | CPT",
        "Tear | Acupuncture | 12 | 97810",
        TableRow("Acupuncture, x 12, 97810", "Tear"),
    ),
    "a dose and a body part": (
        "Drug | Body part | Strength | Qty",
        "Voltaren gel | knee | 1% | #100",
        TableRow("Voltaren gel, 1%, knee, x 100"),
    ),
}


@pytest.mark.parametrize(("head", "line", "row"), ROWS.values(), ids=ROWS)
def test_a_row_below_its_heading(head: str, line: str, row: TableRow) -> None:
    columns = heading(head)
    assert columns is not None
    assert columns.row(line) == row


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Sprain | S93.401A | Brace | 2", TableRow("Brace, x 2", "Sprain, S93.401A")),
        ("S93.401A | Brace | no", TableRow("S93.401A, Brace, no")),
        ("1 | Cane | no", TableRow("1. Cane, no")),
        ("#(B) | Cane | | 2", TableRow("B. Cane, x 2")),
        ("A) | Cane | no", TableRow("A. Cane, no")),
        ("724.4 | 12", TableRow("724.4, x 12")),
    ],
)
def test_a_row_without_a_heading(line: str, row: TableRow) -> None:
    assert row_without_heading(line) == row


@pytest.mark.parametrize(
    ("cell", "is_so"),
    [
        ("NOT CERTIFIED. The film", True),
        ("(denied", True),
        ("partially approved - x", True),
        ("conditionally allowed", True),
        ("Adverse, x", True),
        ("modify", True),
        ("The cane is denied", False),
        ("certificate", False),
    ],
)
def test_a_cell_that_begins_with_a_decision(cell: str, is_so: bool) -> None:
    assert decided_first(cell) is is_so
