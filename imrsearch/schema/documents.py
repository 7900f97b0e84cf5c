"""A determination as the documents that an engine indexes: one for each issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from imrsearch.model import WHOLE_LETTER, Determination, IssueId
from imrsearch.schema import NUMBERS, VALUES, CaseField, FieldValues, IssueDocument, IssueField

_CASE_VALUES = [field for field in VALUES if isinstance(field, CaseField)]
_ISSUE_VALUES = [field for field in VALUES if isinstance(field, IssueField)]
_CASE_NUMBERS = [field for field in NUMBERS if isinstance(field, CaseField)]
_ISSUE_NUMBERS = [field for field in NUMBERS if isinstance(field, IssueField)]


def documents(letters: Iterable[tuple[str, Determination]]) -> Iterator[IssueDocument]:
    """The documents of letters, given as kept text and determination."""
    for text, case in letters:
        values = _present([(field.name, field.of(case)) for field in _CASE_VALUES])
        numbers = _known([(field.name, field.of(case)) for field in _CASE_NUMBERS])
        for issue in case.issues:
            found = [(field.name, field.of(issue)) for field in _ISSUE_VALUES]
            counted = [(field.name, field.of(issue)) for field in _ISSUE_NUMBERS]
            yield IssueDocument(
                id=str(IssueId(case.case_id, issue.number)),
                texts={
                    "service": issue.service,
                    "rationale": issue.rationale,
                    "summary": case.summary,
                },
                values=values | _present(found),
                numbers=numbers | _known(counted),
            )
        if not case.issues:
            yield IssueDocument(
                id=str(IssueId(case.case_id, WHOLE_LETTER)),
                texts={"rationale": text},
                values=values,
                numbers=numbers,
            )


def _present(found: Iterable[tuple[str, FieldValues]]) -> dict[str, tuple[str, ...]]:
    """The values that are there, each once, in order; fields without any are left out."""
    present = {}
    for name, some in found:
        if len(some) > 1:
            some = tuple(dict.fromkeys(some))
        if kept := tuple(filter(None, some)):
            present[name] = kept
    return present


def _known(found: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    return {name: number for name, number in found if number is not None}
