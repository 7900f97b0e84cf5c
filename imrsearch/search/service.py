"""From a search state to its results: the one way that pages, feeds, exports and commands take."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from imrsearch.engines.base import Index, SearchRequest, SearchResponse
from imrsearch.errors import NotFound
from imrsearch.query.boosts import ranked
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.notes import Note
from imrsearch.query.parser import Interpretation
from imrsearch.query.tree import FieldEquals, Leaf, Query
from imrsearch.schema import FACETS
from imrsearch.search.explain import values_in
from imrsearch.search.facets import chips, facet_tables
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.interpret import filters_of, find_reading, undoable, wider
from imrsearch.search.outcome import outcome
from imrsearch.search.paging import ResultPage, turn_to
from imrsearch.search.results import Export, Facet, ResultRow, SearchResult
from imrsearch.search.rows import LetterStore, make_rows
from imrsearch.search.state import SearchState
from imrsearch.search.suggest import Suggested
from imrsearch.search.zero_results import zero_result_offers
from imrsearch.settings import Settings


class SearchableBuild(Protocol):
    """A published index build."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def index(self) -> Index:
        """Its open index."""

    @property
    def note(self) -> str | None:
        """Why it answers in the place of another build, if it does."""


class BuildSource(Protocol):
    """Where the current build comes from."""

    def current(self) -> SearchableBuild:
        """The build to search; raises NotIndexed or DamagedBuild."""


class SearchService:
    """Answers searches over the current build. Safe to share between threads."""

    def __init__(self, collection: LetterStore, builds: BuildSource, settings: Settings) -> None:
        self._collection = collection
        self._builds = builds
        self._settings = settings
        self._limits = QueryLimits(settings.max_query_chars, settings.max_query_words)
        self._known: IndexProfile | None = None

    def search(self, state: SearchState) -> SearchResult:
        """One page of results with facets, chips, outcome and notes.

        Raises NotIndexed or DamagedBuild where there is nothing to search, nothing else.
        """
        build = self._builds.current()
        known = self._knowledge(build)
        reading = self._reading(known, state)
        found = self._page(build.index, reading.query, state)
        rows = make_rows(
            found.answer.hits,
            self._collection,
            reading.terms,
            state.q,
            values=values_in(reading.query),
        )
        notes = (
            *_about_build(build),
            *undoable(reading.notes, state, found.answer.total),
            *found.notes,
            *_about_answer(found.answer, rows),
            *self._offers(build.index, reading, found),
            *self._wider(known, reading, found),
        )
        return self._result(found, reading, rows, notes, known)

    def export(self, state: SearchState) -> Export:
        """The whole result from its first row on, as many rows as one export may hold."""
        build, limit = self._builds.current(), self._settings.max_export
        reading = self._reading(self._knowledge(build), state)
        answer = build.index.search(replace(self._request(reading.query, state), limit=limit))
        return Export(
            rows=make_rows(answer.hits, self._collection, with_excerpts=False),
            q=state.q,
            address=state.with_page(1).to_url(),
            read_as=reading.read_as,
            total=answer.total,
            limit=limit,
            build=build.id,
            partial=answer.timed_out,
        )

    def facet(self, state: SearchState, name: str) -> Facet:
        """All values of one facet under this search; raises NotFound for a facet unheard of."""
        if name not in FACETS:
            raise NotFound(f"There is no facet named “{name}”.")
        build = self._builds.current()
        reading = self._reading(self._knowledge(build), state)
        request = replace(self._request(reading.query, state), facets=(name,), limit=1)
        answer = build.index.search(request)
        return facet_tables(answer.facets, state, shown=None)[0]

    def like(self, text: str) -> SearchState:
        """The search that a pasted letter or record asks for; its cited pages as filters, where
        any issue is left with them. Nothing of the text is kept (see ``search.pasted``)."""
        from imrsearch.search.from_text import read_pasted  # the reader of letters is behind it

        known = self._knowledge(self._builds.current())
        found = read_pasted(text, known.share)
        state = SearchState(found.q, match="most")
        citing = state
        for value in found.cites:
            citing = citing.with_value("cites", value)
        return citing if self.search(citing).total else state

    def terms(self, state: SearchState) -> tuple[Leaf, ...]:
        """What a search makes stand out in a text, other names included."""
        return self._reading(self._knowledge(self._builds.current()), state).terms

    def suggest(self, text: str) -> tuple[Suggested, ...]:
        """What a search that begins so may be going to be."""
        return self._knowledge(self._builds.current()).suggester.suggest(text)

    # ------------------------------------------------------------------------------------ steps

    def _knowledge(self, build: SearchableBuild) -> IndexProfile:
        """What the build holds, found out once for each build."""
        if self._known is None or self._known.build != build.id:
            self._known = IndexProfile(build.id, build.index)
        return self._known

    def _reading(self, known: IndexProfile, state: SearchState) -> Interpretation:
        """The search as it finds something, if any way of reading it does."""
        return find_reading(known, state, self._limits)

    def _request(self, query: Query, state: SearchState) -> SearchRequest:
        return SearchRequest(
            query=ranked(query),
            filters=filters_of(state),
            sort=state.sort,
            seconds=float(self._settings.search_seconds),
        )

    def _page(self, index: Index, query: Query, state: SearchState) -> ResultPage:
        request = replace(self._request(query, state), facets=tuple(FACETS))

        def ask(offset: int, limit: int) -> SearchResponse:
            return index.search(replace(request, offset=offset, limit=limit))

        return turn_to(state, self._settings.max_page, ask)

    def _offers(self, index: Index, reading: Interpretation, found: ResultPage) -> tuple[Note, ...]:
        if found.answer.total or found.answer.timed_out:
            return ()

        def count(query: Query, state: SearchState) -> int:
            return index.search(replace(self._request(query, state), limit=1)).total

        return zero_result_offers(reading.query, found.state, count)

    def _wider(
        self, known: IndexProfile, reading: Interpretation, found: ResultPage
    ) -> tuple[Note, ...]:
        if not 0 < found.answer.total < found.state.per_page:
            return ()
        return wider(known, reading, found.state, self._limits)

    def _result(
        self,
        found: ResultPage,
        reading: Interpretation,
        rows: tuple[ResultRow, ...],
        notes: tuple[Note, ...],
        known: IndexProfile,
    ) -> SearchResult:
        state, answer = found.state, found.answer
        return SearchResult(
            q=state.q,
            read_as=reading.read_as,
            filters=state.filters,
            excluded=state.excluded,
            sort=state.sort,
            page=state.page,
            pages=found.pages,
            per_page=state.per_page,
            total=answer.total,
            outcome=outcome(answer.total, answer.overturned, known.rate),
            rows=rows,
            facets=facet_tables(answer.facets, state),
            chips=chips(state),
            notes=notes,
            partial=answer.timed_out,
            build=known.build,
            match="most" if reading.most else "all",
            group=state.group,
            cases=found.cases,
            jump=_jump(reading.query, answer.total),
        )


def _jump(query: Query, total: int) -> str | None:
    """Where a search for nothing but a case leads."""
    if isinstance(query, FieldEquals) and query.field == "case" and total:
        return f"/case/{query.value}"
    return None


def _about_build(build: SearchableBuild) -> tuple[Note, ...]:
    return (Note("older-build", build.note),) if build.note else ()


def _about_answer(answer: SearchResponse, rows: tuple[ResultRow, ...]) -> tuple[Note, ...]:
    notes = []
    if answer.timed_out:
        notes.append(Note("partial", "The search took too long; this is what was found in time."))
    if len(rows) < len(answer.hits):
        notes.append(
            Note(
                "changed", "Some letters have changed since they were indexed; they are not shown."
            )
        )
    return tuple(notes)
