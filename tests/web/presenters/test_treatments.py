"""The pages about treatments, made from hand-made counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imrsearch.model import DecisionReason
from imrsearch.search.outcome import outcome
from imrsearch.search.results import (
    Facet,
    FacetTables,
    FacetValue,
    ReasonRow,
    ReasonSentence,
    ReasonSide,
)
from imrsearch.search.state import SearchState
from imrsearch.search.treatment import TREATMENT_FACETS, TreatmentRecord
from imrsearch.search.won_lost import WonLost
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.treatments import (
    DecidedIssue,
    Governing,
    Tally,
    TallyTable,
    TreatmentPage,
    treatment_page,
    treatments_page,
)
from tests.search.memory import search

TODAY = date(2020, 1, 1)


def facet(name: str, *lines: tuple[str, int, int]) -> Facet:
    """A facet of these values, counts and overturned; labels begin with capitals."""
    values = (FacetValue(v, v.capitalize(), n, won, False, f"/?{v}") for v, n, won in lines)
    return Facet(name, name.capitalize(), tuple(values))


def tally(value: str, count: int, overturned: str, url: str | None = None) -> Tally:
    return Tally(value.capitalize(), url, Link(str(count), f"/?{value}"), overturned)


def everything(*lines: tuple[str, int, int]) -> FacetTables:
    found = outcome(1200, 300, None)
    return FacetTables(1200, found, {"treatment": facet("treatment", *lines)}, "build-1")


def test_all_treatments_stand_by_category_the_most_disputed_first() -> None:
    page = treatments_page(
        everything(
            ("chiropractic", 20, 5),
            ("banana", 9, 1),
            ("ibuprofen", 8, 0),
            ("acupuncture", 7, 0),
            ("massage", 0, 0),
        )
    )
    assert [(group.title, [line.label for line in group.lines]) for group in page.groups] == [
        ("Not filed under a category", ["Banana"]),
        ("Pharmaceuticals", ["Ibuprofen"]),
        ("Rehabilitation", ["Chiropractic", "Acupuncture"]),
    ]
    assert page.groups[2].lines[0] == tally(
        "chiropractic", 20, "5 of 20 (25%, likely 11–47%)", "/treatments/chiropractic"
    )
    assert (page.total, page.unknown, page.build) == ("1,200 issues", None, "build-1")


def test_issues_of_no_known_treatment_are_told_in_a_sentence() -> None:
    page = treatments_page(everything(("chiropractic", 20, 5), ("~unknown", 1, 1)))
    assert [group.title for group in page.groups] == ["Rehabilitation"]
    assert page.unknown is not None
    assert page.unknown.issues == Link("1 issue", "/?~unknown")


def side(count: int) -> ReasonSide:
    sentence = ReasonSentence("CM16-0000001", 1, "MRI", "Pain fell.", "/case/CM16-0000001#issue-1")
    return ReasonSide("label", count, "/search?reason=x", (sentence,) * 3)


def record(**changes: object) -> TreatmentRecord:
    """What the index holds of acupuncture, with these changes."""
    rows = tuple(ReasonRow(f"criterion-{n}", side(n), side(1), None, None) for n in range(8))
    state = SearchState.from_url("treatment=acupuncture")
    reasons = WonLost("", state.to_url(), 14, 3, rows, 2, "/search?none", False, "build-1")
    made = TreatmentRecord(
        name="acupuncture",
        state=state,
        outcome=outcome(14, 3, 0.1),
        disputing=None,
        tables={name: facet(name) for name in TREATMENT_FACETS},
        reasons=reasons,
        overturned=(),
        upheld=(),
        partial=False,
        build="build-1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def page_of(**changes: object) -> TreatmentPage:
    return treatment_page(record(**changes), TODAY)


def with_tables(*facets: Facet) -> TreatmentPage:
    """The page of a record with these tables, the others empty."""
    return page_of(tables={**record().tables, **{one.name: one for one in facets}})


def test_the_page_leads_to_everything_about_the_treatment() -> None:
    page = page_of()
    assert (page.name, page.title) == ("acupuncture", "Acupuncture")
    assert page.about == "Rehabilitation › Acupuncture"
    assert page.url == "/treatments/acupuncture"
    assert page.search == Link(
        "All 14 issues as a search, with filters", "/search?treatment=acupuncture"
    )
    assert page.feed.url == "/search.atom?sort=newest&treatment=acupuncture"
    assert page.compare.url == "/compare?a=treatment:%22acupuncture%22&b="
    assert page.all_reasons == Link(
        "All 8 criteria, also as CSV and JSON", "/reasons?treatment=acupuncture"
    )
    assert page.without_reason == Link("2 issues", "/search?none")
    assert page.outcome is not None
    assert (page.today, page.partial, page.build) == ("Jan 1, 2020", False, "build-1")
    assert page_of(partial=True).partial


def test_a_treatment_of_no_class_is_filed_under_none() -> None:
    assert page_of(name="banana").about == ""


def test_six_criteria_are_shown_with_two_sentences_of_each_side() -> None:
    rows = page_of().reasons
    assert [row.criterion for row in rows] == [f"criterion-{n}" for n in range(6)]
    assert [len(row.met.sentences) for row in rows] == [2] * 6


def test_a_single_criterion_and_none_without() -> None:
    reasons = replace(record().reasons, rows=record().reasons.rows[:1], without=0)
    page = page_of(reasons=reasons)
    assert page.all_reasons.label == "The one criterion, also as CSV and JSON"
    assert page.without_reason is None


@pytest.mark.parametrize(
    ("disputing", "label"),
    [
        (None, None),
        (13, None),
        (14, None),
        (15, "15 issues dispute it by name, 1 of them filed under another treatment"),
    ],
)
def test_a_search_for_its_name_is_told_where_it_finds_more(
    disputing: int | None, label: str | None
) -> None:
    found = page_of(disputing=disputing).by_name
    assert found == (Link(label, "/search?q=acupuncture") if label else None)


def test_what_is_disputed_stands_in_tables_that_have_lines() -> None:
    page = with_tables(
        facet("year", ("2016", 14, 3), ("~unknown", 1, 0)),
        facet("visits", ("6", 5, 1), ("~unknown", 9, 2)),
        facet("dose", ("~unknown", 14, 3)),
    )
    assert page.disputed == (
        TallyTable(
            "By year of the decision",
            "Year",
            (tally("2016", 14, "3 of 14 (21%, likely 8–48%)"), tally("~unknown", 1, "0 of 1")),
        ),
        TallyTable("Visits", "Visits", (tally("6", 5, "1 of 5"),)),
    )
    assert page.cited == ()


def test_what_is_cited_leads_to_the_pages_about_it() -> None:
    page = with_tables(
        facet("guideline", ("odg-pain", 5, 1), ("~unknown", 4, 0)),
        facet("cites", ("odg-pain:58", 3, 0), ("~unknown", 4, 0), ("odg-pain:a-b", 2, 0)),
    )
    assert page.cited == (
        TallyTable(
            "Guidelines",
            "Guideline",
            (
                tally("odg-pain", 5, "1 of 5", "/guidelines/odg-pain"),
                tally("~unknown", 4, "0 of 4"),
            ),
        ),
        TallyTable(
            "Pages and sections",
            "Page or section",
            (
                tally("odg-pain:58", 3, "0 of 3", "/guidelines/odg-pain/page/58"),
                tally("odg-pain:a-b", 2, "0 of 2", "/guidelines/odg-pain/section/a-b"),
            ),
        ),
    )


@pytest.mark.parametrize(("values", "rest"), [(8, False), (9, True)])
@pytest.mark.parametrize("name", ["body", "guideline", "cites"])
def test_eight_values_are_shown_and_the_way_to_all_of_them(
    name: str, values: int, rest: bool
) -> None:
    page = with_tables(facet(name, *((f"odg:{n}", 2, 0) for n in range(values))))
    (table,) = (*page.disputed, *page.cited)
    url = f"/facet/{name}?treatment=acupuncture"
    assert len(table.lines) == 8
    assert table.rest == (Link("All 9 values", url) if rest else None)


def test_the_editions_in_force_today_and_what_they_have_taken_the_place_of() -> None:
    page = with_tables(
        facet(
            "guideline",
            ("mtus-chronic-pain", 9, 0),
            ("odg-pain", 8, 0),
            ("acoem-low-back", 7, 0),
            ("acoem-chronic-pain", 3, 0),
        )
    )
    pain, back = page.governing
    assert pain == Governing(
        Link("Chronic Pain (ACOEM)", "/guidelines/acoem-chronic-pain"),
        "2017-05-15",
        "Dec 1, 2017",
        pain.source,
        "Mtus-chronic-pain",
    )
    assert "DWC" in pain.source
    assert (back.since, back.cited) == ("Aug 11, 2019", "Acoem-low-back")


def test_both_sides_name_their_most_telling_issues() -> None:
    (row,) = search("q=capacity").rows
    told = DecisionReason("functional-improvement", "met", "Work capacity rose.", (0, 19))
    bare = replace(row, decided=None, body_parts=(), number=2)
    row = replace(row, decision_reasons=(told,), body_parts=("low back", "neck"))
    page = page_of(overturned=(row, replace(bare, decision_reasons=())))
    overturned, upheld = page.sides
    assert overturned.issues == (
        DecidedIssue(
            "Chiropractic care 6 visits",
            "/case/CM16-0000001#issue-1",
            "CM16-0000001, issue 1",
            "Low back, neck · Dec 9, 2016",
            "Functional improvement shown",
            "Work capacity rose.",
        ),
        DecidedIssue(
            "Chiropractic care 6 visits",
            "/case/CM16-0000001#issue-1",
            "CM16-0000001, issue 2",
            "",
            "",
            "",
        ),
    )
    assert (overturned.title, overturned.nothing) == ("Most telling, overturned", "")
    assert overturned.verdict.word == "Overturned"
    assert overturned.all == Link(
        "All overturned, newest first",
        "/search?decision=overturned&sort=newest&treatment=acupuncture",
    )
    assert (upheld.title, upheld.issues) == ("Most telling, upheld", ())
    assert upheld.nothing == "No issue about acupuncture was upheld."
