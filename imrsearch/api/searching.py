"""The search over an index folder, in the words of a caller: facets are keywords."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from imrsearch.api.cases import Cases
from imrsearch.schema import FACETS
from imrsearch.schema.documents import documents
from imrsearch.search.quoting import Quotation, quotation
from imrsearch.search.results import Export, Facet, ResultRow, SearchResult
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
from imrsearch.search.won_lost import WonLost
from imrsearch.storage.builds.reading import Builds
from imrsearch.system.settings import Settings

Values = str | Iterable[str]
"""One value of a facet, or several: any of them."""


class Searching(Cases):
    """The letters of an index folder and the search over them. For one thread, as ``Cases``."""

    def __init__(self, settings: Settings) -> None:
        """Raises NotIndexed, CollectionTooNew or DamagedCollection."""
        super().__init__(settings)
        self._builds = Builds(settings)
        self._opened_service = SearchService(self._letters, self._builds, settings)

    @property
    def _service(self) -> SearchService:
        """The search over the letters. Raises IndexClosed."""
        self._require_open()
        return self._opened_service

    def search(
        self,
        query: str = "",
        /,
        *,
        exclude: Mapping[str, Values] | None = None,
        sort: str = "relevance",
        page: int = 1,
        per_page: int = 10,
        match: MatchMode = "",
        group: str = "",
        as_typed: bool = False,
        **facets: Values,
    ) -> SearchResult:
        """One page of results: rows with excerpts, facets, outcome, notes.

        ``query`` is what people type into the search box. Each further keyword is a facet
        (``decision="overturned"``, ``body=["neck", "knee"]``), ``exclude`` leaves values out.
        ``sort``: relevance, newest, oldest, overturned. ``match``: all or most of the words, by
        default as the search's form asks for. ``group="case"`` puts a case's issues together.
        ``as_typed``: no other names, no reading of citations and decisions, no corrections.

        Raises TypeError for a facet that does not exist, UnknownValue for a value that no issue
        has, ValueError for another option's value; IndexClosed, NotIndexed, DamagedBuild.
        """
        _require("sort", sort, SORTS)
        _require("per_page", per_page, PAGE_SIZES)
        _require("match", match, MATCHES)
        _require("group", group, GROUPS)
        choices = (*_choices_of(facets), *_choices_of(exclude or {}, excluded=True))
        state = SearchState(query, choices, sort, page, per_page, match, group)
        if as_typed:
            state = state.without(*SWITCHES).with_page(page)
        return self._service.search(self.resolved(state))

    def search_state(self, state: SearchState) -> SearchResult:
        """The same for a search as a whole, such as ``SearchState.from_url("q=mri&page=2")``; a
        value that no issue has finds nothing, as a link to the site does, with a note."""
        return self._service.search(state)

    def resolved(self, state: SearchState) -> SearchState:
        """The same search, the facets' values as the index knows them: ``CA`` is California.

        Raises UnknownValue for a value that no issue has, chosen or typed.
        """
        return self._service.resolved(state)

    def export(self, state: SearchState) -> Export:
        """All rows of a search, without excerpts, up to the setting ``max_export``."""
        return self._service.export(state)

    def every_row(self, state: SearchState) -> Iterator[ResultRow]:
        """All rows of a search, without excerpts and without a limit, read as they come."""
        for rows in self._service.every_row(state):
            yield from rows

    def facet(self, name: str, state: SearchState) -> Facet:
        """All values of a facet among the issues of a search. Raises NotFound for no such facet."""
        return self._service.facet(state, name)

    def similar(self, issue: str) -> BothSides:
        """The issues of other cases most like one, those overturned and those upheld; none for an
        issue of unknown kind."""
        case, wanted = self.issue(issue)
        (document,) = documents([("", replace(case, issues=(wanted,)))])
        return self._service.similar(document) or BothSides((), ())

    def cite(self, issue: str) -> Quotation:
        """How to cite an issue, and the sentence that decides it, verbatim, ready to paste.

        Addresses begin with the setting ``site_url``.
        """
        case, wanted = self.issue(issue)
        address = f"{self.settings.site_url}/case/{case.case_id}"
        return quotation(case, wanted, address, self.build)

    @property
    def build(self) -> str:
        """The name of the index build that answers. Raises NotIndexed or DamagedBuild."""
        return self._service.build

    def won_lost(self, state: SearchState) -> WonLost:
        """What the overturned issues found met and the upheld ones lacked, with sentences."""
        return self._service.won_lost(state)


def _require(option: str, value: object, known: Container[object]) -> None:
    if value not in known:
        raise ValueError(f"{option}={value!r} is none of {known}.")


def _choices_of(facets: Mapping[str, Values], *, excluded: bool = False) -> Iterator[Choice]:
    for name, values in facets.items():
        if name not in FACETS:
            raise TypeError(f"There is no facet {name!r}; there are {', '.join(FACETS)}.")
        for value in (values,) if isinstance(values, str) else values:
            yield Choice(name, value, excluded)
