from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import Determination
from imrsearch.query.format import printed
from imrsearch.schema import IssueDocument
from imrsearch.search.results import SearchResult, to_json
from imrsearch.search.service import CASES_AT_ONCE, SearchableBuild, SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.errors import NotFound, UnknownValue
from imrsearch.system.settings import load_settings
from tests.search.memory import (
    CASES,
    MemoryBuild,
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    documents,
    issue,
    search,
    service,
)


def places(result: SearchResult) -> list[str]:
    return [f"{row.case_id[-1]}.{row.number}" for row in result.rows]


@pytest.mark.parametrize(
    ("url", "found"),
    [
        pytest.param("", ["1.1", "1.2", "2.1", "3.1"], id="everything"),
        pytest.param("q=decision:upheld+service:chiropractic*", ["2.1"], id="issues, not cases"),
        pytest.param("q=visits&decision=overturned", ["1.1"], id="words and a filter"),
        pytest.param("body=neck&body=knee", ["2.1", "3.1"], id="same facet: any"),
        pytest.param("body=low+back&category=Rehabilitation&year=2014", ["2.1"], id="facets: all"),
        pytest.param("not.category=Rehabilitation", ["1.2", "3.1"], id="left out"),
        pytest.param("body=~unknown", ["1.2"], id="missing"),
        pytest.param("year=2013..2015", ["2.1"], id="range"),
        pytest.param("body=elbow", [], id="a value that nothing has"),
        pytest.param("q=visits&sort=newest", ["1.1", "2.1"], id="sorted"),
    ],
)
def test_what_is_found(url: str, found: list[str]) -> None:
    result = search(url)
    assert places(result) == found
    assert result.total == len(found)


def many(count: int) -> list[Determination]:
    return [determination(f"CM16-{n:07}", issue(1, "Massage")) for n in range(count)]


@pytest.mark.parametrize(
    ("url", "page", "rows", "codes"),
    [
        pytest.param("page=1", 1, 10, [], id="first"),
        pytest.param("page=3", 3, 5, [], id="last"),
        pytest.param("page=9", 3, 5, ["page"], id="beyond the end"),
        pytest.param("page=3&per_page=20", 2, 5, ["page"], id="beyond the end of longer pages"),
    ],
)
def test_pages(url: str, page: int, rows: int, codes: list[str]) -> None:
    result = service(many(25)).search(SearchState.from_url(url))
    assert (result.page, len(result.rows)) == (page, rows)
    assert [note.code for note in result.notes] == codes


def test_paging_has_a_depth() -> None:
    result = service(many(25), max_page=2).search(SearchState(page=3))
    assert (result.page, result.pages, result.total) == (2, 2, 25)
    assert [note.code for note in result.notes] == ["page-limit"]


def test_an_empty_result_has_one_page() -> None:
    result = search("q=absent&page=7")
    assert (result.page, result.pages, result.total, result.rows) == (1, 1, 0, ())


def test_a_facet_unheard_of() -> None:
    with pytest.raises(NotFound):
        service().facet(SearchState(), "colour")


def test_the_outcome_stands_beside_the_collection() -> None:
    found = search("q=chiropractic").outcome
    assert (found.issues, found.overturned, found.rate) == (2, 1, 0.5)
    assert found.collection_rate == 0.25


def test_the_whole_collection_is_counted_once_a_build() -> None:
    index = MemoryIndex(documents(CASES))
    builds = MemoryBuilds(index)
    engine = SearchService(MemoryLetters(CASES), builds, load_settings({}))
    for _ in range(3):
        engine.search(SearchState("visits"))
    assert len([request for request in index.requests if len(request.facets) > 1]) == 4
    builds.build = MemoryBuilds(MemoryIndex(documents(CASES[:1])), "build-2").build
    assert engine.search(SearchState()).outcome.collection_rate == 0.5


def test_an_answer_names_the_build_that_gave_it() -> None:
    """Even if another thread is the first to search a newer build at that very moment."""
    published: list[MemoryBuild] = []

    class Older:
        index = MemoryIndex(documents(CASES))
        note: str | None = None

        @property
        def id(self) -> str:
            if published:
                builds.queue = [published.pop()]
                engine.search(SearchState())
            return "build-1"

    class Builds:
        def __init__(self) -> None:
            self.queue: list[MemoryBuild] = []

        def current(self) -> SearchableBuild:
            return self.queue[0] if self.queue else Older()

    builds = Builds()
    engine = SearchService(MemoryLetters(CASES), builds, load_settings({}))
    assert engine.export(SearchState()).build == "build-1"
    published.append(MemoryBuild("build-2", MemoryIndex(documents(CASES[:1]))))
    found = engine.export(SearchState())
    assert builds.queue
    assert (found.build, found.total) == ("build-1", 4)


def test_a_late_answer_is_partial_and_says_so() -> None:
    result = service(timed_out=True).search(SearchState("absent"))
    assert result.partial
    assert [note.code for note in result.notes] == ["partial"]


def test_a_build_that_stands_in_for_another_says_so() -> None:
    index = MemoryIndex(documents(CASES))
    builds = MemoryBuilds(index)
    builds.build = MemoryBuild("build-1", index, "The newer build is damaged.")
    result = SearchService(MemoryLetters(CASES), builds, load_settings({})).search(SearchState())
    assert [note.message for note in result.notes] == ["The newer build is damaged."]


def test_how_the_search_was_read_is_told() -> None:
    result = search("q=(chiropractic+-mri&expand=0")
    assert result.read_as == "chiropractic AND NOT mri, in all text"
    assert [note.code for note in result.notes] == ["parenthesis"]


def test_settings_limit_what_is_read() -> None:
    assert service(max_query_words=2).search(SearchState("chiropractic visits absent")).total == 2


def test_an_export_holds_the_whole_result_up_to_its_limit() -> None:
    rows = service(many(25)).export(SearchState(page=2)).rows
    assert len(rows) == 25
    assert all(row.excerpts == () for row in rows)
    assert len(service(many(25), max_export=7).export(SearchState()).rows) == 7


def close(url: str) -> dict[str, tuple[str, ...]]:
    """The rows close to a search, each with what it lacks or is akin by."""
    told = ("without", "same class")
    return {
        f"{row.case_id[-1]}.{row.number}": tuple(
            f"{reason.place} {reason.words}" for reason in row.reasons if reason.place in told
        )
        for row in search(url).close
    }


def test_issues_close_to_a_search_fill_its_page_and_count_nowhere() -> None:
    result = search("q=chiropractic+brace")
    assert (places(result), result.total, result.outcome.issues) == ([], 0, 0)
    assert close("q=chiropractic+brace") == {
        "1.1": ("without brace",),
        "2.1": ("without brace",),
        "3.1": ("without chiropractic",),
    }
    assert result.close_total == 3
    shown = to_json(result)
    assert [row["match"] for row in shown["results"]] == ["close"] * 3
    assert (shown["total"], shown["close_total"]) == (0, 3)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", id="no words: nothing is close"),
        pytest.param("q=decision:upheld", id="values alone"),
        pytest.param("q=visits+brace&group=case", id="cases stand together"),
    ],
)
def test_where_nothing_is_close(url: str) -> None:
    assert search(url).close == ()


@pytest.mark.parametrize(("found", "close"), [(9, 1), (10, 0), (11, 0)])
def test_a_full_page_has_no_room_for_what_is_close(found: int, close: int) -> None:
    services = ["Massage and cane"] * found + ["Massage"] * 3
    cases = [determination(f"CM16-{n:07}", issue(1, service)) for n, service in enumerate(services)]
    result = service(cases).search(SearchState("massage cane"))
    assert (result.total, len(result.close)) == (found, close)
    assert result.close_total == (3 if close else 0)


def test_what_words_mean_leads_the_close_rows_and_says_so() -> None:
    """Who cannot name a treatment finds it below the line, never among what counts."""
    ambien = issue(
        1,
        "Ambien 10mg",
        category="Pharmaceuticals",
        subcategory="Sedative-hypnotics",
        treatment="zolpidem",
    )
    brace = issue(2, "Knee brace", treatment="knee brace", rationale="He lies awake.")
    found = service([determination("CM16-0000001", ambien, brace)]).search(
        SearchState("insomnia awake")
    )
    assert found.total == 0
    assert [row.service for row in found.close] == ["Ambien 10mg", "Knee brace"]
    first = found.close[0].reasons[0]
    assert (first.place, first.words) == ("meant by these words", "Sedative-hypnotics")


def test_a_treatment_of_the_same_class_is_close() -> None:
    oxycodone = issue(
        1,
        "Oxycodone 10mg",
        category="Pharmaceuticals",
        subcategory="Opioids",
        treatment="oxycodone",
    )
    found = service([determination("CM16-0000001", oxycodone)]).search(SearchState("norco"))
    assert found.total == 0
    [row] = found.close
    assert [(reason.place, reason.words) for reason in row.reasons] == [
        ("same class", "Opioids"),
        ("without", "norco"),
    ]


@pytest.mark.parametrize(
    ("url", "total"),
    [
        pytest.param("q=chiropractic", 2, id="words"),
        pytest.param("q=visits&decision=overturned", 1, id="filters count"),
        pytest.param("q=visits&not.body=neck", 1, id="what is left out does not"),
        pytest.param("q=absent", 0, id="nothing"),
    ],
)
def test_counting_finds_as_many_as_searching(url: str, total: int) -> None:
    state = SearchState.from_url(url)
    assert service().count(state) == search(url).total == total


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("body=elbow", "“elbow” under “Body part”", id="chosen"),
        pytest.param("q=body:elbow", "“elbow” under “Body part”", id="typed"),
        pytest.param("body=knee&body=elbow", "elbow", id="chosen beside one that finds some"),
    ],
)
def test_whoever_wants_no_search_for_a_value_that_no_issue_has_is_told(
    url: str, message: str
) -> None:
    with pytest.raises(UnknownValue, match=message):
        service().resolved(SearchState.from_url(url))


@pytest.mark.parametrize(
    ("url", "resolved"),
    [
        pytest.param("q=a&body=lumbar", "q=a&body=low+back", id="another name of a value"),
        pytest.param("q=body:elbow+OR+MRI", "q=body:elbow+OR+MRI", id="typed, and something found"),
        pytest.param("q=absent", "q=absent", id="a word that no issue has"),
        pytest.param("q=(absent", "q=(absent", id="nothing found, and told of something else"),
    ],
)
def test_values_are_resolved_to_those_that_issues_have(url: str, resolved: str) -> None:
    state = SearchState.from_url(url)
    assert service().resolved(state) == SearchState.from_url(resolved)
    assert service().known(state) == SearchState.from_url(resolved)


def test_an_export_tells_what_search_it_is_of() -> None:
    told = service(many(25), max_export=7).export(SearchState.from_url("q=Massage&page=2"))
    assert (told.q, told.address) == ("Massage", "/search?q=Massage")
    assert told.read_as.startswith("disputed (massage")
    assert (told.total, told.limit, len(told.rows), told.build) == (25, 7, 7, "build-1")
    assert not told.partial
    assert service(timed_out=True).export(SearchState()).partial
    filtered = service().export(SearchState.from_url("q=visits&body=neck"))
    assert filtered.read_as == "visits, in all text, Body part: Neck"
    assert [(row.case_id, row.excerpts) for row in filtered.rows] == [("CM16-0000002", ())]


def test_every_row_comes_in_parts_and_without_any_limit() -> None:
    engine = service(many(CASES_AT_ONCE + 2), max_export=7)
    parts = list(engine.every_row(SearchState("massage")))
    assert [len(rows) for rows in parts] == [CASES_AT_ONCE, 2]
    assert len({row.case_id for rows in parts for row in rows}) == CASES_AT_ONCE + 2
    assert [row.excerpts for rows in service().every_row(SearchState()) for row in rows] == [()] * 4
    assert list(engine.every_row(SearchState("absent"))) == []


def test_all_values_of_facets_are_counted_together() -> None:
    tables = service().facets(SearchState.from_url("q=visits&decision=upheld"), "body", "decision")
    values = {
        name: [value.value for value in facet.values] for name, facet in tables.facets.items()
    }
    assert values == {"body": ["low back", "neck"], "decision": ["overturned", "upheld"]}
    assert (tables.total, tables.build) == (1, "build-1")
    assert tables.outcome.by_decision
    cases = [
        determination(f"CM16-{n:07}", issue(1, "Massage", body_parts=(f"part {n}",)))
        for n in range(40)
    ]
    assert len(service(cases).facet(SearchState(), "body").values) == 40


def test_a_search_for_nothing_but_a_case_leads_to_it() -> None:
    case = "/case/CM16-0000001"
    assert search("q=CM16-0000001").jump == case
    assert search("q=CM16-0000001+OR+CM16-0000009").jump == case
    for url in ("q=CM16-0000001+OR+CM16-0000002", "q=CM16-0000001+MRI", "q=CM16-0000009", ""):
        assert search(url).jump is None


def test_a_case_of_many_issues_is_led_to_unless_others_may_follow_on_the_next_page() -> None:
    long = determination("CM16-0000001", *(issue(n, "Massage") for n in range(1, 13)))
    engine = service([long, determination("CM16-0000002", issue(1, "MRI"))])
    assert engine.search(SearchState("CM16-0000001")).jump == "/case/CM16-0000001"
    assert engine.search(SearchState("CM16-0000001 OR CM16-0000002")).jump is None
    assert engine.search(SearchState("case:CM16-0000001 OR year:2016")).jump is None


def test_a_result_tells_how_it_was_asked_for() -> None:
    assert [search(f"q=visits+brace&match={match}").match for match in ("most", "all")] == [
        "most",
        "all",
    ]
    by_case = search("q=chiropractic+OR+MRI&group=case&mentions=1")
    assert (by_case.group, by_case.cases, by_case.mentions) == ("case", 2, True)
    assert (search("").cases, search("").mentions) == (None, False)


def over(some: list[IssueDocument]) -> SearchService:
    """A search service over the cases, their issues indexed as these documents."""
    return SearchService(MemoryLetters(CASES), MemoryBuilds(MemoryIndex(some)), load_settings({}))


def test_the_criteria_that_decide_most_often_stand_beside_the_rows() -> None:
    decided = ("met pain-relief",), ("unmet pain-relief",), ("unmet red-flags",)
    engine = over(
        [
            replace(one, values={**one.values, "reason": values})
            for one, values in zip(documents(CASES), decided, strict=False)
        ]
    )
    rows = engine.search(SearchState()).leading_reasons
    assert [(row.criterion, row.met.count, row.unmet.count) for row in rows] == [
        ("pain-relief", 1, 1),
        ("red-flags", 0, 1),
    ]
    table = engine.won_lost(SearchState.from_url("q=visits&page=2"))
    assert (table.total, table.overturned, table.url) == (2, 1, "/search?page=2&q=visits")
    assert [row.criterion for row in table.rows] == ["pain-relief", "red-flags"]


def test_a_treatment_is_told_with_how_many_issues_its_name_finds() -> None:
    filed = {"treatment": ("chiropractic",)}
    first, *others = documents(CASES)
    engine = over([replace(first, values={**first.values, **filed}), *others])
    record = engine.treatment("chiropractic")
    assert (record.outcome.issues, record.disputing) == (1, 2)
    assert (record.outcome.collection_rate, record.build) == (0.25, "build-1")
    with pytest.raises(NotFound):
        engine.treatment("banana")


def test_a_pasted_text_is_searched_for_by_its_telling_words_and_the_pages_it_cites() -> None:
    """The pages only where an issue is left with them."""
    pages = {"cites": ("odg-pain:58",)}
    cited = over([replace(one, values={**one.values, **pages}) for one in documents(CASES)])
    text = "Chiropractic care was asked for. ODG Pain, page 58, was cited."
    for engine, filters in ((cited, pages), (service(), {})):
        like = engine.like(text)
        assert "hiropractic" in like.q
        assert (like.match, like.filters) == ("most", filters)


@pytest.mark.parametrize(
    ("late", "read"), [pytest.param(True, 2, id="late"), pytest.param(False, 1, id="in time")]
)
def test_what_a_build_holds_is_found_out_again_while_a_part_of_it_did_not_answer(
    late: bool, read: int
) -> None:
    index = MemoryIndex(documents(CASES), timed_out=late)
    engine = SearchService(MemoryLetters(CASES), MemoryBuilds(index), load_settings({}))
    for _ in range(2):
        engine.count(SearchState("visits"))
    assert len(index.requests) == read


def test_the_name_of_the_build_that_answers() -> None:
    assert service().build == search("").build == "build-1"


def test_the_words_that_a_search_makes_stand_out() -> None:
    assert [printed(leaf) for leaf in service().terms(SearchState("brace -visits"))] == ["brace"]


def test_a_search_has_the_time_and_the_order_that_it_is_given() -> None:
    index = MemoryIndex(documents(CASES))
    engine = SearchService(
        MemoryLetters(CASES), MemoryBuilds(index), load_settings({}, search_seconds=3)
    )
    engine.search(SearchState.from_url("q=visits&sort=newest&group=wording"))
    request = index.requests[-1]
    assert (request.seconds, request.sort, request.fold) == (3.0, "newest", True)
    engine.search(SearchState("visits"))
    page, near = index.requests[-2:]
    assert (page.sort, page.fold, near.sort, near.limit) == ("relevance", False, "relevance", 8)


def test_a_page_that_is_full_offers_no_other_search() -> None:
    offers = {"wider", "without-word", "any-word", "disputed"}
    full = service(many(25)).search(SearchState("massage"))
    assert not offers & {note.code for note in full.notes}
    assert "without-word" in {note.code for note in search("q=chiropractic+MRI+-brace").notes}
    late = service(timed_out=True).search(SearchState("chiropractic MRI -brace"))
    assert [note.code for note in late.notes] == ["partial"]
    assert late.close == ()
