"""An index folder, open for searching and reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from imrsearch.collection.reader import CollectionReader
from imrsearch.errors import NotFound
from imrsearch.model import Determination, Issue, known_as
from imrsearch.settings import Settings, load_settings

if TYPE_CHECKING:
    from imrsearch.api.searching import Searching, Values
    from imrsearch.collection.store import Collection
    from imrsearch.search.kit.kit import Kit
    from imrsearch.search.quoting import Quotation
    from imrsearch.search.results import Export, Facet, ResultRow, SearchResult
    from imrsearch.search.service import SearchService
    from imrsearch.search.similar import BothSides
    from imrsearch.search.state import MatchMode, SearchState
    from imrsearch.search.won_lost import WonLost


def open_index(folder: str | Path | None = None, **settings: int | str) -> Index:
    """Open an index folder, by default the one that ``IMRSEARCH_INDEX`` names.

    ``settings`` are those of ``docs/settings.md``: ``open_index("index", max_export=50_000)``.
    Raises NotIndexed, CollectionTooNew, DamagedCollection, SettingsError.
    """
    index = None if folder is None else str(folder)
    return Index(load_settings(None, index=index, **settings))


class Index:
    """The letters of an index folder and the search over them. For one thread: open one in each.

    Close it, or use it in a ``with`` statement.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises NotIndexed, CollectionTooNew or DamagedCollection."""
        self.settings = settings
        self._letters = _letters_of(settings)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Index({str(self.settings.index)!r})"

    def close(self) -> None:
        """Let go of the files."""
        self._letters.close()

    # ---------------------------------------------------------------------------------- search

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

        Raises TypeError for a facet that does not exist, ValueError for another option's value;
        NotIndexed, DamagedBuild.
        """
        state = self._searching.state(
            query,
            facets,
            exclude or {},
            sort=sort,
            page=page,
            per_page=per_page,
            match=match,
            group=group,
            as_typed=as_typed,
        )
        return self._service.search(state)

    def search_state(self, state: SearchState) -> SearchResult:
        """The same for a search as a whole, such as ``SearchState.from_url("q=mri&page=2")``."""
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

    # --------------------------------------------------------------------------------- letters

    def case(self, case_id: str) -> Determination:
        """What the letter of a case says; ``cm16-0000101`` will do. Raises NotFound."""
        return self._letters.determination(known_as(case_id))

    def text(self, case_id: str) -> str:
        """The letter's text as kept; the evidence of a determination points into it. Raises
        NotFound."""
        return self._letters.letter(known_as(case_id)).text

    def cases(self) -> Iterator[Determination]:
        """What every letter says, in order of the cases' numbers."""
        return self._letters.every_determination()

    def issues(self) -> Iterator[dict[str, Any]]:
        """Every issue as a plain dict, its case's facts beside its own: a row of a table.

        The keys are those of ``imrsearch parse --json``, those inside others joined
        (``dates_decided``, ``patient_age``); days are texts such as ``2016-12-09``.
        """
        return (row for determination in self.cases() for row in _issue_rows(determination))

    def issue(self, issue: str) -> tuple[Determination, Issue]:
        """An issue with its case: ``CM16-0000101#2``, or the number of a case with one issue.

        Raises NotFound.
        """
        case_id, _, number = issue.partition("#")
        case = self.case(case_id)
        numbers = {str(one.number): one for one in case.issues}
        wanted = number or (next(iter(numbers)) if len(numbers) == 1 else "")
        if wanted not in numbers:
            known = ", ".join(f"{case.case_id}#{one}" for one in numbers) or "no issue"
            raise NotFound(f"There is no issue “{issue}”.", f"This case has {known}.")
        return case, numbers[wanted]

    def similar(self, issue: str) -> BothSides:
        """The issues of other cases most like one, those overturned and those upheld."""
        return self._searching.similar(*self.issue(issue))

    def cite(self, issue: str) -> Quotation:
        """How to cite an issue, and the sentence that decides it, verbatim, ready to paste.

        Addresses begin with the setting ``site_url``.
        """
        return self._searching.quotation(*self.issue(issue))

    @property
    def build(self) -> str:
        """The name of the index build that answers. Raises NotIndexed or DamagedBuild."""
        return self._service.build

    def won_lost(self, state: SearchState) -> WonLost:
        """What the overturned issues found met and the upheld ones lacked, with sentences."""
        return self._service.won_lost(state)

    def kit(self, text: str) -> Kit:
        """The requests of a pasted denial, form or report, each with precedents of both sides.

        ``kit_json`` of ``imrsearch.search.kit.kit`` makes the object of ``imrsearch like --json``.
        """
        return self._service.kit(text)

    @property
    def _service(self) -> SearchService:
        return self._searching.service

    @cached_property
    def _searching(self) -> Searching:
        # Showing a case needs no search, which would double the time of its start: 0.16 s.
        from imrsearch.api.searching import Searching

        return Searching(self._letters, self.settings)


def _letters_of(settings: Settings) -> CollectionReader | Collection:
    if not settings.collection:
        return CollectionReader(settings.index)
    # SQLAlchemy, behind it, takes longer to load than a search from the shell: 0.42 s.
    from imrsearch.collection.store import Collection

    return Collection.open(settings.collection)


_NESTED = ("dates", "reviewer", "patient")
_LEFT_OUT = {"issues", "warnings", "evidence", *_NESTED}


def _issue_rows(determination: Determination) -> Iterator[dict[str, Any]]:
    facts = msgspec.json.decode(msgspec.json.encode(determination))  # tuples as lists
    case = {name: value for name, value in facts.items() if name not in _LEFT_OUT}
    for group in _NESTED:
        case |= {f"{group}_{name}": value for name, value in facts[group].items()}
    for issue in facts["issues"]:
        yield case | issue
