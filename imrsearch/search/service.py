"""From a search state to its results: the one way that pages, feeds, exports and commands take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse
from imrsearch.query.close import close_to
from imrsearch.query.compose import ranked
from imrsearch.query.lexer import QueryLimits
from imrsearch.query.notes import Note
from imrsearch.query.tree import And, FieldEquals, Leaf, Or, Query
from imrsearch.schema import FACETS, IssueDocument
from imrsearch.search.comparison import COMPARED_FACETS, Comparison, comparison
from imrsearch.search.facets import chips, facet_tables
from imrsearch.search.from_text import read_pasted
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.interpret import (
    Asked,
    Interpretation,
    interpret,
    known_choices,
    only_mentioned,
    told,
    wider,
)
from imrsearch.search.outcome import outcome
from imrsearch.search.paging import ResultPage, turn_to
from imrsearch.search.results import (
    Export,
    Facet,
    FacetTables,
    ResultRow,
    SearchResult,
    asked_in_words,
)
from imrsearch.search.rows import Determinations, make_rows, values_in
from imrsearch.search.similar import BothSides, both_sides_of
from imrsearch.search.state import SearchState
from imrsearch.search.suggest import Suggested
from imrsearch.search.treatment import TreatmentRecord, TreatmentSource, treatment_record
from imrsearch.search.won_lost import MOST_READ, WonLost, leading_reasons, won_lost
from imrsearch.search.zero_results import zero_result_notes
from imrsearch.system.errors import NotFound, UnknownValue
from imrsearch.system.settings import Settings

CASES_AT_ONCE = 500
"""Most rows of a full export in memory at a time."""


class SearchableBuild(Protocol):
    """A published index build."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def index(self) -> IndexSearcher:
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

    def __init__(self, collection: Determinations, builds: BuildSource, settings: Settings) -> None:
        self._collection = collection
        self._builds = builds
        self._settings = settings
        self._limits = QueryLimits(settings.max_query_chars, settings.max_query_words)
        self._known: IndexProfile | None = None

    def search(self, state: SearchState) -> SearchResult:
        """One page of results with facets, chips, outcome and notes.

        Raises NotIndexed or DamagedBuild where there is nothing to search, nothing else.
        """
        build, known, reading = self._read(state)
        found = self._page(build.index, reading)
        close, close_total = self._close(build.index, reading, found)
        rows = self._rows(found.answer, reading)
        about_build = (Note("older-build", build.note),) if build.note else ()
        notes = (
            *about_build,
            *told(reading, found.answer),
            *found.notes,
            *_about_answer(found.answer, rows),
            *self._offers(known, reading, found),
        )
        result = _search_result(found, reading, rows, notes, known)
        return replace(result, close=close, close_total=close_total)

    def known(self, state: SearchState) -> SearchState:
        """The same search, the facets' values as the index knows them: ``CA`` is California."""
        return known_choices(self._profile(self._builds.current()).vocabulary, state)[0]

    def resolved(self, state: SearchState) -> SearchState:
        """The same. Raises UnknownValue for a value that no issue has, chosen or typed; NotIndexed
        or DamagedBuild."""
        _, known, reading = self._read(state)
        missing = [note.message for note in reading.notes if note.code == "no-such-value"]
        if missing and (reading.unknown or not known.count(reading.narrowed)):
            raise UnknownValue(missing[0])
        return reading.state

    def count(self, state: SearchState) -> int:
        """How many issues a search finds."""
        _, known, reading = self._read(state)
        return known.count(reading.narrowed)

    def export(self, state: SearchState) -> Export:
        """The whole result from its first row on, as many rows as one export may hold."""
        limit = self._settings.max_export
        reading, answer, known = self._ask(state, limit=limit)
        return Export(
            rows=make_rows(answer.hits, self._collection, with_excerpts=False),
            q=state.q,
            address=reading.state.with_page(1).to_url(),
            read_as=asked_in_words(reading.read_as, chips(reading.state)),
            total=answer.total,
            limit=limit,
            build=known.build,
            partial=answer.timed_out,
        )

    def won_lost(self, state: SearchState) -> WonLost:
        """What the overturned issues found met and the upheld ones lacked, with sentences."""
        reading, answer, known = self._ask(state, ("reason",), MOST_READ)
        return won_lost(reading.state, answer, self._collection, known.build)

    def compare(self, a: SearchState, b: SearchState) -> Comparison:
        """Two searches side by side; both should have the same filters."""
        build = self._builds.current()  # one for both, though another is published in between
        sides = tuple(self._ask(state, COMPARED_FACETS, build=build) for state in (a, b))
        both = sides[0].known.count(And(tuple(side.reading.narrowed for side in sides)))
        return comparison(sides[0], sides[1], both, self.count)

    def treatment(self, name: str) -> TreatmentRecord:
        """What is disputed of a treatment, and what won and lost. Raises NotFound where no issue
        is filed under it."""
        build, known, named = self._read(SearchState(name))
        seconds = float(self._settings.search_seconds)
        return treatment_record(
            name,
            TreatmentSource(build.index, self._collection, known.rate, build.id, seconds),
            disputing=known.count(named.narrowed) if named.treatments else None,
        )

    def every_row(self, state: SearchState) -> Iterator[tuple[ResultRow, ...]]:
        """All rows of a search without excerpts, some hundreds at a time, without any limit."""
        build, _, reading = self._read(state)
        total = build.index.count(reading.narrowed)
        hits = build.index.search(replace(self._request(reading), seconds=None, limit=total)).hits
        for start in range(0, len(hits), CASES_AT_ONCE):
            some = hits[start : start + CASES_AT_ONCE]
            yield make_rows(some, self._collection, with_excerpts=False)

    def facet(self, state: SearchState, name: str) -> Facet:
        """All values of one facet under this search; raises NotFound for an unknown facet."""
        return self.facets(state, name).facets[name]

    def facets(self, state: SearchState, *names: str) -> FacetTables:
        """The same for several facets, counted together."""
        for name in names:
            if name not in FACETS:
                raise NotFound(f"There is no facet named “{name}”.")
        reading, answer, known = self._ask(state, names)
        tables = facet_tables(answer.facets, reading.state, shown=None)
        return FacetTables(
            total=answer.total,
            outcome=outcome(answer.total, answer.overturned, known.rate, reading.by_decision),
            facets={table.name: table for table in tables},
            build=known.build,
        )

    def similar(self, issue: IssueDocument) -> BothSides | None:
        """The nearest issues of other cases on both sides; ``None`` for one of unknown kind."""
        return both_sides_of(self._builds.current().index, self._collection, issue)

    @property
    def build(self) -> str:
        """The name of the build that answers. Raises NotIndexed or DamagedBuild."""
        return self._builds.current().id

    def like(self, text: str) -> SearchState:
        """The search that a pasted letter or record asks for; its cited pages as filters, where
        any issue is left with them. Nothing of the text is kept."""
        found = read_pasted(text, self._profile(self._builds.current()).share)
        state = SearchState(found.q, match="most")
        citing = state
        for value in found.cites:
            citing = citing.with_value("cites", value)
        return citing if self.count(citing) else state

    def terms(self, state: SearchState) -> tuple[Leaf, ...]:
        """What a search makes stand out in a text, other names included."""
        return self._read(state)[2].terms

    def suggest(self, text: str) -> tuple[Suggested, ...]:
        """What someone who has typed this may go on to search for."""
        return self._profile(self._builds.current()).suggester.suggest(text)

    # ------------------------------------------------------------------------------------ steps

    def _read(
        self, state: SearchState, build: SearchableBuild | None = None
    ) -> tuple[SearchableBuild, IndexProfile, Interpretation]:
        """A build, by default the current one, the facts about it, and how it reads a search."""
        build = build or self._builds.current()
        known = self._profile(build)
        return build, known, interpret(known, state)

    def _profile(self, build: SearchableBuild) -> IndexProfile:
        """The facts about a build: found out once, and again as long as a part of its index does
        not answer."""
        known = self._known  # read once: another thread may put that of another build there
        if known is None or known.build != build.id or known.partial:
            known = self._known = IndexProfile(build.id, build.index, self._limits)
        return known

    def _ask(
        self,
        state: SearchState,
        facets: tuple[str, ...] = (),
        limit: int = 0,
        build: SearchableBuild | None = None,
    ) -> Asked:
        """A search with its answer: the counts of ``facets``, and so many hits."""
        build, known, reading = self._read(state, build)
        request = replace(self._request(reading), facets=facets, limit=limit)
        return Asked(reading, build.index.search(request), known)

    def _request(self, reading: Interpretation) -> SearchRequest:
        return SearchRequest(
            query=ranked(reading.query, reading.wishes),
            filters=reading.filters,
            sort=reading.state.sort,
            seconds=float(self._settings.search_seconds),
        )

    def _page(self, index: IndexSearcher, reading: Interpretation) -> ResultPage:
        request = replace(
            self._request(reading),
            facets=tuple(FACETS),
            fold=reading.state.group == "wording",
            beside=(reading.other_scope,) if reading.other_scope else (),
        )

        def ask(offset: int, limit: int) -> SearchResponse:
            return index.search(replace(request, offset=offset, limit=limit))

        return turn_to(reading.state, self._settings.max_page, ask)

    def _close(
        self, index: IndexSearcher, reading: Interpretation, found: ResultPage
    ) -> tuple[tuple[ResultRow, ...], int]:
        """Issues that match some of the search, as far as the last page has room for them, and how
        many there are."""
        state, room = found.state, found.state.per_page - len(found.answer.hits)
        query = close_to(reading.query, reading.meant, reading.cites, reading.counts)
        if query is None or room <= 0 or state.group or found.answer.timed_out:
            return (), 0
        ranking = ranked(query, reading.wishes)
        request = replace(self._request(reading), query=ranking, sort="relevance", limit=room)
        answer = index.search(request)
        return self._rows(answer, reading, is_close=True), answer.total

    def _rows(
        self, answer: SearchResponse, reading: Interpretation, is_close: bool = False
    ) -> tuple[ResultRow, ...]:
        return make_rows(
            answer.hits,
            self._collection,
            reading.terms,
            values=values_in(reading.query),
            meant=reading.meant,
            close_to=reading.query if is_close else None,
        )

    def _offers(
        self, known: IndexProfile, reading: Interpretation, found: ResultPage
    ) -> tuple[Note, ...]:
        """Other searches, where this one finds nothing or little."""
        total = found.answer.total
        if found.answer.timed_out or total >= found.state.per_page:
            return ()
        if total:
            return wider(known, reading, total)
        return zero_result_notes(known, reading, self.count)


def _search_result(
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
        outcome=outcome(answer.total, answer.overturned, known.rate, reading.by_decision),
        rows=rows,
        facets=facet_tables(answer.facets, state),
        chips=chips(state),
        notes=notes,
        partial=answer.timed_out,
        build=known.build,
        match="most" if reading.most else "all",
        group=state.group,
        cases=found.cases,
        wordings=answer.wordings,
        jump=_jump(reading.query, rows, answer.total),
        mentions=state.mentions,
        only_mentioned=only_mentioned(reading, answer),
        leading_reasons=leading_reasons(reading.state, answer),
    )


def _jump(query: Query, rows: tuple[ResultRow, ...], total: int) -> str | None:
    """Where a search for nothing but a case leads."""
    asked = query.parts if isinstance(query, Or) else (query,)
    is_case = all(isinstance(one, FieldEquals) and one.field == "case" for one in asked)
    found = {row.case_id for row in rows}
    if is_case and len(found) == 1 and (len(asked) == 1 or total == len(rows)):
        return f"/case/{found.pop()}"
    return None


def _about_answer(answer: SearchResponse, rows: tuple[ResultRow, ...]) -> tuple[Note, ...]:
    notes = []
    if answer.timed_out:
        notes.append(Note("partial", "The search took too long; this is what was found in time."))
    if len(rows) < len(answer.hits):
        notes.append(
            Note("changed", "Some letters have changed since they were indexed and are not shown.")
        )
    return tuple(notes)
