"""Citations and quotations as they are pasted into a brief."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest

from imrsearch.model import (
    Citation,
    Dates,
    Determination,
    GuidelineStatement,
    Issue,
    Patient,
    Reviewer,
    Span,
)
from imrsearch.search.quoting import Quotation, quotation

ODG = Citation("odg-pain", "odg", "Pain", None, None, (), (58, 59), "ODG Pain")
NOTHING = GuidelineStatement("", None, ())
ISSUE = Issue(
    number=2,
    heading="",
    service="Gym membership",
    decision="upheld",
    original_request=None,
    authorized=None,
    flags=(),
    category=None,
    subcategory=None,
    treatment=None,
    body_parts=(),
    quantity=None,
    claims_administrator=NOTHING,
    reviewer_guideline=GuidelineStatement("", None, (ODG,)),
    rationale="The worker has no equipment. The gym is not medically necessary.",
)
CASE = Determination(
    case_id="CM16-0000001",
    file="",
    era="credentials",
    outcome=None,
    dates=Dates(decided=date(2016, 12, 9)),
    priority=None,
    reviewer=Reviewer(),
    patient=Patient(),
    summary="",
    issues=(replace(ISSUE, number=1), ISSUE),
    warnings=(),
    evidence={"case_id": Span(13, 25)},
)


def quoted(case: Determination = CASE, issue: Issue = ISSUE, number: int = 0) -> Quotation:
    """The quotation of an issue."""
    return quotation(case, issue, "http://here/case/CM16-0000001", "b1", number)


def test_a_citation_names_case_issue_day_decision_address_and_index() -> None:
    assert quoted().citation == (
        "Independent Medical Review, California DWC, Case No. CM16-0000001, decided Dec 9, 2016, "
        "Issue 2 of 2 (Gym membership), upheld, "
        "http://here/case/CM16-0000001#issue-2 (index build b1)."
    )


def test_a_quotation_has_the_sentence_that_decides_and_the_guideline_page() -> None:
    quote = quoted().quote
    assert quote.startswith("“The gym is not medically necessary.” Independent Medical Review")
    assert ", citing ODG Pain, pp.\N{NO-BREAK SPACE}58–59, http://here/" in quote
    assert "#issue-2:~:text=The%20gym%20is%20not%20medically%20necessary. (index" in quote


def test_the_address_of_a_long_sentence_has_its_first_and_last_words() -> None:
    long = "The " + "very " * 10 + "well-known gym is not at all medically necessary."
    fragment = (
        quoted(issue=replace(ISSUE, rationale=long))
        .quote.partition(":~:text=")[2]
        .partition(" ")[0]
    )
    first, _, last = fragment.partition(",")
    assert unquote(first) == "The very very very very"
    assert unquote(last) == "not at all medically necessary."


def test_a_hyphen_in_the_address_is_encoded() -> None:
    issue = replace(ISSUE, rationale="A gym-like place is not supported.")
    assert "gym%2Dlike" in quoted(issue=issue).quote


@pytest.mark.parametrize(
    ("issue", "missing"),
    [(replace(ISSUE, decision=None), "upheld"), (replace(ISSUE, rationale="Nothing."), "“")],
    ids=["no decision", "no sentence decides"],
)
def test_what_is_not_known_is_left_out(issue: Issue, missing: str) -> None:
    quotation = quoted(issue=issue)
    assert missing not in quotation.citation + quotation.quote


def test_without_a_day_none_is_told() -> None:
    assert "decided" not in quoted(replace(CASE, dates=Dates())).citation


@pytest.mark.parametrize(
    ("case_id", "cited"),
    [
        pytest.param(
            "scan-12", "letter without a printed case number (file “a/f.pdf”), ", id="no number"
        ),
        pytest.param(
            "CM16-0000001",
            "Case No. CM16-0000001 (from the name of the file; the letter prints none), ",
            id="the file's name is a number",
        ),
    ],
)
def test_a_letter_without_a_printed_number_is_cited_as_what_it_is(case_id: str, cited: str) -> None:
    case = replace(CASE, case_id=case_id, file="a/f.pdf", evidence={})
    start = "Independent Medical Review, California DWC, "
    assert quoted(case).citation.startswith(start + cited)


@pytest.mark.parametrize(
    ("asked", "number", "sentence"),
    [
        pytest.param(1, 1, "The worker has no equipment.", id="as asked"),
        pytest.param(0, 2, "The gym is not medically necessary.", id="the one that decides"),
        pytest.param(9, 2, "The gym is not medically necessary.", id="there is no such sentence"),
    ],
)
def test_any_sentence_can_be_quoted(asked: int, number: int, sentence: str) -> None:
    found = quoted(number=asked)
    assert (found.number, found.sentence) == (number, sentence)
    assert found.quote.startswith(f"“{sentence}” Independent Medical Review")


def test_a_long_sentence_is_quoted_whole() -> None:
    long = "The " + "very " * 200 + "large gym is not medically necessary."
    assert quoted(issue=replace(ISSUE, rationale=long)).sentence == long
