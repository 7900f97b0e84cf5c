"""A determination as the documents that an engine indexes: one for each issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from imrsearch import model
from imrsearch.catalogue.guidelines import cited_places
from imrsearch.collection import indexed_facts
from imrsearch.model import WHOLE_LETTER, IssueId
from imrsearch.schema import IssueDocument

Determination = model.Determination | indexed_facts.IndexedDetermination
Issue = model.Issue | indexed_facts.IndexedIssue
Citation = model.Citation | indexed_facts.IndexedCitation
Values = dict[str, tuple[str, ...]]
Places = list[tuple[str, ...]]

YOUNGEST, OLDEST = 20, 70
"""The ends of the age bands."""


def documents(letters: Iterable[tuple[str, Determination]]) -> Iterator[IssueDocument]:
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
                numbers=numbers,
            )
        if not determination.issues:
            yield IssueDocument(
                id=str(IssueId(determination.case_id, WHOLE_LETTER)),
                texts={"rationale": text},
                values=case,
                numbers=numbers,
            )


def _case_values(determination: Determination) -> Values:
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


def _issue_values(issue: Issue) -> Values:
    reviewer, administrator = issue.reviewer_guideline, issue.claims_administrator
    citations = (*reviewer.citations, *administrator.citations)
    places = [_places(citation) for citation in citations]
    count = len(reviewer.citations)
    return _present(
        decision=(issue.decision,),
        category=(issue.category,),
        subcategory=(f"{issue.category} > {issue.subcategory}" if issue.subcategory else None,),
        treatment=(issue.treatment,),
        body=issue.body_parts,
        flag=issue.flags,
        basis=(reviewer.basis,),
        comparison=(_comparison(places[:count], places[count:]),),
        guideline=tuple(citation.guideline for citation in citations),
        cites=tuple(value for _, *values in places for value in values),
    )


def _numbers(determination: Determination) -> dict[str, int]:
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


def _places(citation: Citation) -> tuple[str, ...]:
    """What is cited: the guideline, a free citation by its own words; then pages and sections."""
    return (citation.guideline or citation.text.lower(), *map(str, cited_places(citation)))


def _comparison(reviewer: Places, administrator: Places) -> str | None:
    """How the guidelines of reviewer and administrator compare, page for page.

    ``None`` where the reviewer's are not known: nothing can be compared.
    """
    if not administrator:
        return "administrator cited none"
    if not reviewer:
        return None
    ours, theirs = set(chain.from_iterable(reviewer)), set(chain.from_iterable(administrator))
    if ours == theirs:
        return "same"
    return "reviewer adds" if ours > theirs else "different"


def _present(**fields: tuple[Any, ...]) -> Values:
    """The values that are there, each once, in order; fields without any are left out."""
    return {
        name: some if len(some) == 1 else tuple(dict.fromkeys(filter(None, some)))
        for name, some in fields.items()
        if any(some)
    }
