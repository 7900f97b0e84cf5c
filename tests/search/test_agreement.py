"""The default engine finds what the words say: its answers against a look at every document."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imrsearch.engines import engine
from imrsearch.model import Citation, GuidelineStatement, Patient
from imrsearch.schema.documents import documents
from imrsearch.search.results import SearchResult
from imrsearch.search.service import SearchService
from imrsearch.search.state import Choice, SearchState
from imrsearch.system.settings import load_settings
from tests.search.memory import (
    MemoryBuild,
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    issue,
)

# Few words, so that random searches find something: stems, stop words, and words that are several.
WORDS = (
    *("visit", "visits", "visited", "range", "ranges", "motion", "gain's", "doing", "the", "of"),
    *("no", "may", "do", "l4-5", "x-ray", "x", "ray", "50mg", "50", "mg", "EMG/NCV", "back"),
    *("PT", "approved", "lumbar"),
)
SIGNS = ("(", ")", '"', '"', " OR ", " AND ", " NOT ", " -", "*", "~5")
FIELDS = ("service:", "rationale:", "summary:", "body:", "decision:upheld", "year:2014..")

searches = st.lists(
    st.sampled_from((*WORDS, *SIGNS, *FIELDS)) | st.just(" "), min_size=1, max_size=9
).map(" ".join)
choices = st.lists(
    st.builds(
        Choice,
        st.sampled_from(["body", "decision", "year", "comparison", "ageband", "treatment"]),
        st.sampled_from(
            ["knee", "low back", "upheld", "2014", "2013..2015", "~unknown", "same", "30-39", "MRI"]
        ),
        st.booleans(),
    ),
    max_size=3,
)
ways = st.fixed_dictionaries(
    {
        "match": st.sampled_from(["", "all", "most"]),
        "group": st.sampled_from(["", "case"]),
        "expand": st.booleans(),
        "intent": st.booleans(),
        "spell": st.booleans(),
    }
)


def cited(pages: str) -> GuidelineStatement:
    """A statement that cites these pages of one guideline."""
    citations = tuple(
        Citation("mtus-chronic-pain", "mtus", None, None, None, (), (int(page),), page)
        for page in pages.split("; ")
        if page
    )
    return GuidelineStatement(pages, "mtus", citations)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchService, SearchService]:
    """Searches of the same random letters: by the default engine, and by looking."""
    chance = random.Random(7)

    def text(length: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(length))

    cases = [
        determination(
            f"CM{13 + number % 4}-{number:07}",
            *(
                issue(
                    n,
                    text(3),
                    chance.choice(["upheld", "upheld", "overturned", None]),
                    rationale=text(12),
                    body_parts=tuple(chance.sample(["low back", "knee"], chance.randint(0, 2))),
                    treatment=chance.choice(["MRI", "physical therapy", None]),
                    reviewer_guideline=cited(chance.choice(["58", "58; 59", ""])),
                    claims_administrator=cited(chance.choice(["58", ""])),
                )
                for n in (1, 2)
            ),
            summary=text(6),
        )
        for number in range(40)
    ]
    cases = [
        replace(
            case,
            dates=replace(case.dates, decided=case.dates.decided.replace(year=year)),
            patient=Patient(age=chance.choice([19, 33, 35, None])),
        )
        for case, year in zip(cases, [2013, 2014, 2015, 2016] * 10, strict=True)
        if case.dates.decided
    ]
    issues = list(documents(("", case) for case in cases))
    folder = tmp_path_factory.mktemp("agreement")
    whoosh = engine("whoosh")
    whoosh.create(folder, issues)
    by_engine, by_looking = (
        MemoryBuilds(MemoryIndex(())),
        MemoryBuilds(MemoryIndex(issues)),
    )
    by_engine.build = MemoryBuild("build-1", whoosh.open(folder))
    letters, table = MemoryLetters(cases), load_settings({})
    return SearchService(letters, by_engine, table), SearchService(letters, by_looking, table)


def _found(result: SearchResult) -> dict[str, object]:
    """What must be the same: everything but order and scores."""
    return {
        "total": result.total,
        "outcome": result.outcome,
        "cases": result.cases,
        "notes": [note for note in result.notes if note.code != "partial"],
        "facets": {
            facet.name: {value.value: (value.count, value.overturned) for value in facet.values}
            for facet in result.facets
        },
    }


@settings(max_examples=60)
@given(searches, choices, ways)
def test_totals_facets_and_outcome_are_those_of_the_letters(
    services: tuple[SearchService, SearchService], q: str, chosen: list[Choice], way: dict[str, Any]
) -> None:
    by_engine, by_looking = services
    state = SearchState(q, tuple(chosen), **way)
    assert _found(by_engine.search(state)) == _found(by_looking.search(state))
    assert {(row.case_id, row.number) for row in by_engine.export(state).rows} == {
        (row.case_id, row.number) for row in by_looking.export(state).rows
    }


@given(searches)
def test_the_total_is_the_sum_of_the_decisions(
    services: tuple[SearchService, SearchService], q: str
) -> None:
    result = services[0].search(SearchState(q))
    decisions = next(facet for facet in result.facets if facet.name == "decision")
    assert sum(value.count for value in decisions.values) == result.total
    assert sum(value.overturned for value in decisions.values) == result.outcome.overturned


@pytest.mark.parametrize("word", WORDS)
def test_what_is_found_is_marked(services: tuple[SearchService, SearchService], word: str) -> None:
    state = SearchState(word, per_page=50, expand=False, intent=False)
    for row in services[0].search(state).rows:
        shown = [row.service_html, *(excerpt.html for excerpt in row.excerpts)]
        assert any("<mark>" in html for html in shown)
