"""What to offer when nothing was found: changes of the search that find something."""

from __future__ import annotations

from collections.abc import Iterator

from imrsearch.model import OVERTURNED
from imrsearch.query.fields import DECIDED
from imrsearch.query.format import printed
from imrsearch.query.notes import Note
from imrsearch.query.required import CountIssues, in_words, names_in
from imrsearch.query.tree import (
    And,
    FieldEquals,
    MatchAll,
    MinShouldMatch,
    Or,
    Query,
    Range,
    positive_leaves,
)
from imrsearch.query.values import nearest
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FACETS, amount_label
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.interpret import MOST_UNKNOWN, Interpretation
from imrsearch.search.state import CountFound, SearchState
from imrsearch.text.quantities import count

MOST_PARTS = 8
"""Searches of more parts than this are not tried without each of them."""

_Change = tuple[str, str, SearchState]
"""The code of a note, what another search does differently, and that search."""


def zero_result_notes(
    known: IndexProfile, reading: Interpretation, total_of: CountFound
) -> tuple[Note, ...]:
    """How many issues dispute each treatment named, then a note with a link for each change that
    finds at least one issue: values nearest to those that no issue has, fewer filters or words."""
    changes = (
        *_nearest_values(reading, known.vocabulary),
        *_nearest_typed(reading, known.vocabulary),
        *_fewer_filters(reading.state),
        *_fewer_words(reading),
    )
    found = (
        Note(code, f"{label}: {count(total, 'issue')}", state.to_url())
        for code, label, state in changes
        if (total := total_of(state))
    )
    return (*_disputing_issues(reading, known.count), *found)


def _nearest_values(reading: Interpretation, vocabulary: Vocabulary) -> Iterator[_Change]:
    for choice in reading.unknown[:MOST_UNKNOWN]:
        others = reading.state.without_value(choice.facet, choice.value)
        for value in () if choice.excluded else nearest(vocabulary, choice.facet, choice.value):
            label = _value_words(choice.facet, value)
            yield ("nearest-value", label, others.with_value(choice.facet, value))


def _nearest_typed(reading: Interpretation, vocabulary: Vocabulary) -> Iterator[_Change]:
    """For ``specialty:chiropractic``, which no reviewer has, ``specialty:Chiropractor``."""
    query = in_words(reading.query)
    parts = list(_query_parts(query) or (query,))
    values = [part for part in parts if isinstance(part, FieldEquals) and part.field in FACETS]
    unknown = [part for part in values if not vocabulary.has(part.field, part.value)]
    for part in unknown[:MOST_UNKNOWN]:
        for value in nearest(vocabulary, part.field, part.value):
            known = FieldEquals(part.field, value)
            other = _and_of([known if one is part else one for one in parts])
            state = reading.state.with_query(printed(other))
            yield ("nearest-value", _value_words(part.field, value), state)


def _value_words(facet: str, value: str) -> str:
    kind = FACETS[facet]
    return f"{kind.title} “{kind.label(value)}”"


def _part_words(part: Query) -> str:
    """What a part asks for, without the search language: quantity 120, “scooter”."""
    match part:
        case FieldEquals(field, value) if field in FACETS:
            return _value_words(field, value)
        case Range(field, low, high) if field != DECIDED:
            name = field.replace("_", " ")
            bounds = str(low) if low == high else f"{low or ''}..{high or ''}"
            return f"{name} {amount_label(bounds).lower()}"
    return f"“{printed(part)}”"


def _disputing_issues(reading: Interpretation, total_of: CountIssues) -> Iterator[Note]:
    """For each treatment named, how many issues dispute it at all, and how many were overturned."""
    won = FieldEquals("decision", OVERTURNED)
    for one in reading.treatments:
        if total := total_of(one.filter):
            name, overturned = names_in(one), total_of(And((one.filter, won)))
            verb = "disputes" if total == 1 else "dispute"
            message = f"{count(total, 'issue')} {verb} {name}: {overturned:,} overturned"
            yield Note("disputed", message, SearchState(name).to_url())


def _fewer_filters(state: SearchState) -> Iterator[_Change]:
    chosen = dict.fromkeys(choice.facet for choice in state.choices)
    for facet in chosen:
        label = f"Without the filter “{FACETS[facet].title}”"
        yield ("without-filter", label, state.without_facet(facet))
    if len(chosen) > 1:
        yield ("without-filters", "Without any filter", state.without_choices())


def _fewer_words(reading: Interpretation) -> Iterator[_Change]:
    state = reading.state
    parts = [part for part in _query_parts(in_words(reading.query)) if part != MatchAll()]
    if 1 < len(parts) <= MOST_PARTS:
        for left_out in parts:
            other = _and_of([part for part in parts if part is not left_out])
            label = f"Without {_part_words(left_out)}"
            yield ("without-word", label, state.with_query(printed(other)))
    words = [part for part in parts if positive_leaves(part)]
    if len(words) > 1:
        others = [part for part in parts if part not in words]
        inner = (part.parts if isinstance(part, Or) else (part,) for part in words)
        loose = _and_of([Or(tuple(one for some in inner for one in some)), *others])
        label = "With any of the words"
        yield ("any-word", label, state.with_query(printed(loose)))


def _query_parts(query: Query) -> tuple[Query, ...]:
    """What the words ask for, one by one, all of it or most."""
    parts = query.parts if isinstance(query, And | MinShouldMatch) else ()
    return tuple(
        one
        for part in parts
        for one in (part.parts if isinstance(part, MinShouldMatch) else (part,))
    )


def _and_of(parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else And(tuple(parts))
