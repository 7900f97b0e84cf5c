"""The pages about treatments: all that are disputed, and one with what won and what lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from imrsearch.catalogue.editions import Edition, in_force
from imrsearch.catalogue.guidelines import guideline
from imrsearch.catalogue.reasons import reason_label
from imrsearch.catalogue.treatments import class_of, treatment
from imrsearch.model import CitedPlace
from imrsearch.schema import UNKNOWN
from imrsearch.schema.citation_words import day
from imrsearch.search.results import FacetTables, FacetValue, ResultRow, treatment_url
from imrsearch.search.state import SearchState, compare_url
from imrsearch.search.treatment import AMOUNTS, TreatmentRecord
from imrsearch.text.quantities import count
from imrsearch.web.presenters.links import Link, guideline_url, place_url
from imrsearch.web.presenters.won_lost import ShownRow, shown_rows
from imrsearch.web.presenters.words import (
    OutcomeLine,
    Verdict,
    about_issue,
    outcome_line,
    overturned_likely,
    sentence_case,
    typeset,
    verdict,
)

MOST_CRITERIA = 6
"""So many criteria are shown; the page "What won, what lost" has all."""
MOST_SENTENCES_SHOWN = 2
VALUES_SHOWN = 8
_UNFILED = "Not filed under a category"


@dataclass(frozen=True, slots=True)
class Tally:
    """A value with the issues that have it. ``url``: the page about the value, if it has one;
    ``issues`` is their number with the search that finds them."""

    label: str
    url: str | None
    issues: Link
    overturned: str


@dataclass(frozen=True, slots=True)
class TallyTable:
    """Some values of one kind; ``rest`` leads to all of them where there are more."""

    title: str
    kind: str
    lines: tuple[Tally, ...]
    rest: Link | None = None


@dataclass(frozen=True, slots=True)
class TreatmentGroup:
    """The treatments of a category of the State's form."""

    title: str
    lines: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class TreatmentsPage:
    """Everything on the page of all treatments."""

    groups: tuple[TreatmentGroup, ...]
    total: str
    unknown: Tally | None
    build: str


@dataclass(frozen=True, slots=True)
class DecidedIssue:
    """An issue of one side: what was asked for, where and when, and the sentence that carries the
    leading reason."""

    service: str
    url: str
    case_id: str
    about: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DecidedSide:
    """The most telling issues with one decision; ``all`` leads to the others, ``nothing`` says so
    where there is none."""

    verdict: Verdict
    title: str
    issues: tuple[DecidedIssue, ...]
    all: Link | None
    nothing: str


@dataclass(frozen=True, slots=True)
class Governing:
    """The edition in force today on the subject of what is cited; ``cited`` are the guidelines
    whose place it has taken, ``source`` says where its dates are printed."""

    guideline: Link
    edition: str
    since: str
    source: str
    cited: str


@dataclass(frozen=True, slots=True)
class TreatmentPage:
    """Everything on the page of one treatment; ``by_name`` leads to the search for its name, where
    that finds more issues."""

    name: str
    title: str
    about: str
    url: str
    outcome: OutcomeLine | None
    search: Link
    by_name: Link | None
    feed: Link
    compare: Link
    reasons: tuple[ShownRow, ...]
    all_reasons: Link
    without_reason: Link | None
    disputed: tuple[TallyTable, ...]
    cited: tuple[TallyTable, ...]
    governing: tuple[Governing, ...]
    today: str
    sides: tuple[DecidedSide, DecidedSide]
    partial: bool
    build: str


def treatments_page(everything: FacetTables) -> TreatmentsPage:
    """All treatments that the facet ``treatment`` of everything counts, by category, the most
    disputed of each first."""
    values = everything.facets["treatment"].values
    known = [value for value in values if value.count and value.value != UNKNOWN]
    missing = next((value for value in values if value.value == UNKNOWN), None)
    by_category = groupby(sorted(known, key=_category), key=_category)
    unknown = None
    if missing:  # it stands in a sentence, with its noun
        unknown = _tally(missing)
        issues = replace(unknown.issues, label=count(missing.count, "issue"))
        unknown = replace(unknown, issues=issues)
    return TreatmentsPage(
        groups=tuple(
            TreatmentGroup(title, tuple(_tally(one, treatment_url(one.value)) for one in values))
            for title, values in by_category
        ),
        total=count(everything.total, "issue"),
        unknown=unknown,
        build=everything.build,
    )


def _category(value: FacetValue) -> str:
    known = treatment(value.value)
    return (known and known.category) or _UNFILED


def treatment_page(record: TreatmentRecord, today: date) -> TreatmentPage:
    """The page of one treatment, with the editions in force ``today``."""
    state, reasons = record.state, record.reasons
    without = Link(count(reasons.without, "issue"), reasons.without_url)
    several = len(reasons.rows) != 1
    criteria = f"All {len(reasons.rows):,} criteria" if several else "The one criterion"
    return TreatmentPage(
        name=record.name,
        title=sentence_case(record.name),
        about=typeset(class_of(record.name) or ""),
        url=treatment_url(record.name),
        outcome=outcome_line(record.outcome),
        search=Link(
            f"All {count(record.outcome.issues, 'issue')} as a search, with filters", state.to_url()
        ),
        by_name=_named_elsewhere(record),
        feed=Link("Feed of new decisions (Atom)", state.with_sort("newest").to_url("/search.atom")),
        compare=Link("Compare with another", compare_url(f'treatment:"{record.name}"', "")),
        reasons=shown_rows(reasons, MOST_CRITERIA, MOST_SENTENCES_SHOWN),
        all_reasons=Link(f"{criteria}, also as CSV and JSON", state.to_url("/reasons")),
        without_reason=without if reasons.without else None,
        disputed=tuple(table for table in _disputed(record) if table.lines),
        cited=tuple(table for table in _citation_tables(record) if table.lines),
        governing=tuple(_governing(record, today)),
        today=day(today),
        sides=(
            _decided_side("overturned", record.overturned, record),
            _decided_side("upheld", record.upheld, record),
        ),
        partial=record.partial,
        build=record.build,
    )


def _named_elsewhere(record: TreatmentRecord) -> Link | None:
    found = record.disputing or 0
    more = found - record.outcome.issues
    if more <= 0:
        return None
    told = f"{count(found, 'issue')} dispute it by name"
    label = f"{told}, {more:,} of them filed under another treatment"
    return Link(label, SearchState(record.name).to_url())


def _disputed(record: TreatmentRecord) -> Iterator[TallyTable]:
    years = tuple(map(_tally, record.tables["year"].values))
    yield TallyTable("By year of the decision", "Year", years)
    yield _first_lines(
        record, "body", "By body part", "Body part", map(_tally, _values_shown(record, "body"))
    )
    for name in AMOUNTS:
        table = record.tables[name]
        known = tuple(_tally(value) for value in table.values if value.value != UNKNOWN)
        yield TallyTable(table.label, table.label, known)


def _citation_tables(record: TreatmentRecord) -> Iterator[TallyTable]:
    guidelines = (
        _tally(value, None if value.value == UNKNOWN else guideline_url(value.value))
        for value in _values_shown(record, "guideline")
    )
    yield _first_lines(record, "guideline", "Guidelines", "Guideline", guidelines)
    places = (
        _tally(value, place_url(CitedPlace.parse(value.value)))
        for value in _values_shown(record, "cites")
        if value.value != UNKNOWN
    )
    yield _first_lines(record, "cites", "Pages and sections", "Page or section", places)


def _governing(record: TreatmentRecord, today: date) -> Iterator[Governing]:
    """The editions in force, as far as they are known, those whose subject is cited most first."""
    replaced: dict[Edition, list[str]] = {}
    for value in record.tables["guideline"].values:
        if edition := in_force(value.value, today):
            others = replaced.setdefault(edition, [])
            others += [value.label] if value.value != edition.guideline else []
    for edition, labels in replaced.items():
        known = guideline(edition.guideline)
        name = known.short if known else edition.guideline
        link = Link(name, guideline_url(edition.guideline))
        since = day(edition.since)
        yield Governing(link, edition.name, since, edition.source, "; ".join(labels))


def _values_shown(record: TreatmentRecord, facet: str) -> tuple[FacetValue, ...]:
    return record.tables[facet].values[:VALUES_SHOWN]


def _first_lines(
    record: TreatmentRecord, facet: str, title: str, kind: str, lines: Iterable[Tally]
) -> TallyTable:
    values = len(record.tables[facet].values)
    rest = Link(f"All {values:,} values", record.state.to_url(f"/facet/{facet}"))
    return TallyTable(title, kind, tuple(lines), rest if values > VALUES_SHOWN else None)


def _tally(value: FacetValue, url: str | None = None) -> Tally:
    issues = Link(f"{value.count:,}", value.url)
    likely = overturned_likely(value.overturned, value.count)
    return Tally(typeset(value.label), url, issues, likely)


def _decided_side(
    decision: str, rows: tuple[ResultRow, ...], record: TreatmentRecord
) -> DecidedSide:
    state = record.state.with_value("decision", decision)
    return DecidedSide(
        verdict=verdict(decision),
        title=f"Most telling, {decision}",
        issues=tuple(map(_decided_issue, rows)),
        all=Link(f"All {decision}, newest first", state.with_sort("newest").to_url()),
        nothing="" if rows else f"No issue about {record.name} was {decision}.",
    )


def _decided_issue(row: ResultRow) -> DecidedIssue:
    leading = row.decision_reasons[0] if row.decision_reasons else None
    return DecidedIssue(
        service=row.service,
        url=row.url,
        case_id=f"{row.case_id}, issue {row.number}",
        about=about_issue(row),
        reason=reason_label(leading.criterion, leading.status) if leading else "",
        sentence=leading.evidence if leading else "",
    )
