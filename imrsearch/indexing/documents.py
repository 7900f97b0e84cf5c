"""A determination as the documents that an engine indexes: one for each issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from imrsearch import model
from imrsearch.catalogue.guidelines import FAMILY_WHOLES, cited_places
from imrsearch.collection import indexed_facts
from imrsearch.letters.service import named_treatments
from imrsearch.model import WHOLE_LETTER, CitedPlace, IssueId
from imrsearch.schema import IssueDocument

AnyDetermination = model.Determination | indexed_facts.IndexedDetermination
AnyIssue = model.Issue | indexed_facts.IndexedIssue
AnyCitation = model.Citation | indexed_facts.IndexedCitation
FieldValues = dict[str, tuple[str, ...]]

YOUNGEST, OLDEST = 20, 70
"""The ends of the age bands."""


def documents(letters: Iterable[tuple[str, AnyDetermination]]) -> Iterator[IssueDocument]:
    """The documents of letters, given as kept text and determination."""
    for text, determination in letters:
        case = _case_values(determination)
        numbers = _numbers(determination)
        for issue in determination.issues:
            yield IssueDocument(
                id=str(IssueId(determination.case_id, issue.number)),
                texts={
                    "service": issue.service,
                    "rationale": issue.rationale,
                    "summary": determination.summary,
                },
                values=case | _issue_values(issue),
                numbers=numbers | _issue_numbers(issue),
            )
        if not determination.issues:
            yield IssueDocument(
                id=str(IssueId(determination.case_id, WHOLE_LETTER)),
                texts={"rationale": text},
                values=case,
                numbers=numbers,
            )


def _case_values(determination: AnyDetermination) -> FieldValues:
    decided, reviewer = determination.dates.decided, determination.reviewer
    return _present(
        case=(determination.case_id,),
        outcome=(determination.outcome,),
        era=(determination.era,),
        specialty=reviewer.specialties,
        state=reviewer.licensed_in,
        sex=(determination.patient.sex,),
        ageband=(_age_band(determination.patient.age),),
        year=(str(decided.year) if decided else None,),
    )


def _issue_values(issue: AnyIssue) -> FieldValues:
    reviewer, administrator = issue.reviewer_guideline, issue.claims_administrator
    citations = (*reviewer.citations, *administrator.citations)
    return _present(
        decision=(issue.decision,),
        category=(issue.category,),
        subcategory=(f"{issue.category} > {issue.subcategory}" if issue.subcategory else None,),
        treatment=(issue.treatment, *issue.further_treatments),
        disputes=_disputed(issue),
        body=issue.body_parts,
        flag=issue.flags,
        basis=(reviewer.basis,),
        comparison=(_compare(reviewer.citations, administrator.citations),),
        guideline=tuple(citation.guideline for citation in citations),
        cites=tuple(str(place) for citation in citations for place in cited_places(citation)),
        rationale_cites=tuple(map(str, _named_places(issue.rationale_citations))),
    )


def _disputed(issue: AnyIssue) -> tuple[str | None, ...]:
    """The treatments that an issue disputes: its own, and those that its service or the original
    request names."""
    printed = filter(None, (issue.service, issue.original_request))
    own = (issue.treatment, *issue.further_treatments)
    return (*own, *chain.from_iterable(map(named_treatments, printed)))


def _issue_numbers(issue: AnyIssue) -> dict[str, int]:
    return {"quantity": round(issue.quantity.amount)} if issue.quantity else {}


def _numbers(determination: AnyDetermination) -> dict[str, int]:
    decided, age = determination.dates.decided, determination.patient.age
    numbers: dict[str, int] = {}
    if decided:
        numbers["year"] = decided.year
        numbers["decided"] = decided.year * 10000 + decided.month * 100 + decided.day
    if age is not None:
        numbers["age"] = age
    return numbers


def _age_band(age: int | None) -> str | None:
    """Ten years each: ``30-39``; the ends are open."""
    if age is None:
        return None
    if not YOUNGEST <= age < OLDEST:
        return f"under {YOUNGEST}" if age < YOUNGEST else f"{OLDEST} and over"
    return f"{age // 10 * 10}-{age // 10 * 10 + 9}"


def _named_places(citations: Iterable[AnyCitation]) -> Iterator[CitedPlace]:
    """The guidelines that are cited, each before the pages and sections cited of it."""
    for citation in citations:
        if citation.guideline:
            yield CitedPlace(citation.guideline)
        yield from cited_places(citation)


def _compare(reviewer: Sequence[AnyCitation], administrator: Sequence[AnyCitation]) -> str | None:
    """How the guidelines of reviewer and administrator compare: the most exact thing in common.

    ``None`` where the reviewer's are not known: nothing can be compared.
    """
    if not administrator:
        return "administrator cited none"
    if not reviewer:
        return None
    ours, theirs = _sources(reviewer), _sources(administrator)
    if ours >= theirs:
        return "same" if ours == theirs else "reviewer adds"
    common = ours & theirs
    if any(place.page for place in common):
        return "same page"
    if any(place.section for place in common):
        return "same section"
    alike = common or _wholes(ours) & _families(theirs) or _families(ours) & _wholes(theirs)
    return "same guideline" if alike else "nothing in common"


def _sources(citations: Iterable[AnyCitation]) -> set[CitedPlace]:
    """What is cited: guidelines and places in them, a free citation by its own words."""
    sources = set(_named_places(citations))
    free = (citation.text.lower() for citation in citations if citation.guideline is None)
    return sources.union(map(CitedPlace, free))


def _wholes(places: Iterable[CitedPlace]) -> set[str]:
    """The guidelines cited at large of which chapters are cited too: ACOEM, the ODG."""
    return {place.guideline for place in places}.intersection(FAMILY_WHOLES)


def _families(places: Iterable[CitedPlace]) -> set[str]:
    """The family of each guideline, which its id begins with: odg-knee-leg -> odg."""
    return {place.guideline.partition("-")[0] for place in places}


def _present(**fields: tuple[Any, ...]) -> FieldValues:
    """The values that are there, each once, in order; fields without any are left out."""
    return {
        name: some if len(some) == 1 else tuple(dict.fromkeys(filter(None, some)))
        for name, some in fields.items()
        if any(some)
    }
