"""What letters print that the catalogue does not know: where it is to grow, most frequent first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import nlargest
from operator import attrgetter
from typing import Literal

from imrsearch.catalogue.eras import Template, field_labels, templates
from imrsearch.catalogue.reviewers import specialties
from imrsearch.model import Determination

Kind = Literal["heading", "specialty", "treatment", "guideline"]
KINDS: tuple[Kind, ...] = ("heading", "specialty", "treatment", "guideline")

# A line in capitals, "FINDINGS OF THE PANEL", or one that is a label alone, "Panel members:".
_PRINTED_HEADING = re.compile(
    r"^[\f ]*(?P<heading>[A-Z]{3,}(?:[ /&(),'’-]+[A-Z()]{2,}){1,9}:?"
    r"|[A-Z][a-z]+(?: [A-Za-z]+){0,6}:)$",
    re.MULTILINE,
)
# "Norco 10/325 mg #60" and "Norco 5/325 mg #90" are one: numbers say nothing of what is unknown.
_NUMBER_WORD = re.compile(r"\W*\d[\w./%-]*")
_MOST_EXAMPLES = 3
_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A printed name, how many letters or issues print it, and the cases of the first ones."""

    kind: Kind
    printed: str
    count: int
    examples: tuple[str, ...]


class UnknownNames:
    """Gathers what is unknown, letter by letter."""

    def __init__(self) -> None:
        self._names: dict[tuple[Kind, str], UnknownName] = {}

    def add(self, text: str, determination: Determination) -> None:
        """Count a letter's unknown names; ``text`` is its kept text."""
        case = determination.case_id
        for kind, printed in _unknown_names(text, determination):
            key = " ".join(_NUMBER_WORD.sub(" #", printed.lower()).split())[:_LONGEST_KEY]
            known = self._names.get((kind, key)) or UnknownName(kind, printed, 0, ())
            examples = tuple(dict.fromkeys((*known.examples, case)))[:_MOST_EXAMPLES]
            self._names[kind, key] = replace(known, count=known.count + 1, examples=examples)

    def names(self, most: int) -> Iterator[UnknownName]:
        """Of each kind so many names, the most frequent first."""
        for kind in KINDS:
            of_kind = (one for one in self._names.values() if one.kind == kind)
            yield from nlargest(most, of_kind, key=attrgetter("count"))


def _unknown_names(text: str, determination: Determination) -> Iterator[tuple[Kind, str]]:
    for heading in _unknown_headings(text, determination):
        yield "heading", heading
    for specialty in (*determination.reviewer.specialties, *determination.reviewer.subspecialties):
        if specialty not in specialties():
            yield "specialty", specialty
    for issue in determination.issues:
        if issue.service and issue.category is None:
            yield "treatment", issue.service
        for statement in (issue.claims_administrator, issue.reviewer_guideline):
            for cited in statement.citations:
                if cited.guideline is None:
                    yield "guideline", cited.text


def _unknown_headings(text: str, determination: Determination) -> dict[str, None]:
    """Lines that look like headings and are none of the era's, each once."""
    known = [row for row in templates() if row.name == determination.era] or templates()
    printed = (match.group("heading") for match in _PRINTED_HEADING.finditer(text))
    return {one: None for one in printed if not any(_is_of_form(one, row) for row in known)}


def _is_of_form(heading: str, template: Template) -> bool:
    """Whether an era's form, or its field block, prints the line."""
    words = (template.sections, template.labels)
    return (
        any(one and one.pattern.match(heading) for one in words)
        or template.marks_stand(heading)
        or any(re.match(field.label, heading) for field in field_labels())
    )
