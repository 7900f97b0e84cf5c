"""The criteria of decisions, on both sides."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.schema import UNKNOWN
from imrsearch.search.results import ReasonRow, ReasonSide, SearchResult, treatment_url
from imrsearch.search.won_lost import WonLost
from imrsearch.text.quantities import share_words
from imrsearch.web.presenters.links import Link


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence with the link to its issue."""

    text: str
    issue: Link


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One side of a criterion: its label, the link that gives its number, its sentences."""

    label: str
    number: Link | None
    sentences: tuple[ShownSentence, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A criterion with both sides; ``range`` is empty where too few were decided by it."""

    criterion: str
    met: ShownSide
    unmet: ShownSide
    range: str


@dataclass(frozen=True, slots=True)
class ReasonPanel:
    """The leading criteria above the results: in one line, and as rows; ``treatment`` leads to the
    page of what most of the issues dispute."""

    summary: str
    rows: tuple[ShownRow, ...]
    treatment: Link | None


def reason_panel(result: SearchResult) -> ReasonPanel | None:
    """The panel for what was found; ``None`` where no reason is recognised in it."""
    rows = result.leading_reasons
    if not rows:
        return None
    weightier = [max(row.met, row.unmet, key=lambda side: side.count) for row in rows]
    return ReasonPanel(
        summary=", ".join(
            f"{side.label[:1].lower()}{side.label[1:]} ({side.count:,})"
            for side in sorted(weightier, key=lambda side: -side.count)
        ),
        rows=tuple(_shown_row(row, None) for row in rows),
        treatment=_disputed_mostly(result),
    )


def _disputed_mostly(result: SearchResult) -> Link | None:
    """The page of the treatment that more than half of the issues dispute."""
    tables = (facet for facet in result.facets if facet.name == "treatment")
    first = next((value for table in tables for value in table.values), None)
    if first is None or first.value == UNKNOWN or first.count * 2 <= result.total:
        return None
    return Link(f"All about {first.label}", treatment_url(first.value))


def shown_rows(
    table: WonLost, most: int | None = None, sentences: int | None = None
) -> tuple[ShownRow, ...]:
    """The first so many criteria of a table with so many sentences of each side, or all."""
    return tuple(_shown_row(row, sentences) for row in table.rows[:most])


def _shown_row(row: ReasonRow, sentences: int | None) -> ShownRow:
    return ShownRow(
        row.criterion,
        _shown_side(row.met, sentences),
        _shown_side(row.unmet, sentences),
        _rate_words(row),
    )


def _rate_words(row: ReasonRow) -> str:
    """Such as "Of 14 issues that it decided, 4 were overturned: 29%, likely 12–55%"."""
    if row.low is None:
        return ""
    met, decided = row.met.count, row.met.count + row.unmet.count
    share = share_words(met / decided, row.low, row.high)
    verb = "was" if met == 1 else "were"
    return f"Of {decided:,} issues that it decided, {met:,} {verb} overturned: {share}"


def _shown_side(side: ReasonSide, sentences: int | None) -> ShownSide:
    return ShownSide(
        label=side.label,
        number=Link(f"{side.count:,}", side.url) if side.count else None,
        sentences=tuple(
            ShownSentence(one.text, Link(f"{one.case_id} #{one.number}", one.url))
            for one in side.sentences[:sentences]
        ),
    )
