"""Why an issue is among the results: the words that match, the facts asked for, what it lacks."""

from __future__ import annotations

import pytest

from imrsearch.query.tree import And, Boosted, FieldEquals, Leaf, Not, Or, Phrase, Query, Term
from imrsearch.search.explain import lacking, match_reasons, values_in
from imrsearch.search.matches import Matched, find_matches
from imrsearch.search.results import Reason
from tests.search.memory import issue

KNEE, NECK = FieldEquals("body", "knee"), FieldEquals("body", "neck")
MRI = FieldEquals("treatment", "MRI")
MASSAGE = FieldEquals("subcategory", "Rehabilitation > Massage")
REHABILITATION = FieldEquals("category", "Rehabilitation")
ISSUE = issue(
    1,
    "MRI",
    treatment="MRI",
    category="Rehabilitation",
    subcategory="Massage",
    body_parts=("knee", "foot"),
)


def matched(text: str, *leaves: Leaf) -> Matched:
    return Matched(text, find_matches(text, leaves))


def test_words_are_counted_by_place() -> None:
    pain = Term("pain")
    texts = {
        "rationale": matched("Pain, and painful: pain.", pain),
        "summary": matched("No pain. A red flag.", pain, Phrase(("red", "flag"))),
    }
    assert match_reasons(ISSUE, texts, ()) == (
        Reason("rationale", "pain", 3),
        Reason("summary", "pain", 1),
        Reason("summary", "red flag", 1),
    )


def test_a_word_of_another_field_explains_nothing_here() -> None:
    texts = {"rationale": matched("pain", Term("pain", ("summary",)))}
    assert match_reasons(ISSUE, texts, ()) == ()


def test_facts_that_were_asked_for_and_are_there() -> None:
    """By what they are; values of other fields explain themselves."""
    asked = (MRI, KNEE, NECK, FieldEquals("decision", "upheld"))
    assert match_reasons(ISSUE, {}, asked) == (
        Reason("treatment", "MRI", 1),
        Reason("body part", "knee", 1),
    )


@pytest.mark.parametrize(
    ("meant", "told"),
    [
        pytest.param((MASSAGE, MRI), "MRI", id="the treatment before its class"),
        pytest.param((REHABILITATION, MASSAGE), "Massage", id="the class before the category"),
        pytest.param((REHABILITATION,), "Rehabilitation", id="the category"),
        pytest.param((FieldEquals("treatment", "cane"), MASSAGE), "Massage", id="those it has"),
        pytest.param((FieldEquals("treatment", "cane"),), None, id="none that it has"),
    ],
)
def test_what_the_words_mean_is_told_once(meant: tuple[FieldEquals, ...], told: str | None) -> None:
    expected = (Reason("meant by these words", told, 1),) if told else ()
    assert match_reasons(ISSUE, {}, (), meant) == expected


@pytest.mark.parametrize(
    ("query", "values"),
    [
        pytest.param(And((KNEE, Or((MRI, KNEE)))), (KNEE, MRI), id="each once"),
        pytest.param(And((MRI, Not(KNEE))), (MRI,), id="not those that are left out"),
        pytest.param(Boosted(MRI, (NECK,)), (MRI, NECK), id="those that only rank too"),
    ],
)
def test_values_that_make_an_issue_match_or_rank(
    query: Query, values: tuple[FieldEquals, ...]
) -> None:
    assert values_in(query) == values


def test_what_a_close_match_lacks() -> None:
    """In any wording: whoever has one of the leaves lacks nothing of that part."""
    red, flags, cane, stick = Term("red"), Phrase(("red", "flags")), Term("cane"), Term("stick")
    texts = {"rationale": matched("A stick was red.", red, flags, cane, stick)}
    asked: list[list[Leaf]] = [[red], [flags], [cane, stick]]
    assert list(lacking(ISSUE, texts, asked, ())) == [Reason("without", "red flags", 0)]


@pytest.mark.parametrize(
    ("classes", "is_told"),
    [(("Rehabilitation > Massage",), True), (("Rehabilitation > Chiropractic",), False)],
)
def test_a_close_match_of_the_same_class_says_so(classes: tuple[str, ...], is_told: bool) -> None:
    told = [Reason("same class", "Massage", 1)] if is_told else []
    assert list(lacking(ISSUE, {}, [], classes)) == told
    assert list(lacking(issue(1, "MRI", category="Rehabilitation"), {}, [], classes)) == []
