"""Tables in pasted texts; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.tables import heading, is_row, row_without_heading

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
    ],
)
def test_rows(line: str, expected: bool) -> None:
    assert is_row(line) is expected


def test_a_row_with_numbers_is_no_heading() -> None:
    assert heading("Physical therapy | 12 | denied") is None
