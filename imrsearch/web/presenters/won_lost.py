"""The page "What won, what lost"."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import ReasonRow, ReasonSide, WonLost
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.results import subject_in_words
from imrsearch.web.presenters.words import count, overturned_of, percent


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
class WonLostPage:
    """Everything on the page."""

    q: str
    url: str
    heading: str
    total: str
    results: Link
    rows: tuple[ShownRow, ...]
    without: Link | None
    partial: bool
    csv_url: str
    json_url: str
    build: str


def won_lost_page(state: SearchState, table: WonLost) -> WonLostPage:
    """The page of a search's reasons."""
    without = Link(
        f"{count(table.without, 'issue')} without a recognised reason", table.without_url
    )
    return WonLostPage(
        q=table.q,
        url=state.to_url("/reasons"),
        heading=f"What won, what lost{subject_in_words(state)}",
        total=f"{count(table.total, 'issue')}, {overturned_of(table.overturned, table.total)} "
        "overturned",
        results=Link("Show the issues", table.url),
        rows=shown_rows(table),
        without=without if table.without else None,
        partial=table.partial,
        csv_url=state.to_url("/reasons.csv"),
        json_url=state.to_url("/reasons.json"),
        build=table.build,
    )


def shown_rows(
    table: WonLost, most: int | None = None, sentences: int | None = None
) -> tuple[ShownRow, ...]:
    """The first so many criteria of a table with so many sentences of each side, or all."""
    return tuple(_row(row, sentences) for row in table.rows[:most])


def _row(row: ReasonRow, sentences: int | None) -> ShownRow:
    return ShownRow(
        row.criterion, _side(row.met, sentences), _side(row.unmet, sentences), _range(row)
    )


def _range(row: ReasonRow) -> str:
    """Such as "Of these 14 issues 4 were overturned: 29%, likely 12–55%"."""
    if row.low is None or row.high is None:
        return ""
    met, decided = row.met.count, row.met.count + row.unmet.count
    share = (
        f"{percent(met / decided)}, likely {percent(row.low).removesuffix('%')}–{percent(row.high)}"
    )
    return f"Of these {decided:,} issues {met:,} were overturned: {share}"


def _side(side: ReasonSide, sentences: int | None) -> ShownSide:
    return ShownSide(
        label=side.label,
        number=Link(f"{side.count:,}", side.url) if side.count else None,
        sentences=tuple(
            ShownSentence(one.text, Link(f"{one.case_id} #{one.number}", one.url))
            for one in side.sentences[:sentences]
        ),
    )
