"""A determination as the documents that an engine indexes: one for each issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imrsearch.catalogue.guidelines import cite_values
from imrsearch.engines.contract import IssueDocument
from imrsearch.model import Citation, Determination, Issue

YOUNGEST, OLDEST = 20, 70
"""The ends of the age bands."""

WHOLE_LETTER = 0
"""The number of the one document of a letter whose issues could not be read."""


def document_id(case_id: str, number: int) -> str:
    """The id that engines know an issue by: ``CM16-0000001#2``."""
    return f"{case_id}#{number}"


def split_document_id(document: str) -> tuple[str, int]:
    """The case and the issue's number of a document id."""
    case_id, _, number = document.rpartition("#")
    return case_id, int(number)


def documents(letters: Iterable[tuple[str, Determination]]) -> Iterator[IssueDocument]:
    """The documents of letters, given as kept text and determination."""
    for text, determination in letters:
        case = _case_values(determination)
        numbers = _numbers(determination)
        for issue in determination.issues:
            yield IssueDocument(
                id=document_id(determination.case_id, issue.number),
                texts={
                    "service": issue.service,
                    "rationale": issue.rationale,
                    "summary": determination.summary,
                },
                values=_present({**case, **_issue_values(issue)}),
                numbers=numbers,
            )
        if not determination.issues:
            yield IssueDocument(
                id=document_id(determination.case_id, WHOLE_LETTER),
                texts={"rationale": text},
                values=_present(case),
                numbers=numbers,
            )


def _case_values(determination: Determination) -> dict[str, Iterable[str | None]]:
    decided = determination.dates.decided
    return {
        "case": [determination.case_id],
        "outcome": [determination.outcome],
        "era": [determination.era],
        "specialty": determination.reviewer.specialties,
        "state": determination.reviewer.licensed_in,
        "sex": [determination.patient.sex],
        "ageband": [_age_band(determination.patient.age)],
        "year": [str(decided.year) if decided else None],
    }


def _issue_values(issue: Issue) -> dict[str, Iterable[str | None]]:
    citations = [*issue.reviewer_guideline.citations, *issue.claims_administrator.citations]
    return {
        "decision": [issue.decision],
        "category": [issue.category],
        "subcategory": [f"{issue.category} > {issue.subcategory}" if issue.subcategory else None],
        "treatment": [issue.treatment],
        "body": issue.body_parts,
        "flag": issue.flags,
        "basis": [issue.reviewer_guideline.basis],
        "comparison": [_comparison(issue)],
        "guideline": [citation.guideline for citation in citations],
        "cites": [value for citation in citations for value in cite_values(citation)],
    }


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


def _comparison(issue: Issue) -> str | None:
    """How the guidelines of reviewer and administrator compare, page for page.

    ``None`` where the reviewer's are not known: nothing can be compared.
    """
    ours = _places(issue.reviewer_guideline.citations)
    theirs = _places(issue.claims_administrator.citations)
    if not theirs:
        return "administrator cited none"
    if not ours:
        return None
    if ours == theirs:
        return "same"
    return "reviewer adds" if ours > theirs else "different"


def _places(citations: Iterable[Citation]) -> set[str]:
    """What is cited: each guideline, page and section once; a free citation by its own words."""
    return {
        place
        for citation in citations
        for place in (citation.guideline or citation.text.lower(), *cite_values(citation))
    }


def _present(values: dict[str, Iterable[str | None]]) -> dict[str, tuple[str, ...]]:
    """The values that are there, each once, in order; fields without any are left out."""
    kept = {name: tuple(dict.fromkeys(one for one in some if one)) for name, some in values.items()}
    return {name: some for name, some in kept.items() if some}
