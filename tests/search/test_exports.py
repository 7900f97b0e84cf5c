from __future__ import annotations

import csv
import io

import pytest

from imrsearch.engines.contract import Hit
from imrsearch.model import GuidelineStatement, Issue
from imrsearch.search.exports import COLUMNS, to_csv
from imrsearch.search.rows import make_rows
from tests.search.memory import MemoryLetters, determination, issue


def table(one: Issue) -> list[list[str]]:
    letters = MemoryLetters([determination("CM16-0000001", one)])
    rows = make_rows([Hit(f"CM16-0000001#{one.number}", 1.0)], letters)
    return list(csv.reader(io.StringIO("".join(to_csv(rows)))))


def test_a_row_of_the_table() -> None:
    statement = GuidelineStatement("Decision based on MTUS", "mtus", ())
    one = issue(
        2,
        'MRI, "open"\nupright',
        category="Diagnostic Testing",
        body_parts=("neck", "low back"),
        reviewer_guideline=statement,
    )
    assert table(one) == [
        list(COLUMNS),
        [
            "CM16-0000001",
            "2",
            "2016-12-09",
            "upheld",
            'MRI, "open"\nupright',
            "Diagnostic Testing",
            "",
            "neck; low back",
            "Decision based on MTUS",
            "",
            "/case/CM16-0000001#issue-2",
        ],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    (_, row) = table(issue(1, f"{start}HYPERLINK(1)"))
    assert row[COLUMNS.index("service")] == f"'{start}HYPERLINK(1)"


def test_the_heading_line_comes_even_for_no_rows() -> None:
    assert list(to_csv([])) == [",".join(COLUMNS) + "\r\n"]
