"""What the collection holds, what it does not, and what to be careful about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imrsearch.model import Unread
from imrsearch.schema import UNKNOWN
from imrsearch.search.results import Facet
from imrsearch.search.state import SearchState
from imrsearch.storage.builds.manifest import Manifest
from imrsearch.storage.collection.summary import CollectionSummary
from imrsearch.text.quantities import count
from imrsearch.web.presenters.home import Figure, holdings_figures
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import overturned_of

TABLES = ("decision", "reason", "year", "era", "warning")
"""The facets that the page is made from."""
MOST_UNREAD = 100
"""So many files that could not be read are named."""


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One line of a table: letters, issues and outcome of what ``link`` finds."""

    link: Link
    letters: str
    issues: str
    overturned: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Everything on the page about what is covered."""

    figures: tuple[Figure, ...]
    decisions: tuple[CoverageLine, ...]
    reasons: str
    without_reason: Link
    years: tuple[CoverageLine, ...]
    eras: tuple[CoverageLine, ...]
    warnings: tuple[CoverageLine, ...]
    unread: tuple[Unread, ...]
    unread_words: str
    built: str
    build: str


def coverage_page(
    summary: CollectionSummary,
    tables: Mapping[str, Facet],
    unread: Sequence[Unread],
    manifest: Manifest,
) -> CoveragePage:
    """The page, from counts of letters and the facet ``tables`` of everything."""
    reasons, warned = tables["reason"], tables["warning"]
    told = summary.issues - sum(one.count for one in reasons.values if one.value == UNKNOWN)
    issues = count(summary.issues, "issue")
    warned = replace(warned, values=tuple(one for one in warned.values if one.value != UNKNOWN))
    return CoveragePage(
        figures=tuple(holdings_figures(summary)),
        decisions=tuple(_coverage_lines(tables["decision"], {})),
        reasons=f"The reason for the decision was recognised in {told:,} of {issues}.",
        without_reason=Link("the others", SearchState().with_value("reason", UNKNOWN).to_url()),
        years=tuple(_coverage_lines(tables["year"], _with_unknown(summary.years, summary.letters))),
        eras=tuple(_coverage_lines(tables["era"], _with_unknown(summary.eras, summary.letters))),
        warnings=tuple(_coverage_lines(warned, {})),
        unread=tuple(unread[:MOST_UNREAD]),
        unread_words=_unread_words(len(unread)),
        built=manifest.created[:10],
        build=manifest.id,
    )


def _coverage_lines(table: Facet, letters: Mapping[str, int]) -> Iterator[CoverageLine]:
    for value in table.values:
        url = SearchState().with_value(table.name, value.value).to_url()
        held = letters.get(value.value, 0)
        yield CoverageLine(
            link=Link(value.label, url),
            letters=f"{held:,}" if held else "",
            issues=f"{value.count:,}",
            overturned=overturned_of(value.overturned, value.count),
        )


def _with_unknown(known: Mapping[str, int], letters: int) -> Mapping[str, int]:
    """The letters of each value and of none: of 123 letters, 120 of them dated, 3 have no date."""
    return {**known, UNKNOWN: letters - sum(known.values())}


def _unread_words(files: int) -> str:
    if not files:
        return "All files could be read."
    named = f" The first {MOST_UNREAD} are:" if files > MOST_UNREAD else ""
    return f"{count(files, 'file')} could not be read; no search can find them.{named}"
