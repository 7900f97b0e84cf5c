"""Why an issue is among the results: which words of the search stand where, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from imrsearch.model import Issue
from imrsearch.query.format import printed
from imrsearch.query.tree import FieldEquals, Query, walk
from imrsearch.search.matches import Matched, TextMatch, concerns
from imrsearch.search.results import Reason

_VALUE_LABELS = {"treatment": "treatment", "body": "body part"}


def reasons(
    issue: Issue, texts: Mapping[str, Matched], values: Sequence[FieldEquals]
) -> tuple[Reason, ...]:
    """What matches in each of the texts, and which facts were asked for."""
    found = [reason for place, text in texts.items() for reason in _in_text(place, text.matches)]
    return (*_value_reasons(issue, values), *found)


def values_in(query: Query) -> tuple[FieldEquals, ...]:
    """The values that make a document match or rank higher, each once."""
    found = (node for node in walk(query, wishes=True) if isinstance(node, FieldEquals))
    return tuple(dict.fromkeys(found))


def _in_text(place: str, matches: Sequence[TextMatch]) -> Iterator[Reason]:
    counts = Counter(match.leaf for match in matches if concerns(match.leaf, place))
    for leaf, times in counts.items():
        yield Reason(place, printed(leaf).strip('"'), times)


def _value_reasons(issue: Issue, values: Sequence[FieldEquals]) -> Iterator[Reason]:
    held = {"treatment": (issue.treatment,), "body": issue.body_parts}
    for value in values:
        if value.value in held.get(value.field, ()):
            yield Reason(_VALUE_LABELS[value.field], value.value, 1)
