"""What is known of one treatment: how often it is disputed, what decides, and the precedents."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.tree import And, FieldEquals, Query
from imrsearch.search.facets import facet_tables
from imrsearch.search.outcome import outcome
from imrsearch.search.results import Facet, Outcome, ResultRow
from imrsearch.search.rows import Determinations, make_rows
from imrsearch.search.state import SearchState
from imrsearch.search.won_lost import MOST_READ, WonLost, won_lost
from imrsearch.system.errors import NotFound

MOST_OF_A_SIDE = 5
"""Most issues named on each side."""
CONSIDERED = 50
"""The newest issues of a side, from which the most telling are chosen."""
AMOUNTS = ("visits", "visits_so_far", "tablets", "dose")
TREATMENT_FACETS = ("year", "body", *AMOUNTS, "guideline", "cites")
"""The facets that tell what is disputed, and what either side cites."""


@dataclass(frozen=True, slots=True)
class TreatmentRecord:
    """One treatment in the issues that are filed under it; ``state`` is the search for them.

    ``disputing``: how many issues a search for its name finds, those among them that are filed
    under another treatment and name this one too; ``None`` where its name is no such search.
    ``tables`` are the facets named in ``TREATMENT_FACETS``; ``overturned`` and ``upheld`` the
    issues of either side that tell most: decided by what decides most often.
    """

    name: str
    state: SearchState
    outcome: Outcome
    disputing: int | None
    tables: dict[str, Facet]
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
    letters: Determinations
    rate: float | None
    build: str
    seconds: float

    def newest(self, query: Query, limit: int, facets: tuple[str, ...] = ()) -> SearchResponse:
        """The newest issues that a query finds, with counts of ``facets``."""
        request = SearchRequest(
            query, facets=facets, limit=limit, sort="newest", seconds=self.seconds
        )
        return self.index.search(request)


def treatment_record(
    name: str, source: TreatmentSource, disputing: int | None = None
) -> TreatmentRecord:
    """What the index holds of the treatment. Raises NotFound where no issue is filed under it."""
    state = SearchState().with_value("treatment", name)
    asked = FieldEquals("treatment", name)
    answer = source.newest(asked, MOST_READ, (*TREATMENT_FACETS, "reason"))
    if not answer.total:
        raise NotFound(f"No issue here disputes {name}.")
    reasons = won_lost(state, answer, source.letters, source.build)
    counted = {facet: answer.facets[facet] for facet in TREATMENT_FACETS}
    return TreatmentRecord(
        name=name,
        state=state,
        outcome=outcome(answer.total, answer.overturned, source.rate),
        disputing=disputing,
        tables={table.name: table for table in facet_tables(counted, state, shown=None)},
        reasons=reasons,
        overturned=_most_telling(source, asked, OVERTURNED, reasons),
        upheld=_most_telling(source, asked, UPHELD, reasons),
        partial=answer.timed_out,
        build=source.build,
    )


def _most_telling(
    source: TreatmentSource, asked: Query, decision: str, reasons: WonLost
) -> tuple[ResultRow, ...]:
    """The newest issues so decided whose reasons decide most; of the same wording, one, and a
    second one of a letter behind the first ones of all."""
    decided = And((asked, FieldEquals("decision", decision)))
    hits = source.newest(decided, CONSIDERED).hits
    weights = {
        row.criterion: (row.met if decision == OVERTURNED else row.unmet).count
        for row in reasons.rows
    }

    def told(row: ResultRow) -> int:
        return sum(weights.get(reason.criterion, 0) for reason in row.decision_reasons)

    telling: dict[str, ResultRow] = {}
    for row in sorted(make_rows(hits, source.letters, with_excerpts=False), key=told, reverse=True):
        wording = row.decision_reasons[0].evidence if row.decision_reasons else row.url
        telling.setdefault(wording, row)
    first = {row.case_id: row for row in reversed(telling.values())}
    in_turn = sorted(telling.values(), key=lambda row: first[row.case_id] is not row)
    return tuple(in_turn[:MOST_OF_A_SIDE])
