"""Results as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from imrsearch.search.results import ResultRow

COLUMNS = (
    "case_id",
    "number",
    "decided",
    "decision",
    "service",
    "category",
    "subcategory",
    "body_parts",
    "reviewer_guideline",
    "claims_administrator_guideline",
    "url",
)

# A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[ResultRow]) -> Iterator[str]:
    """The rows as lines of CSV, a heading line first; several body parts are joined by ``; ``."""
    yield _line(COLUMNS)
    for row in rows:
        yield _line(_cells(row))


def _cells(row: ResultRow) -> Sequence[str]:
    return (
        row.case_id,
        str(row.number),
        row.decided or "",
        row.decision or "",
        row.service,
        row.category or "",
        row.subcategory or "",
        "; ".join(row.body_parts),
        row.reviewer_guideline.text,
        row.claims_administrator.text,
        row.url,
    )


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_guarded(cell) for cell in cells])
    return line.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
