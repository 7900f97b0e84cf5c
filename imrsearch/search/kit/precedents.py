"""Who won and who lost with a request like this: counts and precedents from the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from imrsearch.catalogue.reasons import MET, UNMET, reason_value
from imrsearch.engines.base import IndexSearcher, SearchRequest
from imrsearch.model import OVERTURNED, UPHELD, DecisionReason, Issue, IssueId
from imrsearch.query.tree import And, Boosted, ConstantScore, FieldEquals, Or, Query
from imrsearch.search.kit.criteria import (
    SENTENCES_SHOWN,
    CitedByReviewers,
    Decided,
    DecidedSides,
    KitCriterion,
    cited_by_reviewers,
    deciding_criteria,
)
from imrsearch.search.kit.narrowing import amount_band, narrowed_searches
from imrsearch.search.outcome import FEWEST_FOR_RANGE, told_range
from imrsearch.search.pasted.request import Request
from imrsearch.search.results import issue_address
from imrsearch.search.rows import Determinations, issues_of
from imrsearch.search.state import SearchState

MOST_PRECEDENTS = 5
"""Precedents named on each side."""
_FEWEST_ANSWERS = 2
"""If fewer of the narrowed issues answer the denial, others are named as well."""
PRECEDENTS_READ = 30
"""Issues read on each side for their sentences and guidelines."""
_BODY, _REASON, _AMOUNT = 1_000.0, 20.0, 5.0
"""Scores of a shared body part, reason and amount: an issue about another body part never comes
first, and one more reason outweighs the amount."""
_STATUS_OF_DECISION = {OVERTURNED: MET, UPHELD: UNMET}


@dataclass(frozen=True, slots=True)
class Disputes:
    """How often the treatment was disputed and how often that was overturned.

    ``rate`` with the ends of its 95 % Wilson interval; ``None`` where there are fewer than ten.
    """

    total: int
    overturned: int
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class PrecedentEvidence:
    """A criterion, and the sentence of the determination that says it was met or not met."""

    criterion: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """An issue decided. ``answers`` are those reasons of the denial that decided it too: met where
    it was overturned, unmet where it was upheld. ``evidence`` has their sentences; of an issue that
    shares none, those of its own reasons. ``other_body_parts``: those of an issue about none of the
    request's. ``is_counted``: whether it is one of the issues that the counts tell of."""

    case_id: str
    number: int
    url: str
    service: str
    other_body_parts: tuple[str, ...]
    is_counted: bool
    answers: tuple[str, ...]
    evidence: tuple[PrecedentEvidence, ...]

    @property
    def remark(self) -> str:
        """What sets it apart from the request: "knee, not counted above"."""
        parts = (*self.other_body_parts, *(() if self.is_counted else ("not counted above",)))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class RequestPrecedents:
    """What the index holds for a request; ``url`` is the search that gives the counts.

    ``narrowed``: by what of the request its issues are chosen beside the treatment, ``body`` and
    ``amount``; each only where ten issues are left. Where fewer than two of these answer the
    denial, ``overturned`` and ``upheld`` name behind them others of the treatment that do.

    ``criteria``: those of the denial first, then what else decides such issues. ``cited``: the
    places that reviewers cite most, among the most relevant issues, of which ``read`` tells the
    number on each side.
    """

    issues: Disputes
    url: str
    narrowed: tuple[str, ...]
    overturned: tuple[Precedent, ...]
    upheld: tuple[Precedent, ...]
    criteria: tuple[KitCriterion, ...]
    cited: tuple[CitedByReviewers, ...]
    read: tuple[int, int]


def precedents(
    index: IndexSearcher, letters: Determinations, request: Request, seconds: float
) -> RequestPrecedents:
    """Counts and precedents of both sides; each search takes at most ``seconds``."""
    *narrower, (_, widest) = narrowed_searches(request)
    narrowed, state, disputes = _count_disputes(index, narrower, widest, seconds)
    same = _chosen_only(state)

    def decided(decision: str, *also: Query, limit: int, among: Query = same) -> list[Decided]:
        asked = And((among, FieldEquals("decision", decision), *also))
        query = Boosted(ConstantScore(asked, 0.0), tuple(_wishes(request, decision)))
        hits = index.search(SearchRequest(query, limit=limit, seconds=seconds)).hits
        return list(issues_of((IssueId.parse(hit.id) for hit in hits), letters))

    def with_reason(decision: str, value: str) -> list[Decided]:
        return decided(decision, FieldEquals("reason", value), limit=SENTENCES_SHOWN)

    read = DecidedSides(*(decided(side, limit=PRECEDENTS_READ) for side in (OVERTURNED, UPHELD)))

    def named(side: str, read: Sequence[Decided]) -> Iterator[Precedent]:
        """Those read, with others of the treatment where too few of them answer the denial."""
        counted = _nearest_first(read, request, side)[:MOST_PRECEDENTS]
        others: Iterable[Decided] = ()
        if narrowed and sum(_answers(one, request, side) for _, one in read) < _FEWEST_ANSWERS:
            wide = decided(side, limit=PRECEDENTS_READ, among=_chosen_only(widest))
            more = [one for one in wide if one not in read and _answers(one[1], request, side)]
            others = _nearest_first(more, request, side)[: MOST_PRECEDENTS - len(counted)]
        for some, is_counted in ((counted, True), (others, False)):
            yield from (_precedent(one, request, side, is_counted=is_counted) for one in some)

    counts = index.search(SearchRequest(same, facets=("reason",), limit=0, seconds=seconds)).facets
    return RequestPrecedents(
        issues=disputes,
        url=state.to_url(),
        narrowed=narrowed,
        overturned=tuple(named(OVERTURNED, read.overturned)),
        upheld=tuple(named(UPHELD, read.upheld)),
        criteria=deciding_criteria(request.criteria, state, counts["reason"], read, with_reason),
        cited=cited_by_reviewers(read),
        read=(len(read.overturned), len(read.upheld)),
    )


def _count_disputes(
    index: IndexSearcher,
    narrower: Iterable[tuple[tuple[str, ...], SearchState]],
    widest: SearchState,
    seconds: float,
) -> tuple[tuple[str, ...], SearchState, Disputes]:
    """The narrowest search with enough issues, or with all there are, what narrows it, and its
    counts."""
    too_few = []
    for narrowed, state in narrower:
        found = _disputes_of(index, state, seconds)
        if found.total >= FEWEST_FOR_RANGE:
            return narrowed, state, found
        too_few.append((narrowed, state, found))
    every = _disputes_of(index, widest, seconds)
    whole = (one for one in too_few if every.total and one[2].total == every.total)
    return next(whole, ((), widest, every))


def _disputes_of(index: IndexSearcher, state: SearchState, seconds: float) -> Disputes:
    answer = index.search(SearchRequest(_chosen_only(state), limit=0, seconds=seconds))
    low, high = told_range(answer.overturned, answer.total)
    rate = None if low is None else answer.overturned / answer.total
    return Disputes(answer.total, answer.overturned, rate, low, high)


def _chosen_only(state: SearchState) -> Query:
    """The issues of a search that only chooses values."""
    return And(
        tuple(
            Or(tuple(FieldEquals(facet, value) for value in values))
            for facet, values in state.filters.items()
        )
    )


def _wishes(request: Request, decision: str) -> Iterator[Query]:
    for part in request.body_parts:
        yield ConstantScore(FieldEquals("body", part), _BODY)
    for facet, values in amount_band(request).items():
        yield from (ConstantScore(FieldEquals(facet, value), _AMOUNT) for value in values)
    for reason in request.reasons:
        value = reason_value(reason.criterion, _STATUS_OF_DECISION[decision])
        yield ConstantScore(FieldEquals("reason", value), _REASON)


def _answers(issue: Issue, request: Request, side: str) -> bool:
    """Whether an issue was decided by a reason of the denial; where none is known, any does."""
    told = {reason.criterion for reason in _reasons_for(issue, side)}
    return not request.reasons or not told.isdisjoint(request.criteria)


def _reasons_for(issue: Issue, side: str) -> list[DecisionReason]:
    """The reasons that speak for a side: met where an issue was overturned, unmet where upheld."""
    return [one for one in issue.reasons if one.status == _STATUS_OF_DECISION[side]]


def _nearest_first(issues: Iterable[Decided], request: Request, side: str) -> list[Decided]:
    """Those about a body part of the request first, then those that a reason of it decided."""

    def distance(one: Decided) -> tuple[bool, bool]:
        is_other = set(request.body_parts).isdisjoint(_named_body_parts(one[1]))
        return is_other, not _answers(one[1], request, side)

    return sorted(issues, key=distance)


def _named_body_parts(issue: Issue) -> tuple[str, ...]:
    """Those that its service names, not those that its case lends it."""
    return () if issue.body_part_source else issue.body_parts


def _precedent(one: Decided, request: Request, side: str, *, is_counted: bool) -> Precedent:
    case_id, issue = one
    told = _reasons_for(issue, side)
    answering = [reason for reason in told if reason.criterion in request.criteria]
    named = _named_body_parts(issue)
    is_other = bool(request.body_parts) and set(request.body_parts).isdisjoint(named)
    return Precedent(
        case_id=case_id,
        number=issue.number,
        url=issue_address(case_id, issue.number),
        service=issue.service,
        other_body_parts=named if is_other else (),
        is_counted=is_counted,
        answers=tuple(reason.criterion for reason in answering),
        evidence=tuple(
            PrecedentEvidence(reason.criterion, reason.evidence)
            for reason in (answering or told)[:SENTENCES_SHOWN]
        ),
    )
