"""What is known of one treatment: how often it is disputed, what decides, and the precedents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.catalogue.treatments import PHARMACEUTICALS, treatment, treatment_slug
from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse
from imrsearch.errors import NotFound
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.tree import And, FieldEquals, Query, Range
from imrsearch.search.facets import facet_tables
from imrsearch.search.outcome import outcome
from imrsearch.search.results import Facet, Outcome, ResultRow
from imrsearch.search.rows import LetterStore, make_rows
from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import MOST_READ, WonLost, won_lost

MOST_OF_A_SIDE = 5
"""So many issues are named on each side."""
TREATMENT_FACETS = ("year", "body", "guideline", "cites")
"""The facets that tell what is disputed, and what either side cites."""
_BANDS = {PHARMACEUTICALS: (30, 60, 90, 120)}
_VISIT_BANDS = (6, 12, 24)
"""Up to so many tablets, or visits and other pieces: as guidelines and requests have them."""


@dataclass(frozen=True, slots=True)
class AmountBand:
    """The issues that ask for ``low`` to ``high`` of it; ``None``: no upper end.

    ``url`` is the search that finds them.
    """

    low: int
    high: int | None
    issues: int
    overturned: int
    url: str


@dataclass(frozen=True, slots=True)
class TreatmentRecord:
    """One treatment in the issues that are filed under it; ``state`` is the search for them.

    ``tables`` are the facets named in ``TREATMENT_FACETS``; ``overturned`` and ``upheld`` the
    newest issues of either side.
    """

    name: str
    state: SearchState
    outcome: Outcome
    tables: dict[str, Facet]
    amounts: tuple[AmountBand, ...]
    reasons: WonLost
    overturned: tuple[ResultRow, ...]
    upheld: tuple[ResultRow, ...]
    partial: bool
    build: str


@dataclass(frozen=True, slots=True)
class TreatmentSource:
    """Where a record is read from: the index and letters of a build, the share of all its issues
    that were overturned, and the seconds that one search may take."""

    index: IndexSearcher
    letters: LetterStore
    rate: float | None
    build: str
    seconds: float


def treatment_url(name: str) -> str:
    """The address of a treatment's page."""
    return f"/treatments/{treatment_slug(name)}"


def treatment_record(name: str, source: TreatmentSource) -> TreatmentRecord:
    """What the index holds of the treatment. Raises NotFound where no issue disputes it."""
    state = SearchState().with_value("treatment", name)
    asked = FieldEquals("treatment", name)
    answer = _ask(source, asked, facets=(*TREATMENT_FACETS, "reason"), limit=MOST_READ)
    if not answer.total:
        raise NotFound(f"No issue here disputes {name}.")
    return TreatmentRecord(
        name=name,
        state=state,
        outcome=outcome(answer.total, answer.overturned, source.rate),
        tables={
            table.name: table
            for table in facet_tables(
                {facet: answer.facets[facet] for facet in TREATMENT_FACETS}, state, shown=None
            )
        },
        amounts=tuple(_amounts(name, state, source)),
        reasons=won_lost(state, answer, source.letters, source.build),
        overturned=_newest(source, asked, OVERTURNED),
        upheld=_newest(source, asked, UPHELD),
        partial=answer.timed_out,
        build=source.build,
    )


def _ask(
    source: TreatmentSource,
    query: Query,
    facets: tuple[str, ...] = (),
    limit: int = 0,
    sort: str = "newest",
) -> SearchResponse:
    return source.index.search(
        SearchRequest(query, facets=facets, limit=limit, sort=sort, seconds=source.seconds)
    )


def _amounts(name: str, state: SearchState, source: TreatmentSource) -> Iterator[AmountBand]:
    """The bands of amounts that any issue asks for."""
    known = treatment(name)
    ends = _BANDS.get(known.category or "", _VISIT_BANDS) if known else _VISIT_BANDS
    for low, high in zip((1, *(end + 1 for end in ends)), (*ends, None), strict=True):
        asked = And((FieldEquals("treatment", name), Range("quantity", low, high)))
        found = _ask(source, asked)
        if found.total:
            url = state.with_query(f"quantity:{low}..{high or ''}").to_url()
            yield AmountBand(low, high, found.total, found.overturned, url)


def _newest(source: TreatmentSource, asked: Query, decision: str) -> tuple[ResultRow, ...]:
    decided = And((asked, FieldEquals("decision", decision)))
    hits = _ask(source, decided, limit=MOST_OF_A_SIDE).hits
    return make_rows(hits, source.letters, with_excerpts=False)
