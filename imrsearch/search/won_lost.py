"""What won and what lost: for a search, the criteria of its decisions on both sides.

A row is a criterion: how many overturned issues met it, how many upheld ones lacked it, and the
sentences that say so in the issues most relevant to the search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import msgspec

from imrsearch.catalogue.reasons import MET, UNMET, criteria, reason_label, reason_value
from imrsearch.engines.base import Hit, SearchResponse
from imrsearch.model import IssueId
from imrsearch.schema import UNKNOWN, FacetCount
from imrsearch.search.export import csv_line
from imrsearch.search.outcome import told_range
from imrsearch.search.results import ReasonRow, ReasonSentence, ReasonSide, issue_address
from imrsearch.search.rows import Determinations, issues_of
from imrsearch.search.state import SearchState

MOST_READ = 300
"""Most issues read for their sentences, the most relevant ones."""
MOST_SENTENCES = 3
MOST_LEADING = 3


@dataclass(frozen=True, slots=True)
class WonLost:
    """The table of a search: the criteria that decide most often first.

    ``without``: how many issues have no recognised reason, found at ``without_url``.
    """

    q: str
    url: str
    total: int
    overturned: int
    rows: tuple[ReasonRow, ...]
    without: int
    without_url: str
    partial: bool
    build: str


def won_lost(
    state: SearchState, answer: SearchResponse, letters: Determinations, build: str
) -> WonLost:
    """The table for an ``answer`` with the facet ``reason`` and the hits to read."""
    counts = {line.value or UNKNOWN: line for line in answer.facets["reason"]}
    plain = state.without_facet("reason")
    without = counts.get(UNKNOWN)
    return WonLost(
        q=state.q,
        url=state.to_url(),
        total=answer.total,
        overturned=answer.overturned,
        rows=_reason_rows(plain, counts, _sentences_of_hits(answer.hits, letters)),
        without=without.count if without else 0,
        without_url=plain.with_value("reason", UNKNOWN).to_url(),
        partial=answer.timed_out,
        build=build,
    )


def leading_reasons(state: SearchState, answer: SearchResponse) -> tuple[ReasonRow, ...]:
    """The criteria that decide most often, without sentences: counts alone cost next to nothing."""
    counts = {line.value: line for line in answer.facets["reason"] if line.value}
    return _reason_rows(state.without_facet("reason"), counts, {}, MOST_LEADING)


def _reason_rows(
    state: SearchState,
    counts: Mapping[str, FacetCount],
    sentences: Mapping[str, Sequence[ReasonSentence]],
    most: int | None = None,
) -> tuple[ReasonRow, ...]:
    """The first so many criteria, or all that decide anything, those that decide most first."""
    decided: Counter[str] = Counter(dict.fromkeys(criteria(), 0))
    for value, line in counts.items():
        name = value.partition(" ")[2]
        if name in decided:
            decided[name] += line.count
    url = state.value_urls()("reason")

    def side(name: str, status: str) -> ReasonSide:
        value = reason_value(name, status)
        count = counts[value].count if value in counts else 0
        told = tuple(sentences.get(value, ()))
        return ReasonSide(reason_label(name, status), count, url(value), told)

    rows = []
    for name, times in decided.most_common(most):
        if times:
            met, unmet = side(name, MET), side(name, UNMET)
            low, high = told_range(met.count, met.count + unmet.count)
            rows.append(ReasonRow(name, met, unmet, low, high))
    return tuple(rows)


def _sentences_of_hits(
    hits: Sequence[Hit], letters: Determinations
) -> dict[str, list[ReasonSentence]]:
    """The first sentences of each reason in the order of the hits, each wording once."""
    found: dict[str, list[ReasonSentence]] = {}
    for case_id, issue in issues_of((IssueId.parse(hit.id) for hit in hits), letters):
        for reason in issue.reasons:
            kept = found.setdefault(reason_value(reason.criterion, reason.status), [])
            sentence, url = reason.evidence, issue_address(case_id, issue.number)
            if len(kept) < MOST_SENTENCES and sentence not in {one.text for one in kept}:
                kept.append(ReasonSentence(case_id, issue.number, issue.service, sentence, url))
    return found


# --------------------------------------------------------------------------------- for programs

_WON_LOST_COLUMNS = {
    "criterion": "criterion",
    "met_label": "met.label",
    "overturned_met": "met.count",
    "unmet_label": "unmet.label",
    "upheld_unmet": "unmet.count",
    "low": "low",
    "high": "high",
}
"""The columns, each with the attribute of a row that it tells."""


def won_lost_json(table: WonLost) -> dict[str, Any]:
    """The documented JSON object."""
    told: dict[str, Any] = msgspec.to_builtins(table)
    return told


def won_lost_csv(table: WonLost) -> Iterator[str]:
    """The rows as lines of CSV, a heading line first; shares have four digits."""
    yield csv_line(_WON_LOST_COLUMNS)
    for cells in map(attrgetter(*_WON_LOST_COLUMNS.values()), table.rows):
        rounded = (round(cell, 4) if isinstance(cell, float) else cell for cell in cells)
        yield csv_line("" if cell is None else cell for cell in rounded)
