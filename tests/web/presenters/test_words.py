"""Decisions, numbers and outcomes in plain English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imrsearch.model import Span
from imrsearch.search.outcome import FEWEST_FOR_RANGE, outcome
from imrsearch.web.presenters.words import (
    case_title,
    category_words,
    likely_words,
    outcome_line,
    overturned_likely,
    overturned_of,
    sentence_case,
    typeset,
    unnumbered,
    verdict,
)
from tests.search.memory import determination


@pytest.mark.parametrize(
    ("decision", "words", "shape"),
    [
        ("overturned", "Overturned: treatment approved", "overturned"),
        ("upheld", "Upheld: treatment denied", "upheld"),
        ("partly overturned", "Partly overturned: some treatment approved", "partly"),
        ("modified", "Modified", "other"),  # a printed word is kept
        (None, "Decision unknown", "other"),
    ],
)
def test_a_decision_has_words_and_a_shape(decision: str | None, words: str, shape: str) -> None:
    assert str(verdict(decision)) == words
    assert verdict(decision).shape == shape


def test_a_letter_without_a_number_is_called_by_its_file() -> None:
    assert case_title("CM16-0000001") == "Case CM16-0000001"
    assert case_title("scan-7f3a") == "Letter “scan-7f3a”"
    case = determination("scan-7f3a")
    told = "The letter prints no case number; it is named after its file."
    assert unnumbered(case) == told
    assert unnumbered(replace(case, evidence={"case_id": Span(0, 12)})) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("low back, MRI", "Low back, MRI"),
        ("MRI of the neck", "MRI of the neck"),  # the other letters stay as they are
        ("x", "X"),
        ("", ""),
    ],
)
def test_a_first_letter_is_large(text: str, words: str) -> None:
    assert sentence_case(text) == words


@pytest.mark.parametrize(
    ("overturned", "issues", "words"),
    [
        (2, FEWEST_FOR_RANGE - 1, "2 of 9"),
        (2, FEWEST_FOR_RANGE, "2 of 10 (20%)"),
        (1100, 1204, "1,100 of 1,204 (91%)"),
    ],
)
def test_a_share_is_told_of_enough_issues(overturned: int, issues: int, words: str) -> None:
    assert overturned_of(overturned, issues) == words


def test_categories_as_far_as_known() -> None:
    assert category_words("Surgery", "Spine") == "Surgery › Spine"
    assert category_words("Injection", "Injection") == "Injection"
    assert category_words("Surgery", None) == "Surgery"
    assert category_words(None, None) == ""


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Pain (ODG), p. 58", "Pain (ODG), p.\N{NO-BREAK SPACE}58"),
        ("Surgery > Spine", "Surgery › Spine"),
        ("Pump. Pain", "Pump. Pain"),
    ],
)
def test_labels_as_printed(label: str, printed: str) -> None:
    assert typeset(label) == printed


def test_share_with_its_likely_range_beside_the_collection() -> None:
    line = outcome_line(outcome(100, 9, 0.11))
    assert line is not None
    assert line.words == "Overturned 9 of 100 issues (9%, likely 5–16%) · whole collection 11%"
    assert line.bar is not None
    assert (line.bar.rate, line.bar.low, line.bar.span) == (9.0, 4.8, 11.4)
    assert "Wilson" in line.explanation


def test_few_issues_have_counts_only() -> None:
    line = outcome_line(outcome(7, 3, None))
    assert line is not None
    assert line.words == "Overturned 3 of 7 issues"
    assert line.explanation == "These are too few for a rate."
    assert line.bar is None
    beside = outcome_line(outcome(7, 3, 0.11))
    assert beside is not None
    assert beside.words == "Overturned 3 of 7 issues · whole collection 11%"


def test_nothing_found_has_no_outcome() -> None:
    assert outcome_line(outcome(0, 0, 0.1)) is None


def test_of_issues_chosen_by_decision_the_share_is_no_finding() -> None:
    assert outcome_line(outcome(100, 100, 0.1, by_decision=True)) is None


@pytest.mark.parametrize(
    ("issues", "words"),
    [
        (FEWEST_FOR_RANGE, "2 of 10 (20%, likely 6–51%)"),
        (FEWEST_FOR_RANGE - 1, "2 of 9"),
        (1200, "2 of 1,200 (0%, likely 0–1%)"),
    ],
)
def test_the_outcome_of_some_issues(issues: int, words: str) -> None:
    assert overturned_likely(2, issues) == words
    assert likely_words(2, issues) == words.partition(" (")[2].rstrip(")")
    line = outcome_line(outcome(issues, 2, None))
    assert line is not None
    assert (line.bar is None) == ("likely" not in words)
