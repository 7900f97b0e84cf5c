"""The page that shows two searches side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.catalogue.reasons import MET
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.schema import UNKNOWN
from imrsearch.search.comparison import (
    ComparedCell,
    ComparedRow,
    ComparedSet,
    Comparison,
)
from imrsearch.search.outcome import FEWEST_FOR_RANGE
from imrsearch.search.state import SearchState, compare_url
from imrsearch.text.plurals import count, percent
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import (
    OutcomeBar,
    likely_words,
    outcome_line,
    overturned_likely,
)

REASONS_SHOWN = 10
HEIGHT_OF_YEARS = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A value with the issues that either set has of it, ``notes`` beside their numbers."""

    label: str
    a: Link
    b: Link
    a_note: str
    b_note: str


@dataclass(frozen=True, slots=True)
class PairTable:
    """Some values in both sets."""

    title: str
    kind: str
    about: str
    lines: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class RateBar:
    """A set's share of overturned issues and its likely range, for the chart."""

    name: str
    words: str
    bar: OutcomeBar | None


@dataclass(frozen=True, slots=True)
class YearPair:
    """A year's bars: the height of either set's issues and of the overturned ones among them."""

    year: str
    a: float
    a_won: float
    b: float
    b_won: float


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """What the comparison found, in words."""

    a: str
    b: str
    totals: tuple[Pair, ...]
    difference: str
    both: Link | None
    tables: tuple[PairTable, ...]
    rates: tuple[RateBar, ...]
    years: tuple[YearPair, ...]
    partial: bool


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything on the page; ``found`` is ``None`` until both searches are given.

    ``hidden`` are the filters that hold for both, ``within`` tells them.
    """

    heading: str
    a: str
    b: str
    hidden: tuple[tuple[str, str], ...]
    within: str
    without_filters: Link | None
    url: str
    found: ShownComparison | None
    swap: Link | None
    csv_url: str
    json_url: str
    build: str


def compare_page(
    a: str, b: str, beside: SearchState, within: str, found: Comparison | None, build: str
) -> ComparePage:
    """The page of the searches ``a`` and ``b``, under the filters of ``beside``."""
    is_both = found is not None
    plain = compare_url(a, b)
    return ComparePage(
        heading=f"“{a}” and “{b}” compared" if is_both else "Compare two searches",
        a=a,
        b=b,
        hidden=tuple(beside.with_query("").with_page(1).parameters()),
        within=within,
        without_filters=Link("Without these filters", plain) if within else None,
        url=compare_url(a, b, beside),
        found=_shown_comparison(found) if found else None,
        swap=Link("Swap the two", compare_url(b, a, beside)) if is_both else None,
        csv_url=compare_url(a, b, beside, ".csv"),
        json_url=compare_url(a, b, beside, ".json"),
        build=build,
    )


def _shown_comparison(found: Comparison) -> ShownComparison:
    both = Link(count(found.both, "issue is in both", "issues are in both"), found.both_url)
    rates = []
    for side in (found.a, found.b):
        line = outcome_line(side.outcome)
        words = line.words if line else count(side.outcome.issues, "issue")
        rates.append(RateBar(side.q, words, line.bar if line else None))
    return ShownComparison(
        a=found.a.q,
        b=found.b.q,
        totals=tuple(_totals(found)),
        difference=_difference_words(found),
        both=both if found.both else None,
        tables=tuple(table for table in _pair_tables(found) if table.lines),
        rates=tuple(rates),
        years=_years(found.years),
        partial=found.partial,
    )


def _totals(found: Comparison) -> Iterator[Pair]:
    a, b = found.a, found.b
    issues = [Link(f"{side.outcome.issues:,}", side.url) for side in (a, b)]
    yield Pair("Issues", issues[0], issues[1], "", "")
    if a.outcome.by_decision or b.outcome.by_decision:
        return
    won = [_decided_link(side, OVERTURNED, side.outcome.overturned) for side in (a, b)]
    rates = [likely_words(side.outcome.overturned, side.outcome.issues) for side in (a, b)]
    yield Pair("Overturned", won[0], won[1], rates[0], rates[1])
    lost = [_decided_link(side, UPHELD, side.upheld) for side in (a, b)]
    yield Pair("Upheld", lost[0], lost[1], "", "")


def _decided_link(side: ComparedSet, decision: str, issues: int) -> Link:
    state = SearchState.from_url(side.url).with_value("decision", decision)
    return Link(f"{issues:,}", state.to_url())


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
    a, b = found.a, found.b
    lost = [row for row in found.reasons if not row.value.startswith(MET)]
    won = [row for row in found.reasons if row.value.startswith(MET)]
    yield PairTable(
        "What the denied requests lacked",
        "Reason",
        "Issues upheld for it, and their share of all upheld ones.",
        tuple(_of(row, a.upheld, b.upheld) for row in lost[:REASONS_SHOWN]),
    )
    yield PairTable(
        "What the approved requests showed",
        "Reason",
        "Issues overturned for it.",
        tuple(_of(row, 0, 0) for row in won[:REASONS_SHOWN]),
    )
    yield PairTable("Visits asked for", "Visits", "", tuple(map(_with_outcome, found.visits)))
    yield PairTable("Tablets asked for", "Tablets", "", tuple(map(_with_outcome, found.tablets)))
    yield PairTable("Years of the decisions", "Year", "", tuple(map(_with_outcome, found.years)))


def _of(row: ComparedRow, a: int, b: int) -> Pair:
    """A row with the share of each cell in ``a`` and ``b`` issues, where these are enough."""
    shares = [
        percent(cell.issues / whole) if whole >= FEWEST_FOR_RANGE else ""
        for cell, whole in ((row.a, a), (row.b, b))
    ]
    return Pair(row.label, _link(row.a), _link(row.b), shares[0], shares[1])


def _with_outcome(row: ComparedRow) -> Pair:
    notes = [
        f"overturned {overturned_likely(cell.overturned, cell.issues)}" if cell.issues else ""
        for cell in (row.a, row.b)
    ]
    return Pair(row.label, _link(row.a), _link(row.b), notes[0], notes[1])


def _link(cell: ComparedCell) -> Link:
    return Link(f"{cell.issues:,}", cell.url if cell.issues else None)


def _years(told: tuple[ComparedRow, ...]) -> tuple[YearPair, ...]:
    rows = [row for row in told if row.value != UNKNOWN]
    highest = max((cell.issues for row in rows for cell in (row.a, row.b)), default=0)
    if len(rows) < 2:
        return ()
    scale = HEIGHT_OF_YEARS / highest
    return tuple(
        YearPair(
            row.label,
            a=round(row.a.issues * scale, 1),
            a_won=round(row.a.overturned * scale, 1),
            b=round(row.b.issues * scale, 1),
            b_won=round(row.b.overturned * scale, 1),
        )
        for row in rows
    )
