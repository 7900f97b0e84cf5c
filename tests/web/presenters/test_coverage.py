"""The page about what is covered: its numbers add up, and each leads to its issues."""

from __future__ import annotations

import pytest

from imrsearch.model import Unread
from imrsearch.search.results import Facet, FacetValue
from imrsearch.storage.builds.manifest import Manifest
from imrsearch.storage.collection.summary import CollectionSummary
from imrsearch.web.presenters.coverage import (
    MOST_UNREAD,
    TABLES,
    CoverageLine,
    CoveragePage,
    coverage_page,
)
from imrsearch.web.presenters.home import Figure
from imrsearch.web.presenters.links import Link

HOLDINGS = CollectionSummary(
    letters=1234,
    issues=2000,
    upheld=1400,
    overturned=500,
    first_decided="2014-03-01",
    last_decided="2016-12-09",
    warnings=3,
    unread=0,
    eras={"credentials": 1200},
    years={"2014": 230, "2016": 1000},
)
MANIFEST = Manifest(
    id="build-7",
    created="2026-05-04T10:00:00Z",
    engine="whoosh",
    wanted="auto",
    schema=1,
    version="1",
    revision=1,
    token=1,
    letters=1234,
    unread=0,
    issues=2000,
    decisions={},
    updated=0,
    files={},
)


def facet(name: str, *lines: tuple[str, int, int]) -> Facet:
    values = (FacetValue(v, v.capitalize(), n, won, False, "/") for v, n, won in lines)
    return Facet(name, name, tuple(values))


def page(*facets: Facet, unread: int = 0, holdings: CollectionSummary = HOLDINGS) -> CoveragePage:
    """The page with these tables, the others empty, and so many unread files."""
    tables = {name: facet(name) for name in TABLES} | {one.name: one for one in facets}
    files = [Unread(str(n), f"{n}.pdf", "empty", "It is empty.") for n in range(unread)]
    return coverage_page(holdings, tables, files, MANIFEST)


def test_letters_and_issues_of_each_year_and_of_none() -> None:
    years = facet("year", ("2016", 1500, 300), ("~unknown", 9, 1), ("2099", 1, 0))
    assert page(years).years == (
        CoverageLine(Link("2016", "/search?year=2016"), "1,000", "1,500", "300 of 1,500 (20%)"),
        CoverageLine(Link("~unknown", "/search?year=~unknown"), "4", "9", "1 of 9"),
        CoverageLine(Link("2099", "/search?year=2099"), "", "1", "0 of 1"),
    )


def test_letters_of_an_unknown_form() -> None:
    (known, unknown) = page(facet("era", ("credentials", 1, 0), ("~unknown", 1, 0))).eras
    assert (known.letters, unknown.letters) == ("1,200", "34")


def test_decisions_and_warnings_are_of_issues_not_of_letters() -> None:
    """And no line tells of issues without a warning."""
    warnings = facet("warning", ("no-rationale", 3, 1), ("~unknown", 1997, 499))
    shown = page(facet("decision", ("upheld", 1400, 0)), warnings)
    assert shown.decisions == (
        CoverageLine(Link("Upheld", "/search?decision=upheld"), "", "1,400", "0 of 1,400 (0%)"),
    )
    assert [line.link.label for line in shown.warnings] == ["No-rationale"]
    assert shown.warnings[0].letters == ""


@pytest.mark.parametrize(
    ("unknown", "told"),
    [
        ((), "The reason for the decision was recognised in 2,000 of 2,000 issues."),
        (
            (("~unknown", 150, 9),),
            "The reason for the decision was recognised in 1,850 of 2,000 issues.",
        ),
    ],
)
def test_how_many_reasons_were_recognised(
    unknown: tuple[tuple[str, int, int], ...], told: str
) -> None:
    shown = page(facet("reason", ("met pain-relief", 9, 9), *unknown))
    assert shown.reasons == told
    assert shown.without_reason == Link("the others", "/search?reason=~unknown")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (0, "All files could be read."),
        (1, "1 file could not be read; no search can find them."),
        (MOST_UNREAD, "100 files could not be read; no search can find them."),
        (
            MOST_UNREAD + 1,
            "101 files could not be read; no search can find them. The first 100 are:",
        ),
    ],
)
def test_what_could_not_be_read(files: int, words: str) -> None:
    shown = page(unread=files)
    assert shown.unread_words == words
    assert [one.name for one in shown.unread] == [f"{n}.pdf" for n in range(min(files, 100))]


def test_the_build_and_its_day() -> None:
    assert (page().build, page().built) == ("build-7", "2026-05-04")


def test_the_collection_in_a_few_numbers() -> None:
    assert page().figures == (
        Figure("Determinations", "1,234"),
        Figure("Disputed issues", "2,000"),
        Figure("Overturned", "500 (25%)"),
        Figure("Decided", "Mar 1, 2014 to Dec 9, 2016"),
    )


@pytest.mark.parametrize(
    ("decided", "issues", "figures"),
    [
        pytest.param(
            "2014-03-01", 1, {"Overturned": "0 (0%)", "Decided": "Mar 1, 2014"}, id="of one day"
        ),
        pytest.param(None, 0, {}, id="of nothing"),
    ],
)
def test_a_collection_that_holds_little(
    decided: str | None, issues: int, figures: dict[str, str]
) -> None:
    little = CollectionSummary(1, issues, 0, 0, decided, decided, 0, 0, {}, {})
    shown = {one.label: one.words for one in page(holdings=little).figures}
    assert shown == {"Determinations": "1", "Disputed issues": str(issues)} | figures
