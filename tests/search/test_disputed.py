"""Issues that dispute a treatment are found; those that only mention it are one link away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from imrsearch.engines import engine
from imrsearch.letters.service import read_service
from imrsearch.model import Determination, Issue
from imrsearch.schema.documents import documents
from imrsearch.search.results import SearchResult
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.settings import load_settings
from tests.search.memory import MemoryBuilds, MemoryIndex, MemoryLetters, determination, issue


def disputed(number: int, service: str, decision: str = "upheld", **facts: object) -> Issue:
    """An issue filed as the reader files its service."""
    read = read_service(service)
    filed = {
        "category": read.category,
        "subcategory": read.subcategory,
        "treatment": read.treatment,
        "body_parts": read.body_parts,
    }
    return issue(number, service, decision, **{**filed, **facts})


SUMMARY = (
    "She had acupuncture, chiropractic visits, physical therapy, Norco and an MRI of the left knee."
)
CASES = [
    determination(
        "CM16-0000001",
        disputed(1, "Acupuncture, 6 visits", "overturned", rationale="It helped the low back."),
        disputed(2, "MRI of the left knee"),
        disputed(3, "MRI of the neck", rationale="The knee was not in question."),
        disputed(4, "MRI without contrast", rationale="Meniscal signs of the knee were found."),
        disputed(5, "Urine drug screen", "overturned"),
        disputed(6, "Home exercise kit", original_request="Acupuncture and a home exercise kit"),
        summary=SUMMARY,
    ),
    determination(
        "CM16-0000002",
        disputed(1, "Norco 10/325mg #60", rationale="Acupuncture may be tried instead."),
        disputed(2, "Chiropractic visits", "overturned", rationale="Physical therapy failed."),
        summary=SUMMARY,
    ),
]


def make(cases: Sequence[Determination]) -> SearchService:
    index = MemoryIndex(documents(("", case) for case in cases))
    return SearchService(MemoryLetters(cases), MemoryBuilds(index), load_settings({}))


SERVICE = make(CASES)


def search(url: str) -> SearchResult:
    return SERVICE.search(SearchState.from_url(url))


def found(result: SearchResult) -> list[str]:
    return [f"{row.case_id[-1]}.{row.number}" for row in result.rows]


@pytest.mark.parametrize(
    ("q", "issues", "mentioned"),
    [
        pytest.param("acupuncture", ["1.1", "1.6"], 6, id="its own treatment, the first request"),
        pytest.param("norco", ["2.1"], 7, id="a brand"),
        pytest.param("opioids", ["2.1"], 7, id="a class"),
        pytest.param("knee mri", ["1.2", "1.4"], 6, id="its body part, or the issue's own words"),
        pytest.param("spine mri", ["1.3"], 0, id="a body part with its parts"),
        pytest.param("mri back", [], 1, id="of the back the neck is none"),
        pytest.param("norco decision:overturned", [], 3, id="nothing disputes it"),
        pytest.param("chiropractic physical therapy", ["2.2"], 7, id="one of two in dispute"),
        pytest.param("-acupuncture norco", ["2.1"], 5, id="not in dispute"),
    ],
)
def test_issues_that_dispute_what_is_named(q: str, issues: list[str], mentioned: int) -> None:
    result = search(f"q={q}")
    assert found(result) == issues
    assert result.only_mentioned == mentioned
    assert result.outcome.issues == len(issues)


@pytest.mark.parametrize(
    "q", ['"acupuncture"', "summary:acupuncture", "acup*", "acupuncture&expand=0"]
)
def test_what_asks_for_the_text_finds_the_text(q: str) -> None:
    result = search(f"q={q}")
    assert result.total == 8
    assert result.only_mentioned is None


def test_the_others_are_one_link_away_and_back() -> None:
    first = search("q=acupuncture")
    (note,) = [note for note in first.notes if note.code == "only-mentioned"]
    assert note.message == "6 more issues mention acupuncture but do not dispute it"
    assert note.url == "/search?mentions=1&q=acupuncture"
    wide = SERVICE.search(SearchState.from_url(note.url))
    assert (wide.total, wide.mentions, wide.only_mentioned) == (8, True, 6)
    (back,) = [note for note in wide.notes if note.code == "mentions"]
    assert back.message == "6 of these issues mention acupuncture but do not dispute it."
    assert back.url == "/search?q=acupuncture"


def test_one_is_one() -> None:
    service = make([determination("CM16-0000001", disputed(1, "Massage", rationale="No Norco."))])
    (offer,) = service.search(SearchState("Norco")).notes
    assert offer.message == "1 more issue mentions norco but does not dispute it"


def test_facet_tables_exports_and_counts_are_of_the_same_issues() -> None:
    for url in ("q=acupuncture", "q=acupuncture&mentions=1", "q=knee+mri", "q=opioids"):
        state = SearchState.from_url(url)
        result, export = SERVICE.search(state), SERVICE.export(state)
        decisions = SERVICE.facet(state, "decision").values
        assert result.total == export.total == len(export.rows) == SERVICE.count(state)
        assert sum(value.count for value in decisions) == result.total
        assert sum(value.overturned for value in decisions) == result.outcome.overturned


@pytest.mark.parametrize(
    ("url", "chosen"),
    [
        pytest.param("q=norco", False, id="a search"),
        pytest.param("q=norco+denied", False, id="a word of outcome filters nothing"),
        pytest.param("q=norco&decision=upheld", True, id="a facet"),
        pytest.param("q=norco&not.decision=upheld", True, id="a facet's value left out"),
        pytest.param("q=norco+decision:upheld", True, id="a field"),
        pytest.param("q=-decision:upheld", True, id="a field left out"),
        pytest.param("q=norco+OR+decision:overturned", True, id="an alternative"),
        pytest.param("q=outcome:overturned", True, id="the case's outcome"),
        pytest.param("q=decision:~unknown", True, id="no decision"),
    ],
)
def test_a_rate_tells_nothing_of_issues_chosen_by_decision(url: str, chosen: bool) -> None:
    assert search(url).outcome.by_decision == chosen


@pytest.mark.parametrize(
    ("q", "total", "note", "decision"),
    [
        ("chiropractic denied", 1, "Only upheld: 0", "upheld"),
        ("acupuncture approved", 2, "Only overturned: 1", "overturned"),
        ("acupuncture not certified", 2, "Only upheld: 1", "upheld"),
        ("acupuncture non-certified", 2, "Only upheld: 1", "upheld"),
        ("overturned denial of acupuncture", 2, "Only overturned: 1", "overturned"),
        ("acupuncture authorized", 2, "Only overturned: 1", "overturned"),
        ("acupuncture upheld", 2, "Only upheld: 1", "upheld"),
    ],
)
def test_words_of_outcome_filter_nothing(q: str, total: int, note: str, decision: str) -> None:
    result = search(f"q={q}")
    assert result.total == result.outcome.issues == total
    (offer,) = [each for each in result.notes if each.code == "only-decided"]
    assert offer.message == note
    narrowed = SERVICE.search(SearchState.from_url(offer.url or ""))
    assert narrowed.filters == {"decision": (decision,)}
    assert narrowed.total == int(note.rpartition(" ")[2])


def test_words_of_outcome_order(tmp_path: Path) -> None:
    """Issues decided so come first, whatever else speaks for the others."""
    folder = tmp_path / "index"
    folder.mkdir()
    engine("whoosh").create(folder, documents(("", case) for case in CASES))
    builds = MemoryBuilds(engine("whoosh").open(folder))
    service = SearchService(MemoryLetters(CASES), builds, load_settings({}))
    for q, first in (("acupuncture upheld", "1.6"), ("acupuncture overturned", "1.1")):
        assert found(service.search(SearchState(q)))[0] == first
