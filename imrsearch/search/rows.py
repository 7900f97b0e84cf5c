"""From an engine's hits to rows with texts: what the collection knows about each issue found, and
why it is found: which words of the search occur where, how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from imrsearch.engines.base import Hit
from imrsearch.model import (
    DAMAGED,
    WHOLE_LETTER,
    Determination,
    GuidelineStatement,
    Issue,
    IssueId,
)
from imrsearch.query.close import asked_for, classes_in
from imrsearch.query.format import printed
from imrsearch.query.tree import FieldEquals, Leaf, Query, positive_leaves, walk
from imrsearch.schema import decision_label
from imrsearch.search.excerpts import excerpts, marked
from imrsearch.search.matches import LeafFinder, Matched, concerns
from imrsearch.search.results import Reason, ResultRow, issue_address
from imrsearch.system.errors import DamagedCollection

UNKNOWN_LAYOUT = "Letter of unknown layout"
LETTER_DAMAGED = "This letter is damaged here and cannot be shown"
_VALUE_LABELS = {"treatment": "treatment", "body": "body part"}


class LetterFacts(Protocol):
    """A letter as kept."""

    @property
    def text(self) -> str:
        """Its whole text."""


class Determinations(Protocol):
    """What a search needs of the collection."""

    def determinations(self, case_ids: Iterable[str]) -> dict[str, Determination]:
        """The determinations with these case ids, as far as there are such."""

    def with_issues(self, ids: Iterable[IssueId]) -> dict[str, Determination]:
        """The same, with these issues alone and without evidence: many times as fast."""

    def letter(self, case_id: str) -> LetterFacts:
        """The letter of this case; raises NotFound."""


def make_rows(
    hits: Sequence[Hit],
    letters: Determinations,
    terms: Sequence[Leaf] = (),
    with_excerpts: bool = True,
    values: Sequence[FieldEquals] = (),
    meant: Sequence[FieldEquals] = (),
    close_to: Query | None = None,
) -> tuple[ResultRow, ...]:
    """A row for every hit, in order; one whose letter has changed since the build is left out.

    Rows that are only close to a query tell what of it they lack. A row's determination has the
    issues of these rows alone, without evidence: with it an export of a thousand rows took 20 MiB
    more while it was written.
    """
    if not hits:
        return ()
    asked = [positive_leaves(part) for part in asked_for(close_to)] if close_to else []
    classes = classes_in(close_to) if close_to else ()
    finder = LeafFinder(terms)
    rows = []
    for hit, determination, issue in _hits_with_issues(hits, letters):
        texts = {"service": issue.service}
        if with_excerpts:
            texts |= _texts(determination, issue, letters)
        read = {place: Matched(text, finder.matches(text)) for place, text in texts.items()}
        why = (
            *match_reasons(issue, read, values, meant),
            *lacking(issue, read, asked, classes),
        )
        rows.append(_search_row(hit, determination, issue, read, why))
    return tuple(rows)


def _hits_with_issues(
    hits: Sequence[Hit], letters: Determinations
) -> Iterator[tuple[Hit, Determination, Issue]]:
    ids = [IssueId.parse(hit.id) for hit in hits]
    known = letters.with_issues(ids)
    for hit, each in zip(hits, ids, strict=True):
        determination = known.get(each.case_id)
        issue = _issue_of(determination, each.number) if determination else None
        if determination and issue:
            yield hit, determination, issue


def issues_of(ids: Iterable[IssueId], letters: Determinations) -> Iterator[tuple[str, Issue]]:
    """The issues with these numbers and their cases, as far as they are kept."""
    ids = tuple(ids)
    known = letters.with_issues(ids)
    for each in ids:
        issues = known[each.case_id].issues if each.case_id in known else ()
        yield from ((each.case_id, issue) for issue in issues if issue.number == each.number)


def _issue_of(determination: Determination, number: int) -> Issue | None:
    if determination.era == DAMAGED:
        return replace(_WHOLE_LETTER, number=number, heading=LETTER_DAMAGED, service=LETTER_DAMAGED)
    if number == WHOLE_LETTER:
        return _WHOLE_LETTER
    return next((issue for issue in determination.issues if issue.number == number), None)


_NOTHING_SAID = GuidelineStatement("", None, ())
_WHOLE_LETTER = Issue(
    number=WHOLE_LETTER,
    heading=UNKNOWN_LAYOUT,
    service=UNKNOWN_LAYOUT,
    decision=None,
    original_request=None,
    authorized=None,
    flags=(),
    category=None,
    subcategory=None,
    treatment=None,
    body_parts=(),
    quantity=None,
    claims_administrator=_NOTHING_SAID,
    reviewer_guideline=_NOTHING_SAID,
    rationale="",
)


def _texts(determination: Determination, issue: Issue, letters: Determinations) -> dict[str, str]:
    if issue is _WHOLE_LETTER:
        with suppress(DamagedCollection):
            return {"rationale": letters.letter(determination.case_id).text}
    return {"rationale": issue.rationale, "summary": determination.summary}


def _search_row(
    hit: Hit,
    determination: Determination,
    issue: Issue,
    texts: Mapping[str, Matched],
    why: tuple[Reason, ...],
) -> ResultRow:
    case_id, decided = determination.case_id, determination.dates.decided
    return ResultRow(
        case_id=case_id,
        number=issue.number,
        service=issue.service,
        service_html=marked(texts["service"].pieces()),
        decision=issue.decision,
        decision_label=decision_label(issue.decision),
        category=issue.category,
        subcategory=issue.subcategory,
        body_parts=issue.body_parts,
        decided=decided.isoformat() if decided else None,
        url=issue_address(case_id, issue.number),
        score=hit.score,
        excerpts=excerpts(texts, issue.reasons),
        citations=issue.reviewer_guideline.citations,
        claims_administrator=issue.claims_administrator,
        reviewer_guideline=issue.reviewer_guideline,
        issue=issue,
        determination=determination,
        reasons=why,
        decision_reasons=issue.reasons,
        others=hit.others,
        same=hit.same,
    )


# --------------------------------------------------------------------------- why a row is there


def match_reasons(
    issue: Issue,
    texts: Mapping[str, Matched],
    values: Sequence[FieldEquals],
    meant: Sequence[FieldEquals] = (),
) -> tuple[Reason, ...]:
    """The matches in each of the texts, the facts that were asked for, and those only ``meant``."""
    reasons = [*_value_reasons(issue, values), *_meant_reasons(issue, meant)]
    for place, text in texts.items():
        counts = Counter(match.leaf for match in text.matches if concerns(match.leaf, place))
        for leaf, times in counts.items():
            reasons.append(Reason(place, _shown(leaf), times))
    return tuple(reasons)


def values_in(query: Query) -> tuple[FieldEquals, ...]:
    """The values that make a document match or rank higher, each once."""
    found = (node for node in walk(query, wishes=True) if isinstance(node, FieldEquals))
    return tuple(dict.fromkeys(found))


def lacking(
    issue: Issue,
    texts: Mapping[str, Matched],
    asked: Sequence[Sequence[Leaf]],
    classes: Sequence[str],
) -> Iterator[Reason]:
    """For a close match: which parts of ``asked`` the issue lacks, in any wording, and whether its
    treatment is in one of the search's ``classes``."""
    if issue.subcategory and f"{issue.category} > {issue.subcategory}" in classes:
        yield Reason("same class", issue.subcategory, 1)
    held = {match.leaf for text in texts.values() for match in text.matches}
    for leaves in asked:
        if held.isdisjoint(leaves):
            yield Reason("without", _shown(leaves[0]), 0)


@lru_cache(maxsize=2_000)
def _shown(leaf: Leaf) -> str:
    """A query leaf in the words of a reason; cached, as the same leaves match in every row of a
    page."""
    return printed(leaf).strip('"')


def _meant_reasons(issue: Issue, meant: Sequence[FieldEquals]) -> Iterator[Reason]:
    """The treatment that the words describe, else its class."""
    held = {
        "treatment": issue.treatment,
        "subcategory": f"{issue.category} > {issue.subcategory}",
        "category": issue.category,
    }
    found = {value.field: value.value for value in meant if value.value == held.get(value.field)}
    for field in held:
        if field in found:
            yield Reason("meant by these words", found[field].rpartition(" > ")[2], 1)
            return


def _value_reasons(issue: Issue, values: Sequence[FieldEquals]) -> Iterator[Reason]:
    held = {"treatment": (issue.treatment,), "body": issue.body_parts}
    for value in values:
        if value.value in held.get(value.field, ()):
            yield Reason(_VALUE_LABELS[value.field], value.value, 1)
