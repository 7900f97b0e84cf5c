"""The search over an index folder, in the words of a caller: facets are keywords."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from imrsearch.builds.reading import Builds
from imrsearch.model import Determination, Issue
from imrsearch.schema import FACETS
from imrsearch.schema.documents import documents
from imrsearch.search.quoting import Quotation, quotation
from imrsearch.search.rows import LetterStore
from imrsearch.search.service import SearchService
from imrsearch.search.similar import BothSides
from imrsearch.search.state import (
    GROUPS,
    MATCHES,
    PAGE_SIZES,
    SORTS,
    SWITCHES,
    Choice,
    MatchMode,
    SearchState,
)
from imrsearch.settings import Settings

Values = str | Iterable[str]
"""One value of a facet, or several: any of them."""


class Searching:
    """The ``service`` over the folder's current build, and what callers ask it for."""

    def __init__(self, letters: LetterStore, settings: Settings) -> None:
        self._settings = settings
        self.service = SearchService(letters, Builds(settings), settings)

    def similar(self, case: Determination, issue: Issue) -> BothSides:
        """The nearest issues on both sides; none for an issue of unknown kind."""
        (document,) = documents([("", replace(case, issues=(issue,)))])
        return self.service.similar(document) or BothSides((), ())

    def quotation(self, case: Determination, issue: Issue) -> Quotation:
        """How to cite an issue, at the address that the settings give the site."""
        address = f"{self._settings.site_url}/case/{case.case_id}"
        return quotation(case, issue, address, self.service.build)

    @staticmethod
    def state(
        query: str,
        facets: Mapping[str, Values],
        exclude: Mapping[str, Values],
        *,
        sort: str,
        page: int,
        per_page: int,
        match: MatchMode,
        group: str,
        as_typed: bool,
    ) -> SearchState:
        """The search as a whole.

        Raises TypeError for a facet that does not exist, ValueError for an option's value that
        does not.
        """
        _require("sort", sort, SORTS)
        _require("per_page", per_page, PAGE_SIZES)
        _require("match", match, MATCHES)
        _require("group", group, GROUPS)
        choices = (*_choices_of(facets), *_choices_of(exclude, excluded=True))
        state = SearchState(query, choices, sort, page, per_page, match, group)
        for switch in SWITCHES if as_typed else ():
            state = state.without(switch).with_page(page)
        return state


def _require(option: str, value: object, known: Container[object]) -> None:
    if value not in known:
        raise ValueError(f"{option}={value!r} is none of {known}.")


def _choices_of(facets: Mapping[str, Values], *, excluded: bool = False) -> Iterator[Choice]:
    for name, values in facets.items():
        if name not in FACETS:
            raise TypeError(f"There is no facet {name!r}; there are {', '.join(FACETS)}.")
        for value in (values,) if isinstance(values, str) else values:
            yield Choice(name, value, excluded)
