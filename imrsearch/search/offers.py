"""What to offer when nothing was found: changes of the search that find something."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from imrsearch.engines.contract import And, Everything, Or, Query
from imrsearch.search.facets import FACETS
from imrsearch.search.language import positive_leaves
from imrsearch.search.printing import printed
from imrsearch.search.results import Note
from imrsearch.search.state import SearchState

Counter = Callable[[Query, SearchState], int]
"""How many issues a query finds under a state's filters."""


def offers(query: Query, state: SearchState, count: Counter) -> tuple[Note, ...]:
    """A note with a link for each simple change that finds at least one issue."""
    found = []
    for code, label, other_query, other_state in _changes(query, state):
        total = count(other_query, other_state)
        if total:
            issues = "1 issue" if total == 1 else f"{total} issues"
            found.append(Note(code, f"{label}: {issues}", other_state.to_url()))
    return tuple(found)


def _changes(query: Query, state: SearchState) -> Iterator[tuple[str, str, Query, SearchState]]:
    chosen = dict.fromkeys(choice.facet for choice in state.choices)
    for facet in chosen:
        title = FACETS[facet].title
        yield "without-filter", f"Without the filter “{title}”", query, state.without_facet(facet)
    if len(chosen) > 1:
        yield "without-filters", "Without any filter", query, state.without_choices()
    loose = _any_word(query)
    if loose:
        yield "any-word", "With any of the words", loose, state.with_query(printed(loose))


def _any_word(query: Query) -> Query | None:
    """The query with any one of its words instead of all; ``None`` if it has but one."""
    parts = query.parts if isinstance(query, And) else ()
    words = tuple(part for part in parts if positive_leaves(part))
    rest = tuple(part for part in parts if part not in words and part != Everything())
    if len(words) < 2:
        return None
    flat = [inner for part in words for inner in (part.parts if isinstance(part, Or) else (part,))]
    loose = Or(tuple(flat))
    return And((loose, *rest)) if rest else loose
