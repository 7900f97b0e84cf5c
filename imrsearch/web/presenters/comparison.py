"""The page that shows two searches side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.catalogue.reasons import MET
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.schema import UNKNOWN
from imrsearch.search.comparison import ComparedCell, ComparedRow, ComparedSet, Comparison
from imrsearch.search.outcome import FEWEST_FOR_RANGE
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import percent
from imrsearch.web.presenters.words import likely_words, overturned_likely

REASONS_SHOWN = 10
HEIGHT_OF_YEARS = 40


PairLine = tuple[ComparedRow, str, str]
"""A value with the issues that either set has of it, and the notes beside their numbers."""


@dataclass(frozen=True, slots=True)
class PairTable:
    """Some values in both sets."""

    title: str
    kind: str
    about: str
    lines: tuple[PairLine, ...]


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """What is shown beside what the comparison found; ``years`` are drawn, each issue ``scale``
    high."""

    totals: tuple[PairLine, ...]
    difference: str
    tables: tuple[PairTable, ...]
    years: tuple[ComparedRow, ...]
    scale: float


def shown_comparison(found: Comparison) -> ShownComparison:
    """The comparison in words, tables and bars."""
    years = tuple(row for row in found.years if row.value != UNKNOWN)
    highest = max((cell.issues for row in years for cell in (row.a, row.b)), default=1)
    return ShownComparison(
        totals=tuple(_totals(found.a, found.b)),
        difference=_difference_words(found),
        tables=tuple(table for table in _pair_tables(found) if table.lines),
        years=years if len(years) > 1 else (),
        scale=HEIGHT_OF_YEARS / highest,
    )


def _totals(a: ComparedSet, b: ComparedSet) -> Iterator[PairLine]:
    cells = [ComparedCell(one.outcome.issues, one.outcome.overturned, one.url) for one in (a, b)]
    yield ComparedRow("", "Issues", *cells), "", ""
    if a.outcome.by_decision or b.outcome.by_decision:
        return
    rate, other = (likely_words(one.outcome.overturned, one.outcome.issues) for one in (a, b))
    won = [_decided_cell(one, OVERTURNED, one.outcome.overturned) for one in (a, b)]
    yield ComparedRow(OVERTURNED, "Overturned", *won), rate, other
    lost = [_decided_cell(one, UPHELD, one.upheld) for one in (a, b)]
    yield ComparedRow(UPHELD, "Upheld", *lost), "", ""


def _decided_cell(side: ComparedSet, decision: str, issues: int) -> ComparedCell:
    state = SearchState.from_url(side.url).with_value("decision", decision)
    return ComparedCell(issues, side.outcome.overturned, state.to_url())


def _difference_words(found: Comparison) -> str:
    if found.difference is None or found.low is None or found.high is None:
        return ""
    told = f"“{found.a.q}” minus “{found.b.q}”: {_in_points(found.difference)} percentage points"
    likely = f"likely {_in_points(found.low)} to {_in_points(found.high)}"
    if found.low <= 0 <= found.high:
        meaning = "The likely range includes zero: these decisions do not show a difference."
    else:
        meaning = "The likely range excludes zero: the rates of these decisions differ."
    return f"{told}, {likely}. {meaning}"


def _in_points(share: float) -> str:
    """A difference of shares in points: "+12", "−10", "0"."""
    points = round(share * 100)
    return f"{points:+d}".replace("-", "−") if points else "0"


def _pair_tables(found: Comparison) -> Iterator[PairTable]:
    lost = [row for row in found.reasons if not row.value.startswith(MET)]
    won = [row for row in found.reasons if row.value.startswith(MET)]
    yield PairTable(
        "What the denied requests lacked",
        "Reason",
        "Issues upheld for it, and their share of all upheld ones.",
        tuple(
            (row, _share_of(row.a, found.a.upheld), _share_of(row.b, found.b.upheld))
            for row in lost[:REASONS_SHOWN]
        ),
    )
    yield PairTable(
        "What the approved requests showed",
        "Reason",
        "Issues overturned for it.",
        tuple((row, "", "") for row in won[:REASONS_SHOWN]),
    )
    for title, kind, rows in (
        ("Visits asked for", "Visits", found.visits),
        ("Tablets asked for", "Tablets", found.tablets),
        ("Years of the decisions", "Year", found.years),
    ):
        lines = tuple((row, _overturned_note(row.a), _overturned_note(row.b)) for row in rows)
        yield PairTable(title, kind, "", lines)


def _share_of(cell: ComparedCell, whole: int) -> str:
    """The share of the cell's issues in the whole, where that is enough for one."""
    return percent(cell.issues / whole) if whole >= FEWEST_FOR_RANGE else ""


def _overturned_note(cell: ComparedCell) -> str:
    told = f"overturned {overturned_likely(cell.overturned, cell.issues)}"
    return told if cell.issues else ""
