"""What a search found, as facts: the web page, JSON, CSV and the terminal all show this.

``to_json`` is the contract of ``/search.json`` and ``imrsearch search --json``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from markupsafe import Markup, escape

from imrsearch.catalogue.treatments import treatment_slug
from imrsearch.model import Citation, DecisionReason, Determination, GuidelineStatement, Issue
from imrsearch.query.notes import Note
from imrsearch.text.quantities import count


def issue_address(case_id: str, number: int) -> str:
    """Where an issue stands on its case's page."""
    return f"/case/{case_id}#issue-{number}"


def treatment_url(name: str) -> str:
    """The address of a treatment's page."""
    return f"/treatments/{treatment_slug(name)}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of the issue's text. ``html`` is escaped, with ``<mark>`` around what matched."""

    place: str
    text: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is there: ``words`` of the search stand ``times`` times in ``place``.

    ``place`` is ``service``, ``rationale`` or ``summary``, or ``treatment`` or ``body part`` for a
    fact that was asked for by any of its names, or ``meant by these words`` for a treatment or
    class that they describe. A row that is only close to the search also tells what it is
    ``without`` (0 times), and whether its treatment is of the ``same class``.
    """

    place: str
    words: str
    times: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One issue found. ``service_html`` is ``service`` escaped, with its matches marked.

    ``url`` is the issue's permanent address. ``number`` is 0 for a letter whose layout is unknown.
    ``issue`` is all that the letter says of it; the ``determination`` has no evidence, and of its
    issues only those of the rows made with this one. ``others``: how many more issues found have
    the same wording and outcome, where rows are grouped so; ``same`` names the first.
    """

    case_id: str
    number: int
    service: str
    service_html: Markup
    decision: str | None
    decision_label: str
    category: str | None
    subcategory: str | None
    body_parts: tuple[str, ...]
    decided: str | None
    url: str
    score: float
    excerpts: tuple[Excerpt, ...]
    citations: tuple[Citation, ...]
    claims_administrator: GuidelineStatement
    reviewer_guideline: GuidelineStatement
    issue: Issue
    determination: Determination
    reasons: tuple[Reason, ...] = ()
    decision_reasons: tuple[DecisionReason, ...] = ()
    others: int = 0
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to narrow by. ``value`` is what the URL carries; ``url`` adds or removes it."""

    value: str
    label: str
    count: int
    overturned: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A table of values; ``more``: how many further values are not shown."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    more: int = 0

    @property
    def selected(self) -> int:
        """How many of the values are chosen."""
        return sum(value.selected for value in self.values)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often the issues were overturned: share with its 95 % Wilson interval, 0 to 1.

    ``rate``, ``low`` and ``high`` are ``None`` for no issue at all; ``collection_rate`` is the
    share in everything that is indexed. ``by_decision``: the issues were chosen by how they were
    decided, so that their share is no finding.
    """

    issues: int
    overturned: int
    rate: float | None
    low: float | None
    high: float | None
    collection_rate: float | None
    by_decision: bool = False


@dataclass(frozen=True, slots=True)
class FacetTables:
    """Some facets of a search by name, each with all its values, and the search's total and
    outcome, without rows."""

    total: int
    outcome: Outcome
    facets: Mapping[str, Facet]
    build: str


@dataclass(frozen=True, slots=True)
class ReasonSentence:
    """A sentence that carries a reason, and the address of its issue."""

    case_id: str
    number: int
    service: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ReasonSide:
    """One side of a criterion; ``url`` is the search that gives the ``count``."""

    label: str
    count: int
    url: str
    sentences: tuple[ReasonSentence, ...]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A criterion with both sides.

    ``low`` and ``high``: the 95 % Wilson interval of the share that met it, among those decided by
    it; ``None`` where there are fewer than ten.
    """

    criterion: str
    met: ReasonSide
    unmet: ReasonSide
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the link that takes it away."""

    label: str
    url: str


def asked_in_words(read_as: str, chips: Iterable[Chip]) -> str:
    """Such as "knee, in all text, Decision: overturned" or "all issues, Year: 2016"."""
    return ", ".join((read_as, *(chip.label for chip in chips)))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of a search's results, with everything that is shown around it.

    ``match``: "all" or "most" of the words were asked for. Grouped by wording, ``wordings`` tells
    how many rows there are, and pages count these. Grouped by case, ``cases`` tells how
    many cases there are, pages count cases, and the rows of a case stand together. ``jump`` is the
    address of the case whose number is all that was typed. With ``mentions`` the issues that only
    mention a treatment are among those found; ``only_mentioned`` tells how many they are, in or
    out (``None`` where no treatment is named). ``close`` are issues that match only some of the
    search, where the last page has room for them, of ``close_total``; nothing else counts them.
    ``leading_reasons`` are the criteria that decide most often, without sentences.
    """

    q: str
    read_as: str
    filters: dict[str, tuple[str, ...]]
    excluded: dict[str, tuple[str, ...]]
    sort: str
    page: int
    pages: int
    per_page: int
    total: int
    outcome: Outcome
    rows: tuple[ResultRow, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    notes: tuple[Note, ...]
    partial: bool
    build: str
    match: str = "all"
    group: str = ""
    cases: int | None = None
    wordings: int | None = None
    jump: str | None = None
    mentions: bool = False
    only_mentioned: int | None = None
    close: tuple[ResultRow, ...] = ()
    close_total: int = 0
    leading_reasons: tuple[ReasonRow, ...] = ()

    @property
    def asked(self) -> str:
        """How the whole search was read, its filters too, in one line."""
        return asked_in_words(self.read_as, self.chips)

    def _repr_html_(self) -> str:
        """What a notebook shows: what was found, how the search was read, its notes, a table."""
        found = count(self.total, "issue")
        if self.outcome.rate is not None:
            found += f", {self.outcome.overturned:,} overturned"
        notes = "".join(f"<li>{escape(note.message)}</li>" for note in self.notes)
        return (
            f"<p><b>{escape(found)}</b><br>Read as {escape(self.asked)}</p>"
            + (f"<ul>{notes}</ul>" if notes else "")
            + "<table><thead><tr><th>Case</th><th>Decided</th><th>Decision</th>"
            "<th>Service and excerpts</th></tr></thead>"
            f"<tbody>{''.join(map(_table_row, self.rows))}</tbody></table>"
            f"<p>Page {self.page} of {self.pages}</p>"
        )


def _table_row(row: ResultRow) -> str:
    excerpts = "".join(f"<br>{escape(one.place)}: {one.html}" for one in row.excerpts)
    columns = (
        escape(f"{row.case_id} #{row.number}"),
        escape(row.decided or ""),
        escape(row.decision_label),
        f"<b>{escape(row.service)}</b>{excerpts}",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in columns)}</tr>"


@dataclass(frozen=True, slots=True)
class Export:
    """A whole result, without excerpts: its first ``limit`` rows, and what search it is of.

    ``address`` is the search's canonical one, ``total`` how many issues were found; ``partial``:
    until time ran out.
    """

    rows: tuple[ResultRow, ...]
    q: str
    address: str
    read_as: str
    total: int
    limit: int
    build: str
    partial: bool = False

    @property
    def found(self) -> str:
        """How many issues were found, in words where the search was not finished."""
        return f"at least {self.total}" if self.partial else str(self.total)


def to_json(result: SearchResult) -> dict[str, Any]:
    """The documented JSON object of one page of results."""
    about = ("q", "read_as", "filters", "excluded", "sort", "group", "mentions", "page", "pages")
    rest = ("notes", "match", "only_mentioned", "close_total", "cases", "wordings", "partial")
    return _as_plain(
        {
            "query": _picked(result, *about),
            **_picked(result, "total", "outcome"),
            "results": [
                *(row_to_json(row) | {"match": "all"} for row in result.rows),
                *(row_to_json(row) | {"match": "close"} for row in result.close),
            ],
            "facets": [
                _picked(facet, "name", "label", "more", "values") for facet in result.facets
            ],
            "leading_reasons": [
                {
                    "criterion": row.criterion,
                    "met": _picked(row.met, "label", "count", "url"),
                    "unmet": _picked(row.unmet, "label", "count", "url"),
                }
                for row in result.leading_reasons
            ],
            **_picked(result, *rest, "build"),
        }
    )


_ROW = (
    *("case_id", "number", "service", "decision", "category", "subcategory", "decided", "url"),
    *("score", "excerpts", "citations", "reasons", "others", "same", "decision_reasons"),
)


def row_to_json(row: ResultRow) -> dict[str, Any]:
    """The documented JSON object of one row."""
    return _as_plain(_picked(row, *_ROW) | {"score": round(row.score, 4)})


def _picked(thing: object, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _as_plain(told: dict[str, Any]) -> dict[str, Any]:
    """The same made of what JSON knows alone; marked texts are texts."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(told, enc_hook=str))
    return plain
