"""What was searched for, in words."""

from __future__ import annotations

from imrsearch.schema import FACETS
from imrsearch.search.state import SearchState
from imrsearch.text.plurals import count
from imrsearch.web.presenters.facets import TELLS_THE_DECISION

MOST_NAMED = 4
"""A heading names so many filters at most; the chips name them all."""


def search_in_words(state: SearchState, total: int) -> str:
    """What was searched for and how much was found: "2 issues for “gym”, overturned"."""
    found = count(total, "issue") if total else "No issues"
    return found + subject_in_words(state)


def subject_in_words(state: SearchState) -> str:
    """What was searched for: " for “gym”, overturned"."""
    words = f" for “{state.q}”" if state.q else ""
    return words + _filters_in_words(state)


def _filters_in_words(state: SearchState) -> str:
    if not state.choices:
        return ""
    if len(state.choices) > MOST_NAMED:
        return f", with {len(state.choices)} filters"
    wanted = [_value_labels(facet, values) for facet, values in state.filters.items()]
    unwanted = [f"not {_value_labels(facet, values)}" for facet, values in state.excluded.items()]
    return ", " + ", ".join(wanted + unwanted)


def _value_labels(facet: str, values: tuple[str, ...]) -> str:
    labels = (FACETS[facet].label(value).partition(": ")[0] for value in values)
    joined = " or ".join(labels)
    return joined.lower() if facet in TELLS_THE_DECISION else joined
