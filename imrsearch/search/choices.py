"""Resolves chosen facet values to those of the index: ``body=lumbar`` is the low back."""

from __future__ import annotations

from dataclasses import replace

from imrsearch.query.values import chosen_values
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.search.state import Choice, SearchState


def known_choices(
    vocabulary: Vocabulary, state: SearchState
) -> tuple[SearchState, tuple[Choice, ...]]:
    """The same search with each chosen value under its canonical name, and the choices that no
    issue has, unchanged."""
    found = {
        choice: chosen_values(vocabulary, choice.facet, choice.value) for choice in state.choices
    }
    unknown = tuple(choice for choice, values in found.items() if not values)
    choices = (
        replace(choice, value=value)
        for choice, values in found.items()
        for value in values or (choice.value,)
    )
    return replace(state, choices=tuple(choices)), unknown
