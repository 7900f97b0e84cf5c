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
from imrsearch.search.quoting import Quotation, quotation, rationale_sentences

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


def test_all_guideline_pages_are_named_or_none() -> None:
    two = replace(ODG, pages=(60,), text="")
    citing = GuidelineStatement("", None, (ODG, two))
    many = quoted(issue=replace(ISSUE, reviewer_guideline=citing)).quote
    assert many.partition(", citing ")[2].partition(", http")[0] == (
        "ODG Pain, pp.\N{NO-BREAK SPACE}58–59; ODG Pain, p.\N{NO-BREAK SPACE}60"
    )
    none = quoted(issue=replace(ISSUE, reviewer_guideline=NOTHING)).quote
    assert "(Gym membership), upheld, http://here/case" in none


@pytest.mark.parametrize(
    ("rationale", "fragment"),
    [
        pytest.param(
            "The gym asked for here is not at all necessary.",
            "The gym asked for here is not at all necessary.",
            id="ten words: all of them",
        ),
        pytest.param(
            "The gym asked for here is, again, not at all necessary.",
            "The gym asked for here,again, not at all necessary.",
            id="more: the first and the last five",
        ),
        pytest.param("It is not well-supported.", "It is not well-supported.", id="a hyphen"),
        pytest.param("It is not necessary 1/2.", "It is not necessary 1/2.", id="a slash"),
    ],
)
def test_the_address_has_the_words_of_the_sentence(rationale: str, fragment: str) -> None:
    quote = quoted(issue=replace(ISSUE, rationale=rationale), number=1).quote
    told = quote.partition(":~:text=")[2].partition(" ")[0]
    assert unquote(told) == fragment
    assert not set(told) & set("-/&")  # these mean something in such an address


@pytest.mark.parametrize("decision", [None, "upheld"])
@pytest.mark.parametrize("day", [None, date(2016, 12, 9)])
def test_what_is_not_known_is_left_out(decision: str | None, day: date | None) -> None:
    case = replace(CASE, dates=Dates(decided=day))
    assert quoted(case, replace(ISSUE, decision=decision)).citation.partition(", http")[0] == (
        "Independent Medical Review, California DWC, Case No. CM16-0000001"
        + (", decided Dec 9, 2016" if day else "")
        + ", Issue 2 of 2 (Gym membership)"
        + (", upheld" if decision else "")
    )


def test_where_no_sentence_decides_nothing_is_quoted() -> None:
    found = quoted(issue=replace(ISSUE, rationale="Nothing."))
    here = "http://here/case/CM16-0000001#issue-2"
    assert found == Quotation(found.citation, quote="", sentence="", number=0, url=here)


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
        pytest.param(3, 3, "Others differ.", id="as asked, the last one"),
        pytest.param(4, 2, "The gym is not medically necessary.", id="there is no such sentence"),
    ],
)
def test_any_sentence_can_be_quoted(asked: int, number: int, sentence: str) -> None:
    rationale = f"{ISSUE.rationale} Others differ."
    found = quoted(issue=replace(ISSUE, rationale=rationale), number=asked)
    assert (found.number, found.sentence) == (number, sentence)
    assert found.quote.startswith(f"“{sentence}” Independent Medical Review")


def test_a_long_sentence_is_quoted_whole() -> None:
    long = "The " + "very " * 200 + "large gym is not medically necessary."
    assert quoted(issue=replace(ISSUE, rationale=long)).sentence == long


def test_each_sentence_stands_on_one_line() -> None:
    rationale = "Care was\n given.  No  gain\nwas seen."
    told = rationale_sentences(replace(ISSUE, rationale=rationale))
    assert told == ["Care was given.", "No gain was seen."]
