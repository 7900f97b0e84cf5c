"""Two searches side by side: how many issues, how often overturned, why, when, and how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from imrsearch.catalogue.reasons import criteria
from imrsearch.model import UPHELD
from imrsearch.schema import FACETS, UNKNOWN, FacetCount
from imrsearch.search.export import csv_line
from imrsearch.search.interpret import Asked
from imrsearch.search.outcome import FEWEST_FOR_RANGE, newcombe, outcome
from imrsearch.search.results import Outcome
from imrsearch.search.state import CountFound, SearchState

COMPARED_FACETS = ("decision", "reason", "year", "visits", "tablets")


@dataclass(frozen=True, slots=True)
class ComparedSet:
    """One of the two searches: its words, how they were read, its address and its outcome."""

    q: str
    read_as: str
    url: str
    outcome: Outcome
    upheld: int


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """The issues of one set that have a value; ``url`` is the search that finds them."""

    issues: int
    overturned: int
    url: str


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A value in both sets."""

    value: str
    label: str
    a: ComparedCell
    b: ComparedCell


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sets of issues. ``both``: how many are in both; ``both_url``: a search for exactly these,
    if there is one.

    ``difference`` is the rate of ``a`` minus that of ``b`` with its 95 % Newcombe interval, from
    -1 to 1; ``None`` if either set has fewer than ten issues or is selected by decision.
    ``reasons`` are values of the facet, ``unmet functional-improvement``; ``years``, ``visits`` and
    ``tablets`` are empty if they are chosen for both.
    """

    a: ComparedSet
    b: ComparedSet
    both: int
    both_url: str | None
    difference: float | None
    low: float | None
    high: float | None
    reasons: tuple[ComparedRow, ...]
    years: tuple[ComparedRow, ...]
    visits: tuple[ComparedRow, ...]
    tablets: tuple[ComparedRow, ...]
    partial: bool
    build: str


def comparison(a: Asked, b: Asked, both: int, count: CountFound) -> Comparison:
    """Compares searches that were asked for ``COMPARED_FACETS``; ``both`` issues are in both."""
    sides = (_compared_set(a), _compared_set(b))
    # Without AND, two treatments side by side are read as alternatives.
    q = f"({a.reading.state.q}) AND ({b.reading.state.q})"
    together = a.reading.state.with_query(q).with_match("all")
    difference, low, high = _rate_difference(sides[0].outcome, sides[1].outcome)
    known = (
        row for row in _compared_rows("reason", a, b) if row.value.partition(" ")[2] in criteria()
    )
    return Comparison(
        a=sides[0],
        b=sides[1],
        both=both,
        both_url=together.to_url() if both and count(together) == both else None,
        difference=difference,
        low=low,
        high=high,
        reasons=tuple(sorted(known, key=lambda row: -(row.a.issues + row.b.issues))),
        years=_rows_by_number("year", a, b),
        visits=_rows_by_number("visits", a, b),
        tablets=_rows_by_number("tablets", a, b),
        partial=a.answer.timed_out or b.answer.timed_out,
        build=a.known.build,
    )


def _compared_set(side: Asked) -> ComparedSet:
    reading, answer, _ = side
    upheld = {line.value: line.count for line in answer.facets["decision"]}.get(UPHELD, 0)
    return ComparedSet(
        q=reading.state.q,
        read_as=reading.read_as,
        url=reading.state.to_url(),
        outcome=outcome(answer.total, answer.overturned, None, reading.by_decision),
        upheld=upheld,
    )


def _rate_difference(
    a: Outcome, b: Outcome
) -> tuple[float, float, float] | tuple[None, None, None]:
    too_few = min(a.issues, b.issues) < FEWEST_FOR_RANGE
    if too_few or a.by_decision or b.by_decision or a.rate is None or b.rate is None:
        return None, None, None
    low, high = newcombe((a.overturned, a.issues), (b.overturned, b.issues))
    return a.rate - b.rate, low, high


def _compared_rows(facet: str, a: Asked, b: Asked) -> Iterator[ComparedRow]:
    """The values of a facet that either set has, "unknown" among them."""
    lines = [{line.value or UNKNOWN: line for line in side.answer.facets[facet]} for side in (a, b)]
    for value in dict.fromkeys((*lines[0], *lines[1])):
        yield ComparedRow(
            value,
            FACETS[facet].label(value),
            _cell(facet, value, a.reading.state, lines[0]),
            _cell(facet, value, b.reading.state, lines[1]),
        )


def _cell(
    facet: str, value: str, state: SearchState, lines: Mapping[str, FacetCount]
) -> ComparedCell:
    line = lines.get(value) or FacetCount(value, 0, 0)
    url = state.without_facet(facet).with_value(facet, value).to_url()
    return ComparedCell(line.count, line.overturned, url)


def _rows_by_number(facet: str, a: Asked, b: Asked) -> tuple[ComparedRow, ...]:
    """The rows by ascending number, then the row of issues without one, so that a column adds up;
    none if a value is chosen for both, or if no issue has a number."""
    state = a.reading.state
    if facet in state.filters or facet in state.excluded:
        return ()

    def lowest(row: ComparedRow) -> tuple[bool, int]:  # of 2014, ..6, 7..12, 121.., ~unknown
        is_unknown = row.value == UNKNOWN
        return is_unknown, 0 if is_unknown else int(row.value.partition("..")[0] or 0)

    rows = tuple(sorted(_compared_rows(facet, a, b), key=lowest))
    return rows if any(row.value != UNKNOWN for row in rows) else ()


# --------------------------------------------------------------------------------- for programs

COMPARED_COLUMNS = (
    "part", "value", "label", "a_issues", "a_overturned", "b_issues", "b_overturned",
)  # fmt: skip


def comparison_json(found: Comparison) -> dict[str, Any]:
    """The documented JSON object."""
    told: dict[str, Any] = msgspec.to_builtins(found)
    return told


def comparison_csv(found: Comparison) -> Iterator[str]:
    """The same as lines of CSV: a heading line, the totals, then a row for each reason, band of
    amounts and year."""
    yield csv_line(COMPARED_COLUMNS)
    sets = (found.a.outcome, found.b.outcome)
    numbers = [number for one in sets for number in (one.issues, one.overturned)]
    yield csv_line(("total", "", f"{found.a.q} | {found.b.q}", *numbers))
    parts = {name: getattr(found, name) for name in ("reasons", "visits", "tablets", "years")}
    for part, rows in parts.items():
        for row in rows:
            cells = [n for cell in (row.a, row.b) for n in (cell.issues, cell.overturned)]
            yield csv_line((part, row.value, row.label, *cells))
