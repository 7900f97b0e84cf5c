from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imrsearch.errors import NotFound
from imrsearch.model import Determination
from imrsearch.search.results import SearchResult, to_json
from imrsearch.search.service import SearchService
from imrsearch.search.state import Choice, SearchState
from imrsearch.settings import load_settings
from tests.search.memory import (
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    documents,
    issue,
)

CASES = [
    determination(
        "CM16-0000001",
        issue(
            1,
            "Chiropractic care 6 visits",
            "overturned",
            category="Rehabilitation",
            body_parts=("low back",),
            rationale="Work capacity rose after the first visits. Six visits are necessary.",
        ),
        issue(2, "Lumbar MRI", category="Diagnostic Testing", rationale="No red flag was seen."),
        summary="A cook slipped on a wet floor.",
    ),
    determination(
        "CM16-0000002",
        issue(
            1,
            "Chiropractic care 12 visits",
            category="Rehabilitation",
            body_parts=("neck", "low back"),
            rationale="No gain was seen after eight visits. The request is not supported.",
        ),
        decided=date(2014, 3, 1),
    ),
    determination(
        "CM16-0000003",
        issue(1, "Knee brace <hinged>", "modified", category="DMEPOS", body_parts=("knee",)),
        decided=None,
    ),
]


def service(
    cases: Iterable[Determination] = CASES, timed_out: bool = False, **given_settings: int
) -> SearchService:
    cases = list(cases)
    builds = MemoryBuilds(MemoryIndex(documents(cases), timed_out))
    return SearchService(MemoryLetters(cases), builds, load_settings({}, **given_settings))


def search(url: str) -> SearchResult:
    return service().search(SearchState.from_url(url))


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


def test_a_row() -> None:
    row = search("q=chiropractic+visits+overturned+OR+capacity").rows[0]
    assert row.service == "Chiropractic care 6 visits"
    assert row.service_html == "<mark>Chiropractic</mark> care 6 <mark>visits</mark>"
    assert row.decision_label == "Overturned: treatment approved"
    assert row.decided == "2016-12-09"
    assert row.url == "/case/CM16-0000001#issue-1"
    assert row.href.startswith("/case/CM16-0000001?q=chiropractic+visits")
    assert row.href.endswith("#issue-1")
    assert [excerpt.text for excerpt in row.excerpts] == [
        "Six visits are necessary.",
        "Work capacity rose after the first visits.",
    ]


def test_the_text_of_a_letter_is_never_markup() -> None:
    assert search("q=brace").rows[0].service_html == "Knee <mark>brace</mark> &lt;hinged&gt;"


def test_a_letter_of_unknown_layout_is_a_row_too() -> None:
    case = determination("scan-7")
    index = MemoryIndex(documents([determination("scan-7", issue(0, "x", None, rationale="Odd."))]))
    letters = MemoryLetters([case], {"scan-7": "An odd letter about a wheelchair."})
    found = SearchService(letters, MemoryBuilds(index), load_settings({})).search(
        SearchState("odd")
    )
    (row,) = found.rows
    assert (row.number, row.decision, row.url) == (0, None, "/case/scan-7#issue-0")
    assert row.service == "Letter of unknown layout"
    assert row.excerpts[0].html == "An <mark>odd</mark> letter about a wheelchair."


def test_letters_changed_since_the_build_are_told() -> None:
    builds = MemoryBuilds(MemoryIndex(documents(CASES)))
    result = SearchService(MemoryLetters(CASES[:1]), builds, load_settings({})).search(
        SearchState()
    )
    assert places(result) == ["1.1", "1.2"]
    assert [note.code for note in result.notes] == ["changed"]


# -------------------------------------------------------------------------------- page by page


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


# ---------------------------------------------------------------------- facets, chips, outcome


def test_facets_count_without_their_own_filter() -> None:
    result = search("decision=upheld&category=Rehabilitation")
    facets = {facet.name: facet for facet in result.facets}
    decisions = [(v.value, v.count, v.selected) for v in facets["decision"].values]
    assert decisions == [("overturned", 1, False), ("upheld", 1, True)]
    categories = [(v.value, v.count) for v in facets["category"].values]
    assert categories == [("Diagnostic Testing", 1), ("Rehabilitation", 1)]
    assert facets["category"].selected == 1


def test_a_facet_value_leads_to_its_count() -> None:
    engine = service()
    for facet in engine.search(SearchState()).facets:
        for value in facet.values:
            assert engine.search(SearchState.from_url(value.url)).total == value.count


def test_a_chosen_value_is_shown_even_if_nothing_has_it() -> None:
    (body,) = [facet for facet in search("body=elbow").facets if facet.name == "body"]
    chosen = [value for value in body.values if value.selected]
    assert [(value.label, value.count, value.url) for value in chosen] == [("Elbow", 0, "/search")]


def test_ten_values_and_the_chosen_ones_are_shown() -> None:
    cases = [
        determination(f"CM16-{n:07}", issue(1, "Massage", body_parts=(f"part {n:02}",)))
        for n in range(15)
    ]
    state = SearchState().with_value("body", "part 14")
    (short,) = [f for f in service(cases).search(state).facets if f.name == "body"]
    assert [value.value for value in short.values][-2:] == ["part 09", "part 14"]
    assert (len(short.values), short.more) == (11, 4)
    whole = service(cases).facet(state, "body")
    assert (len(whole.values), whole.more) == (15, 0)


def test_a_facet_unheard_of() -> None:
    with pytest.raises(NotFound):
        service().facet(SearchState(), "colour")


def test_chips_take_their_filter_away() -> None:
    result = search("q=visits&body=neck&not.year=2013")
    assert [(chip.label, chip.url) for chip in result.chips] == [
        ("Body part: Neck", "/search?not.year=2013&q=visits"),
        ("Year decided: not 2013", "/search?body=neck&q=visits"),
    ]


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
    assert len(index.requests) == 4
    builds.build = MemoryBuilds(MemoryIndex(documents(CASES[:1])), "build-2").build
    assert engine.search(SearchState()).outcome.collection_rate == 0.5


# --------------------------------------------------------------------------------------- notes


def test_nothing_found_gets_offers_that_find() -> None:
    result = search("q=chiropractic+MRI+wheelchair&body=knee&year=2014")
    assert [(note.code, note.message) for note in result.notes] == []
    result = search("q=chiropractic+visits&body=knee&year=2014")
    assert [note.message for note in result.notes] == [
        "Without the filter “Body part”: 1 issue",
        "Without any filter: 2 issues",
    ]
    result = search("q=chiropractic+MRI+-brace")
    assert [(note.code, note.message) for note in result.notes] == [
        ("any-word", "With any of the words: 3 issues")
    ]


@settings(deadline=None)  # the first sentence read loads NLTK
@given(
    st.lists(
        st.sampled_from(["chiropractic", "mri", "absent", "-care", "decision:upheld"]), max_size=4
    ),
    st.lists(
        st.sampled_from([Choice("body", "knee"), Choice("year", "2014"), Choice("sex", "male")])
    ),
)
def test_every_offer_finds_what_it_says(words: list[str], choices: list[Choice]) -> None:
    engine = service()
    result = engine.search(SearchState(" ".join(words), tuple(choices)))
    for note in result.notes:
        if note.url:
            total = engine.search(SearchState.from_url(note.url)).total
            assert total > 0
            assert f": {total} issue" in note.message


def test_a_late_answer_is_partial_and_says_so() -> None:
    result = service(timed_out=True).search(SearchState("absent"))
    assert result.partial
    assert [note.code for note in result.notes] == ["partial"]


def test_how_the_search_was_read_is_told() -> None:
    result = search("q=(chiropractic+-mri")
    assert result.read_as == "chiropractic AND NOT mri, in all text"
    assert [note.code for note in result.notes] == ["parenthesis"]


def test_settings_limit_what_is_read() -> None:
    assert service(max_query_words=2).search(SearchState("chiropractic visits absent")).total == 2


# ------------------------------------------------------------------------------ what goes out


def test_an_export_holds_the_whole_result_up_to_its_limit() -> None:
    rows = service(many(25)).export(SearchState(page=2))
    assert len(rows) == 25
    assert all(row.excerpts == () for row in rows)
    assert len(service(many(25), max_export=7).export(SearchState())) == 7


def test_the_json_object() -> None:
    told = to_json(search("q=chiropractic&decision=overturned&not.body=knee"))
    assert told["query"] == {
        "q": "chiropractic",
        "read_as": "chiropractic, in all text",
        "filters": {"decision": ["overturned"]},
        "excluded": {"body": ["knee"]},
        "sort": "relevance",
        "page": 1,
        "pages": 1,
    }
    assert set(told) == {
        "query",
        "total",
        "outcome",
        "results",
        "facets",
        "notes",
        "partial",
        "build",
    }
    assert told["results"][0] == {
        "case_id": "CM16-0000001",
        "number": 1,
        "service": "Chiropractic care 6 visits",
        "decision": "overturned",
        "category": "Rehabilitation",
        "subcategory": None,
        "decided": "2016-12-09",
        "url": "/case/CM16-0000001#issue-1",
        "score": 1.0,
        "excerpts": [
            {
                "place": "rationale",
                "text": "Six visits are necessary.",
                "html": "Six visits are necessary.",
            },
            {
                "place": "rationale",
                "text": "Work capacity rose after the first visits.",
                "html": "Work capacity rose after the first visits.",
            },
        ],
        "citations": [],
    }
    decision = told["facets"][0]
    assert (decision["name"], decision["label"]) == ("decision", "Decision")
    assert decision["values"][0] == {
        "value": "overturned",
        "label": "Overturned: treatment approved",
        "count": 1,
        "overturned": 1,
        "selected": True,
        "url": "/search?not.body=knee&q=chiropractic",
    }
