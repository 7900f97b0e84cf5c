"""Heading, filters kept, pager, facets and rows, made from hand-made results."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from imrsearch.model import Citation, GuidelineStatement
from imrsearch.query.notes import Note
from imrsearch.search.outcome import outcome
from imrsearch.search.results import (
    Chip,
    Excerpt,
    Facet,
    FacetValue,
    Reason,
    ReasonRow,
    ReasonSide,
    ResultRow,
    SearchResult,
)
from imrsearch.search.state import SearchState
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.results import results_page
from tests.search.memory import determination, issue
from tests.web.markup import Page, rendered

ODG = Citation("odg", "odg", "ODG Pain", None, None, (), (), "ODG Pain")
NOTHING = GuidelineStatement("", None, ())
CITES_ODG = GuidelineStatement("ODG Pain", "non-mtus", (ODG,))

ROW = ResultRow(
    case_id="CM16-0000001",
    number=2,
    service="Gym membership",
    service_html=Markup("<mark>Gym</mark> membership"),
    decision="upheld",
    decision_label="Upheld: treatment denied",
    category="Programs",
    subcategory=None,
    body_parts=(),
    decided="2016-12-09",
    url="/case/CM16-0000001#issue-2",
    score=1.0,
    excerpts=(Excerpt("summary", "The gym.", Markup("The <mark>gym</mark>.")),),
    citations=(ODG,),
    claims_administrator=NOTHING,
    reviewer_guideline=CITES_ODG,
    issue=issue(2, "Gym membership"),
    determination=determination("CM16-0000001"),
)


LEADING = ReasonRow(
    "red-flags",
    ReasonSide("Red flags", 1, "/search?reason=met", ()),
    ReasonSide("No red flags", 2, "/search?reason=unmet", ()),
    None,
    None,
)


def found(total: int = 1, page: int = 1, pages: int = 1, **changes: object) -> SearchResult:
    """A result with one row."""
    result = SearchResult(
        q="gym",
        read_as="gym, in all text",
        filters={},
        excluded={},
        sort="relevance",
        page=page,
        pages=pages,
        per_page=10,
        total=total,
        outcome=outcome(total, 0, 0.1),
        rows=(ROW,) if total else (),
        facets=(),
        chips=(),
        notes=(),
        partial=False,
        build="build-1",
    )
    return replace(result, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "total", "heading"),
    [
        ("/search", 1204, "1,204 issues"),
        ("/search?q=gym", 1, "1 issue for “gym”"),
        ("/search?q=gym", 0, "No issues for “gym”"),
        ("/search?q=gym&decision=overturned", 2, "2 issues for “gym”, overturned"),
        ("/search?body=neck&body=knee", 2, "2 issues, Knee or Neck"),
        ("/search?not.body=neck&year=2013..2015", 2, "2 issues, 2013 to 2015, not Neck"),
        ("/search?not.decision=upheld", 2, "2 issues, not upheld"),
        (
            "/search?body=hip&body=knee&year=2014&not.year=2015",
            2,
            "2 issues, Hip or Knee, 2014, not 2015",
        ),
        ("/search?body=a&body=b&body=c&body=d&body=e", 2, "2 issues, with 5 filters"),
    ],
)
def test_heading_is_the_search_in_words(url: str, total: int, heading: str) -> None:
    assert results_page(SearchState.from_url(url), found(total), 1000).heading == heading


@pytest.mark.parametrize(
    ("page", "pages", "labels"),
    [
        (1, 1, []),
        (1, 2, ["1", "2", "Next"]),
        (5, 9, ["Previous", "1", "…", "4", "5", "6", "…", "9", "Next"]),
        (9, 9, ["Previous", "1", "…", "8", "9"]),
    ],
)
def test_pager(page: int, pages: int, labels: list[str]) -> None:
    state = SearchState(q="gym", page=page)
    shown = results_page(state, found(pages * 10, page, pages), 1000).pager
    assert [link.label for link in shown] == labels
    assert [link.label for link in shown if link.current] == ([str(page)] if labels else [])
    assert all(link.url or link.label == "…" for link in shown)


def test_notes_with_a_link_are_offers() -> None:
    notes = (Note("wildcard", "Read so."), Note("any-word", "Any word: 3 issues", "/search?q=x"))
    page = results_page(SearchState(q="gym"), found(0, notes=notes), 1000)
    assert [note.code for note in page.notes] == ["wildcard"]
    assert [note.code for note in page.offers] == ["any-word"]


def test_beside_results_a_link_is_one_of_the_notes() -> None:
    notes = (Note("any-word", "With any of the words: 3 issues", "/search?q=x"),)
    page = results_page(SearchState(q="gym"), found(1, notes=notes), 1000)
    assert (page.notes, page.offers) == (notes, ())


def words(links: tuple[Link, ...]) -> str:
    """The text of a citation's pieces."""
    return "".join(link.label for link in links)


def test_a_row_says_what_each_side_cites() -> None:
    (row,) = results_page(SearchState(q="gym"), found(), 1000).rows
    told = [(source.label, [words(one) for one in source.citations]) for source in row.sources]
    assert told == [("Reviewer cites", ["ODG Pain"]), ("Denial cites", ["no guideline"])]
    assert (row.issue, row.category, row.decided_words) == ("issue 2", "Programs", "Dec 9, 2016")
    assert row.excerpts[0].place == "Case summary"


@pytest.mark.parametrize(("statement", "labels"), [(CITES_ODG, ["Both sides cite"]), (NOTHING, [])])
def test_a_row_with_equal_sides_says_so_once(
    statement: GuidelineStatement, labels: list[str]
) -> None:
    row = replace(ROW, claims_administrator=statement, reviewer_guideline=statement)
    page = results_page(SearchState(q="gym"), found(rows=(row,)), 1000)
    assert [source.label for source in page.rows[0].sources] == labels


def test_rows_of_a_case_stand_together_under_its_name() -> None:
    rows = (ROW, replace(ROW, number=3), replace(ROW, case_id="CM16-0000002"))
    result = found(3, rows=rows, group="case", cases=12, per_page=10, page=2, pages=2)
    page = results_page(SearchState(q="gym", group="case"), result, 1000)
    assert [row.of_case for row in page.rows] == [
        "Case CM16-0000001: 2 issues found",
        "",
        "Case CM16-0000002: 1 issue found",
    ]
    assert page.position == "Cases 11–12 of 12"
    assert page.first == 1
    (back,) = page.groupings
    assert (back.label, back.url) == ("Issues one by one", "/search?q=gym")
    assert ("group", "case") in page.hidden


def test_one_by_one_no_row_stands_under_a_case() -> None:
    page = results_page(SearchState(q="gym"), found(), 1000)
    assert [row.of_case for row in page.rows] == [""]
    assert [link.url for link in page.groupings] == [
        "/search?group=case&q=gym",
        "/search?group=wording&q=gym",
    ]


def test_a_row_says_why_it_is_there() -> None:
    why = (
        Reason("treatment", "MRI", 1),
        Reason("rationale", "mri", 2),
        Reason("summary", "neck", 1200),
    )
    (row,) = results_page(SearchState(q="a"), found(rows=(replace(ROW, reasons=why),)), 9).rows
    assert row.reasons == (
        "treatment “MRI”",
        "“mri” twice in the rationale",
        "“neck” 1,200 times in the case summary",
    )


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"jump": "/case/CM16-0000001"}, "/case/CM16-0000001"),
        ({"read_as": "cites:mtus-chronic-pain:58"}, "/guidelines/mtus-chronic-pain/page/58"),
        ({"read_as": 'cites:"odg-pain:a-b"'}, "/guidelines/odg-pain/section/a-b"),
        ({"read_as": "guideline:odg-low-back"}, "/guidelines/odg-low-back"),
        ({"read_as": "cites:nobody:58"}, None),
        ({"read_as": "guideline:odg-pain AND neck"}, None),
    ],
)
def test_a_citation_alone_leads_to_its_page(changes: dict[str, object], url: str | None) -> None:
    result = replace(found(), **changes)  # type: ignore[arg-type]
    jump = results_page(SearchState(q="a"), result, 1000).jump
    assert (jump.url if jump else None) == url


def test_a_whole_letter_has_no_issue_number() -> None:
    page = results_page(SearchState(), found(rows=(replace(ROW, number=0),)), 1000)
    assert page.rows[0].issue == "whole letter"


@pytest.mark.parametrize(
    ("url", "name", "by_decision", "overturned"),
    [
        ("/search", "body", False, "1,001"),
        ("/search", "decision", False, ""),  # says the same as the value
        ("/search", "outcome", False, ""),
        ("/search?decision=overturned", "body", True, ""),  # all of them are
    ],
)
def test_outcomes_stand_where_they_say_something(
    url: str, name: str, by_decision: bool, overturned: str
) -> None:
    value = FacetValue("neck", "Neck", 2000, 1001, False, "/search?body=neck")
    facet = Facet(name, "Facet", (value,), more=3)
    result = found(facets=(facet,), outcome=outcome(1, 0, 0.1, by_decision))
    (box,) = results_page(SearchState.from_url(url), result, 1000).facets
    assert box.values[0].issues == "2,000"
    assert box.values[0].overturned == overturned
    assert box.all.label == "All 4 values"
    assert box.all.url == SearchState.from_url(url).to_url(f"/facet/{name}")


def test_issues_that_only_mention_a_treatment_are_a_link_below() -> None:
    note = Note("only-mentioned", "3 more issues only mention gym", "/search?mentions=1&q=gym")
    page = results_page(SearchState("gym"), found(notes=(note,)), 1000)
    assert page.notes == page.offers == ()
    assert page.mentions == Link(note.message, note.url)
    page = results_page(SearchState("gym"), found(0, notes=(note,)), 1000)
    assert (page.notes, page.offers, page.mentions) == ((), (note,), None)


def test_a_facet_in_use_is_open() -> None:
    def is_open(selected: bool) -> bool:
        facet = Facet("sex", "Sex", (FacetValue("male", "Male", 1, 0, selected, "/search"),))
        return results_page(SearchState(), found(facets=(facet,)), 1000).facets[0].open

    assert is_open(True)
    assert not is_open(False)


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (1, "this one issue"),
        (7, "all 7 issues"),
        (1001, "the first 1,000 of 1,001 issues"),
    ],
)
def test_the_export_says_its_limit(total: int, words: str) -> None:
    assert results_page(SearchState(), found(total), 1000).export_limit == words


def test_rows_can_be_shown_in_one_line_and_on_longer_pages() -> None:
    state = SearchState.from_url("/search?q=gym&page=2")
    page = results_page(state, found(total=60, page=2, pages=6), 1000)
    assert [(link.label, link.current) for link in page.sizes] == [
        ("10", True),
        ("20", False),
        ("50", False),
    ]
    assert page.sizes[1].url == "/search?per_page=20&q=gym"
    compact = results_page(state.with_view("compact"), found(total=60), 1000)
    assert ("view", "compact") in compact.hidden


def shown(client: FlaskClient, url: str, result: SearchResult) -> Page:
    """The page that a browser gets."""
    state = SearchState.from_url(url)
    page = results_page(state, result, 1000)
    return rendered(client, "results.html", page=page, state=state, result=result)


def test_rows_at_length_and_in_one_line_lead_to_each_other(client: FlaskClient) -> None:
    long = shown(client, "/search?q=gym&page=2", found(total=60, page=2, pages=6))
    assert long.links()["Compact"] == "/search?page=2&q=gym&view=compact"
    assert long.all("ol", class_="rows")
    short = shown(client, "/search?q=gym&page=2&view=compact", found(total=60, page=2, pages=6))
    assert short.links()["With excerpts"] == "/search?page=2&q=gym"
    assert short.all("ol", class_="rows rows-compact")


def test_the_addresses_of_a_search(client: FlaskClient) -> None:
    url = "/search?body=knee&expand=0&match=all&page=3&q=gym&sort=newest"
    chips = (Chip("Body part: Knee", "/search?q=gym"),)
    page = shown(client, url, found(60, 3, 6, chips=chips, leading_reasons=(LEADING,)))
    links = {one.attributes["rel"]: one.attributes["href"] for one in page.all("link")}
    assert links["canonical"] == url
    assert links["alternate"] == "/search.atom?body=knee&expand=0&match=all&q=gym&sort=newest"
    named = page.links()
    assert named["All reasons, with their sentences"] == (
        "/reasons?body=knee&expand=0&match=all&q=gym&sort=newest"
    )
    assert named["Clear all filters"] == "/search?expand=0&match=all&q=gym&sort=newest"
    compare = "/compare?a=gym&b=&body=knee&expand=0&match=all&sort=newest"
    assert named["Compare this search with another"] == compare
    assert named["this page as JSON"] == url.replace("/search", "/search.json")
    assert named["Remove filter: Body part: Knee×"] == "/search?q=gym"


@pytest.mark.parametrize("by_decision", [False, True])
def test_what_the_numbers_beside_values_mean_is_told(
    client: FlaskClient, by_decision: bool
) -> None:
    value = FacetValue("neck", "Neck", 2, 1, False, "/search?body=neck")
    facets = (Facet("body", "Body part", (value,)),)
    result = found(facets=facets, outcome=outcome(1, 0, 0.1, by_decision))
    page = shown(client, "/search", result)
    assert bool(page.all("p", class_="legend")) is not by_decision


@pytest.mark.parametrize("by_decision", [False, True])
def test_the_outcome_is_told_unless_it_was_chosen(client: FlaskClient, by_decision: bool) -> None:
    result = found(20, outcome=outcome(20, 0, 0.1, by_decision))
    page = shown(client, "/search", result)
    assert bool(page.all("div", class_="outcome")) is not by_decision


def test_a_page_that_holds_everything_offers_no_longer_one() -> None:
    assert results_page(SearchState(q="gym"), found(total=10), 1000).sizes == ()


def test_a_new_search_keeps_what_was_chosen_but_not_how_the_words_were_read() -> None:
    state = SearchState.from_url("q=gym&match=all&expand=0&body=knee&sort=newest&page=3")
    page = results_page(state, found(60, 3, 6), 1000)
    assert page.hidden == (("body", "knee"), ("sort", "newest"))
    assert page.first == 21
    assert all("page=" not in (link.url or "") for link in page.exports)
    exports = {(link.url or "").partition("?")[0] for link in page.exports}
    assert "/search/all.json" in exports and "/search.csv" in exports


@pytest.mark.parametrize(("q", "read_as"), [("gym", "gym, in all text"), ("", "")])
def test_how_words_were_read_is_told_where_there_are_any(
    client: FlaskClient, q: str, read_as: str
) -> None:
    told = shown(client, f"/search?q={q}", found()).all("p", class_="read-as")
    assert [one.text for one in told] == ([f"Read as {read_as}"] if read_as else [])


@pytest.mark.parametrize(
    ("changes", "position"),
    [
        ({"total": 1204, "page": 3, "rows": (ROW, ROW)}, "21–22 of 1,204"),
        (
            {"total": 1204, "wordings": 1, "rows": (ROW,)},
            "1–1 of 1 wording in 1,204 issues",
        ),
        (
            {"total": 9, "cases": 1200, "page": 101, "rows": (ROW, replace(ROW, number=3))},
            "Cases 1,001–1,001 of 1,200",
        ),
    ],
)
def test_the_position_counts_what_a_page_counts(changes: dict[str, object], position: str) -> None:
    assert results_page(SearchState("gym"), replace(found(), **changes), 1000).position == position  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "heading"),
    [(2, "Close matches"), (1200, "Close matches, the best 2 of 1,200")],
)
def test_what_is_close_says_how_much_of_it_is_shown(
    client: FlaskClient, total: int, heading: str
) -> None:
    result = found(0, close=(ROW, replace(ROW, case_id="CM16-0000002")), close_total=total)
    page = results_page(SearchState("gym"), result, 1000)
    assert shown(client, "/search?q=gym", result).text("h2", id="close") == heading
    assert [row.case_id for row in page.close] == ["CM16-0000001", "CM16-0000002"]
    assert page.close[0].url == "/case/CM16-0000001?q=gym#issue-2"


def test_the_order_in_force_is_marked() -> None:
    sorts = results_page(SearchState("gym", sort="newest"), found(), 1000).sorts
    assert [link.label for link in sorts if link.current] == ["Newest"]
    assert [link.url for link in sorts][:3] == [
        "/search?q=gym",
        "/search?q=gym&sort=newest",
        "/search?q=gym&sort=oldest",
    ]


def test_a_facet_without_values_has_no_box_and_links_begin_at_the_first_page() -> None:
    value = FacetValue("neck", "Neck", 2, 1, False, "/search?body=neck")
    facets = (Facet("body", "Body part", (value,)), Facet("sex", "Sex", ()))
    page = results_page(SearchState("gym", page=3), found(60, 3, 6, facets=facets), 1000)
    assert [box.label for box in page.facets] == ["Body part"]
    assert page.facets[0].all.url == "/facet/body?q=gym"


def test_a_case_s_number_leads_to_the_case() -> None:
    page = results_page(SearchState("a"), found(jump="/case/CM16-0000001"), 1000)
    assert page.jump == Link("Go to case CM16-0000001", "/case/CM16-0000001")
    assert results_page(SearchState("a"), found(0, read_as="guideline:odg-pain"), 9).jump is None
