"""Cautions: what a careful reader would point out, and what no reader should be troubled with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from imrsearch.citations.statements import read_statement
from imrsearch.letters.consistency import check_determination
from imrsearch.model import Dates, Determination, GuidelineStatement, Issue, Patient, Reviewer

NOTHING = GuidelineStatement("", None, ())
STATEMENT = read_statement("Decision based on MTUS Low Back Complaints 2004.").statement
ISSUE = Issue(
    number=1,
    heading="MRI",
    service="MRI",
    decision="upheld",
    original_request=None,
    authorized=None,
    flags=(),
    category=None,
    subcategory=None,
    treatment=None,
    body_parts=(),
    quantity=None,
    claims_administrator=STATEMENT,
    reviewer_guideline=STATEMENT,
    rationale="The request is not medically necessary.",
)
LETTER = Determination(
    case_id="CM16-0000001",
    file="CM16-0000001.txt",
    era="credentials",
    outcome="upheld",
    dates=Dates(),
    priority=None,
    reviewer=Reviewer(),
    patient=Patient(),
    summary="A summary.",
    issues=(ISSUE,),
    warnings=(),
)


def codes(letter: Determination) -> list[str]:
    return [caution.code for caution in check_determination(letter)]


def test_a_letter_in_order_gives_no_caution() -> None:
    assert codes(LETTER) == []


@pytest.mark.parametrize(
    ("decision", "rationale", "expected"),
    [
        pytest.param("overturned", "The MRI is medically necessary.", [], id="approved, and said"),
        pytest.param("overturned", "It is not medically necessary.", ["closing"], id="against it"),
        pytest.param("upheld", "The MRI is medically necessary.", ["closing"], id="the other way"),
        pytest.param("overturned", "IT IS NOT NECESSARY.", ["closing"], id="in capitals"),
        pytest.param("upheld", "The request is non-certified.", [], id="another closing"),
        pytest.param("modified", "It is supported in part.", ["other-decision"], id="another word"),
        pytest.param(None, "It is not supported.", ["no-decision"], id="none"),
        pytest.param("upheld", "", ["no-rationale"], id="no reason given"),
    ],
)
def test_decision_and_rationale(decision: str | None, rationale: str, expected: list[str]) -> None:
    issue = replace(ISSUE, decision=decision, rationale=rationale)
    assert codes(replace(LETTER, issues=(issue,))) == expected


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        pytest.param("ACOEM Chapter 12 Low Back Complaints Page(s): 300.", [], id="inside"),
        pytest.param("ACOEM Chapter 12 Low Back Complaints Page(s): 200.", ["page"], id="outside"),
        pytest.param(
            "Chronic Pain Treatment Guidelines Page(s): 128.", ["page"], id="past the end"
        ),
        pytest.param("ACOEM Chapter 10 Elbow Complaints Page(s): 33.", [], id="only a hint"),
    ],
)
def test_pages(cited: str, expected: list[str]) -> None:
    statement = read_statement(f"Decision based on MTUS {cited}").statement
    issue = replace(ISSUE, reviewer_guideline=statement)
    assert codes(replace(LETTER, issues=(issue,))) == expected


def test_dates_follow_each_other() -> None:
    dates = Dates(injury=date(2016, 5, 1), decided=date(2016, 4, 1))
    assert codes(replace(LETTER, dates=dates)) == ["dates"]


@pytest.mark.parametrize(("age", "expected"), [(13, ["age"]), (14, []), (99, []), (100, ["age"])])
def test_age(age: int, expected: list[str]) -> None:
    assert codes(replace(LETTER, patient=Patient(age=age))) == expected


def test_a_letter_without_issues_or_summary() -> None:
    assert codes(replace(LETTER, issues=(), summary="")) == ["no-issues", "no-summary"]


def test_a_missing_statement_is_said_where_the_form_has_labels() -> None:
    issue = replace(ISSUE, claims_administrator=NOTHING)
    assert codes(replace(LETTER, issues=(issue,))) == ["labels"]
    assert codes(replace(LETTER, issues=(issue,), era="professional-review")) == []
