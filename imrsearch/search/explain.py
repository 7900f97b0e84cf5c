"""Explains why an issue is among the results: which words of the search occur where, how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from imrsearch.model import Issue
from imrsearch.query.format import printed
from imrsearch.query.tree import FieldEquals, Leaf, Query, walk
from imrsearch.search.matches import Matched, concerns
from imrsearch.search.results import Reason

_VALUE_LABELS = {"treatment": "treatment", "body": "body part"}


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
