"""What decided requests like one: the criteria with sentences, and the pages reviewers cite.

Sentences and pages come from the most relevant issues of each side; counts are over all issues.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from imrsearch.catalogue.guidelines import cited_places
from imrsearch.catalogue.reasons import MET, STATUSES, UNMET, criteria, reason_label, reason_value
from imrsearch.model import OVERTURNED, UPHELD, CitedPlace, Issue
from imrsearch.schema import FacetCount
from imrsearch.search.brief.clips import Clip
from imrsearch.search.results import issue_address
from imrsearch.search.state import SearchState

SENTENCES_SHOWN = 3
_MOST_PLACES = 5
_DECISION_OF_STATUS = {MET: OVERTURNED, UNMET: UPHELD}

Decided = tuple[str, Issue]
"""A case's number and one of its issues."""
FindDecided = Callable[[str, str], Sequence[Decided]]
"""The issues with a decision and a reason: ``("overturned", "met functional-improvement")``."""


@dataclass(frozen=True, slots=True)
class KitSentence:
    """A sentence that met or lacked a criterion; ``clip`` names it for a brief."""

    case_id: str
    number: int
    service: str
    text: str
    url: str
    clip: str


@dataclass(frozen=True, slots=True)
class KitSide:
    """One side of a criterion: how many issues, the search that gives them, sentences of some."""

    label: str
    count: int
    url: str
    sentences: tuple[KitSentence, ...]


@dataclass(frozen=True, slots=True)
class KitCriterion:
    """A criterion: the issues overturned as it was met, and those upheld as it was not."""

    criterion: str
    overturned: KitSide
    upheld: KitSide


@dataclass(frozen=True, slots=True)
class CitedByReviewers:
    """A place of a guideline, and in how many of the issues read the reviewer cites it."""

    place: CitedPlace
    overturned: int
    upheld: int


@dataclass(frozen=True, slots=True)
class DecidedSides:
    """The issues read of each side, most relevant first."""

    overturned: Sequence[Decided]
    upheld: Sequence[Decided]


def deciding_criteria(
    asked: Sequence[str],
    state: SearchState,
    counts: Iterable[FacetCount],
    read: DecidedSides,
    find: FindDecided,
) -> tuple[KitCriterion, ...]:
    """The criteria ``asked`` for, in their order, then the others that decide most often.

    ``counts``: the facet ``reason`` over the issues that ``state`` finds. ``find`` is asked where
    none of the issues read has a reason that was asked for, though some issue has it.
    """
    known = {line.value: line.count for line in counts if line.value}
    found = {
        MET: _first_sentences(read.overturned, MET),
        UNMET: _first_sentences(read.upheld, UNMET),
    }

    def side(name: str, status: str) -> KitSide:
        value = reason_value(name, status)
        sentences = found[status].get(name, ())
        if name in asked and known.get(value) and not sentences:
            sentences = _first_sentences(find(_DECISION_OF_STATUS[status], value), status).get(
                name, ()
            )
        return KitSide(
            label=reason_label(name, status),
            count=known.get(value, 0),
            url=state.with_value("reason", value).to_url(),
            sentences=tuple(sentences),
        )

    def decided(name: str) -> int:
        return sum(known.get(reason_value(name, status), 0) for status in STATUSES)

    others = [name for name in criteria() if name not in asked and decided(name)]
    names = (*asked, *sorted(others, key=decided, reverse=True))
    return tuple(KitCriterion(name, side(name, MET), side(name, UNMET)) for name in names)


def _first_sentences(issues: Iterable[Decided], status: str) -> Mapping[str, Sequence[KitSentence]]:
    """The first few sentences on each criterion; none twice."""
    found: dict[str, dict[str, KitSentence]] = {}
    for case_id, issue in issues:
        for reason in issue.reasons:
            kept = found.setdefault(reason.criterion, {})
            is_wanted = reason.status == status and reason.evidence not in kept
            if is_wanted and len(kept) < SENTENCES_SHOWN:
                clip = Clip.at(case_id, issue.number, issue.rationale, reason.span[0])
                kept[reason.evidence] = KitSentence(
                    case_id=case_id,
                    number=issue.number,
                    service=issue.service,
                    text=reason.evidence,
                    url=issue_address(case_id, issue.number),
                    clip=str(clip),
                )
    return {name: tuple(kept.values()) for name, kept in found.items()}


def cited_by_reviewers(read: DecidedSides) -> tuple[CitedByReviewers, ...]:
    """The places that reviewers cite most in the issues read, in statements or rationales; each
    place counts once per issue."""
    overturned, upheld = (
        Counter(
            place
            for _, issue in side
            for place in dict.fromkeys(
                place
                for one in (*issue.reviewer_guideline.citations, *issue.rationale_citations)
                for place in cited_places(one)
            )
        )
        for side in (read.overturned, read.upheld)
    )
    most = (overturned + upheld).most_common(_MOST_PLACES)
    return tuple(CitedByReviewers(place, overturned[place], upheld[place]) for place, _ in most)
