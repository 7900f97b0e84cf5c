"""A row of the results: where it leads, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from markupsafe import Markup

from imrsearch.model import Citation, GuidelineStatement
from imrsearch.search.results import Excerpt, Reason, ResultRow
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.rows import Row, result_rows
from tests.search.memory import search


@cache
def found() -> ResultRow:
    (row,) = search("q=capacity").rows
    return row


def shown(q: str = "", **changes: object) -> Row:
    """The row with these changes."""
    (row,) = result_rows([replace(found(), **changes)], by_case=False, q=q)  # type: ignore[arg-type]
    return row


@pytest.mark.parametrize(
    ("q", "url"),
    [
        pytest.param("", "/case/CM16-0000001#issue-1", id="no words"),
        pytest.param(
            "knee & mri", "/case/CM16-0000001?q=knee+%26+mri#issue-1", id="the case marks them"
        ),
    ],
)
def test_a_row_leads_to_its_issue_with_the_words_of_the_search(q: str, url: str) -> None:
    assert shown(q).url == url


@pytest.mark.parametrize(
    ("number", "clip", "issue"),
    [(3, "CM16-0000001.3", "issue 3"), pytest.param(0, "", "whole letter", id="nothing to clip")],
)
def test_an_issue_can_be_clipped_and_a_whole_letter_cannot(
    number: int, clip: str, issue: str
) -> None:
    assert (shown(number=number).clip, shown(number=number).issue) == (clip, issue)


def test_issues_of_the_same_wording_are_counted_and_named() -> None:
    row = shown(others=1200, same=("CM16-0000009#2",))
    assert row.others == "+ 1,200 with the same wording"
    assert row.same == (Link("CM16-0000009, issue 2", "/case/CM16-0000009#issue-2"),)
    assert (shown().others, shown().same) == ("", ())


def test_every_place_has_its_name() -> None:
    places = ("rationale", "summary", "service", "guideline")
    excerpts = tuple(Excerpt(place, "x", Markup("x")) for place in places)
    assert [one.place for one in shown(excerpts=excerpts).excerpts] == [
        "Rationale",
        "Case summary",
        "Service",
        "Guideline",
    ]
    reasons = (Reason("service", "mri", 1), Reason("body part", "neck", 1))
    assert shown(reasons=reasons).reasons == (
        "“mri” once in the service",
        "body part “neck”",
    )


@pytest.mark.parametrize(
    ("reviewer", "denial", "told"),
    [
        ("A", "B", {"Reviewer cites": "A", "Denial cites": "B"}),
        ("", "B", {"Reviewer cites": "no guideline", "Denial cites": "B"}),
    ],
)
def test_what_each_side_cites(reviewer: str, denial: str, told: dict[str, str]) -> None:
    row = shown(reviewer_guideline=statement(reviewer), claims_administrator=statement(denial))
    assert {one.label: one.citations[0][0].label for one in row.sources} == told


def statement(name: str) -> GuidelineStatement:
    cited = Citation(None, "other", None, None, None, (), (), name)
    return GuidelineStatement(name, None, (cited,) if name else ())


def test_the_first_row_of_a_case_names_it_where_they_stand_together() -> None:
    """Also where the rows of a case are not in the order of their numbers."""
    rows: list[ResultRow] = [replace(found(), number=3), found()]
    rows += [replace(found(), case_id="letter-7", number=0)]
    assert [row.of_case for row in result_rows(rows, by_case=True)] == [
        "Case CM16-0000001: 2 issues found",
        "",
        "Letter “letter-7”: 1 issue found",
    ]
    assert [row.of_case for row in result_rows(rows, by_case=False)] == ["", "", ""]
