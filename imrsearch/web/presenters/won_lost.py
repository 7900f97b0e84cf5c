"""The page "What won, what lost"."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import ReasonRow, ReasonSide, WonLost
from imrsearch.web.presenters.links import Link
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
    about = f" for “{table.q}”" if table.q else ""
    without = Link(
        f"{count(table.without, 'issue')} without a recognised reason", table.without_url
    )
    return WonLostPage(
        q=table.q,
        url=state.to_url("/reasons"),
        heading=f"What won, what lost{about}",
        total=f"{count(table.total, 'issue')}, {overturned_of(table.overturned, table.total)} "
        "overturned",
        results=Link("Show the issues", table.url),
        rows=tuple(map(_row, table.rows)),
        without=without if table.without else None,
        partial=table.partial,
        csv_url=state.to_url("/reasons.csv"),
        json_url=state.to_url("/reasons.json"),
        build=table.build,
    )


def _row(row: ReasonRow) -> ShownRow:
    likely = ""
    if row.low is not None and row.high is not None:
        likely = f"likely {percent(row.low).removesuffix('%')}–{percent(row.high)} overturned"
    return ShownRow(row.criterion, _side(row.met), _side(row.unmet), likely)


def _side(side: ReasonSide) -> ShownSide:
    return ShownSide(
        label=side.label,
        number=Link(f"{side.count:,}", side.url) if side.count else None,
        sentences=tuple(
            ShownSentence(one.text, Link(f"{one.case_id} #{one.number}", one.url))
            for one in side.sentences
        ),
    )
