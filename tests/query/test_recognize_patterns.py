"""What words say in a fixed form: numbers, months, codes and cases, contrast, outcomes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.query.format import printed
from imrsearch.query.recognize_patterns import (
    DECISION_WISH,
    RULE_WISH,
    asks_for_rule,
    cases,
    contrast,
    decision_meanings,
    months,
    numbers,
    ur_actions,
)
from imrsearch.query.tree import (
    And,
    ConstantScore,
    DisMax,
    FieldEquals,
    Or,
    Phrase,
    Query,
    Range,
)
from imrsearch.search.state import SearchState
from tests.query.words import read
from tests.search.memory import determination, issue, service


@pytest.mark.parametrize(
    ("text", "said", "query"),
    [
        pytest.param("more than 12", "more than 12", Range("quantity", 13, None), id="more"),
        pytest.param("visits more than 12", "more than 12", Range("visits", 13, None), id="before"),
        pytest.param("more than 12 visits", "more than 12 visits", Range("visits", 13, None)),
        pytest.param("over 12 sessions", "over 12 sessions", Range("visits", 13, None)),
        pytest.param("more than 60 tablets", "more than 60 tablets", Range("tablets", 61, None)),
        pytest.param("less than 10 mg", "less than 10 mg", Range("dose", None, 9), id="dose"),
        pytest.param("more than 4 units", "more than 4 units", Range("quantity", 5, None)),
        pytest.param(
            "more than 24 prior visits",
            "more than 24 prior visits",
            Range("visits_so_far", 25, None),
            id="visits so far",
        ),
        pytest.param("at least 6", "at least 6", Range("quantity", 6, None), id="at least"),
        pytest.param("> 6", "> 6", Range("quantity", 7, None), id="sign apart"),
        pytest.param(">6", "6", Range("quantity", 7, None), id="sign at the digits"),
        pytest.param("≥ 6", "≥ 6", Range("quantity", 6, None), id="typographic sign"),
        pytest.param("up to 24 visits", "up to 24 visits", Range("visits", None, 24), id="to"),
        pytest.param("fewer than 6", "fewer than 6", Range("quantity", None, 5), id="fewer"),
        pytest.param("Norco #120", "120", Range("quantity", 120, 120), id="number of pills"),
        pytest.param(
            "more than 12 chiropractic visits", "more than 12", Range("visits", 13, None), id="of"
        ),
        pytest.param("patients over 50", "patients over 50", Range("age", 51, None), id="people"),
        pytest.param(
            "women over 50",
            "women over 50",
            And((Range("age", 51, None), FieldEquals("sex", "female"))),
            id="of which sex",
        ),
        pytest.param("workers aged 40", "workers aged 40", Range("age", 40, 40), id="of whom"),
        pytest.param("between 6 and 12", "between 6 and 12", Range("quantity", 6, 12), id="range"),
        pytest.param("between 9 and 4", "between 9 and 4", Range("quantity", 4, 9), id="turned"),
        pytest.param("after 2015", "after 2015", Range("year", 2016, None), id="after a year"),
        pytest.param("since 2015", "since 2015", Range("year", 2015, None), id="since a year"),
        pytest.param("before 2015", "before 2015", Range("year", None, 2014), id="before a year"),
        pytest.param("until 2015", "until 2015", Range("year", None, 2015), id="until a year"),
        pytest.param("MRI in 2015", "in 2015", Range("year", 2015, 2015), id="in a year"),
        pytest.param(
            "between 2015 and 2016", "between 2015 and 2016", Range("year", 2015, 2016), id="years"
        ),
        pytest.param("over 50 years old", "over 50 years old", Range("age", 51, None), id="over"),
        pytest.param("a 50-year-old cook", "50-year-old", Range("age", 50, 50), id="hyphens"),
        pytest.param("aged 40 to 50", "aged 40 to 50", Range("age", 40, 50), id="aged"),
        pytest.param("age 40", "age 40", Range("age", 40, 40), id="age"),
        pytest.param("surgery older than 60", "older than 60", Range("age", 61, None), id="older"),
        pytest.param("younger than 30", "younger than 30", Range("age", None, 29), id="younger"),
        pytest.param(
            "MORE  THAN 12 VISITS", "MORE  THAN 12 VISITS", Range("visits", 13, None), id="capitals"
        ),
        pytest.param(
            "more than 30 small tablets", "more than 30", Range("tablets", 31, None), id="of those"
        ),
        pytest.param("more than 2015", "more than 2015", Range("quantity", 2016, None), id="many"),
        pytest.param("patients after 2015", "after 2015", Range("year", 2016, None), id="time"),
        pytest.param(
            "in 2015 chiropractic visits", "in 2015", Range("year", 2015, 2015), id="a year, then"
        ),
        pytest.param(
            "women over 12 visits", "over 12 visits", Range("visits", 13, None), id="not their age"
        ),
        pytest.param("since 1990", "since 1990", Range("year", 1990, None), id="the first year"),
        pytest.param("until 2099", "until 2099", Range("year", None, 2099), id="the last year"),
    ],
)
def test_numbers_of_issues(text: str, said: str, query: Query) -> None:
    (meaning,) = numbers(text)
    assert (text[meaning.start : meaning.end], meaning.query) == (said, query)
    assert meaning.note
    assert meaning.note.code == "numbers"


@pytest.mark.parametrize(
    "text",
    [
        *("after 6 weeks", "more than 6 weeks", "> 50 %", "over 3 months", "patients over 6 weeks"),
        "MRI older than 6 months",
    ],
)
def test_numbers_that_issues_have_not_are_told(text: str) -> None:
    (meaning,) = numbers(text)
    assert meaning.start == meaning.end
    assert meaning.note
    assert meaning.note.code == "no-such-number"


@pytest.mark.parametrize(
    "text",
    [
        *("L4-5", "10 mg", "6 visits", "in 3", "2015", "7.5/325", "over 1,000", "since 1989"),
        *("until 2100", "moreover 12", "over 12/3", "over 12.5", "x-over 12", "over 12345"),
    ],
)
def test_other_numbers_are_words(text: str) -> None:
    assert list(numbers(text)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("MRI after 2015", "“after 2015” was read as the year decided."),
        ("women over 50", "“women over 50” was read as the patient's age."),
        ("Norco #120", "“#120” was read as the amount asked for."),
        ("Norco #60", "“#60” was read as the amount asked for."),
        ("over 6", "“over 6” was read as the amount asked for."),
        (
            "surgery over 60",
            "“over 60” was read as the amount asked for. For the age, type “patients over 60”.",
        ),
        ("over 12 visits", "“over 12 visits” was read as the number of visits asked for."),
        ("over 60 pills", "“over 60 pills” was read as the number of tablets asked for."),
        ("over 10 mg", "“over 10 mg” was read as the dose in mg."),
        ("over 9 prior visits", "“over 9 prior visits” was read as the number of visits so far."),
        (
            "for over 6 weeks",
            "“over 6 weeks” was searched for as words: issues have no such number.",
        ),
    ],
)
def test_it_is_told_what_a_number_was_read_as(text: str, told: str) -> None:
    (meaning,) = numbers(text)
    assert meaning.note
    assert meaning.note.message == told


@given(st.text(alphabet="0123456789 #><-/andtofroverag", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for meaning in numbers(text):
        assert 0 <= meaning.start <= meaning.end <= len(text)


@pytest.mark.parametrize(
    ("text", "said", "value", "query"),
    [
        ("MRI December 2016", "December 2016", "2016-12", Range("decided", 20161201, 20161231)),
        ("after January 2017", "after January 2017", "2017-02..", Range("decided", 20170201, None)),
        ("after Dec. 2016", "after Dec. 2016", "2017-01..", Range("decided", 20170101, None)),
        ("IN MAY 2016", "IN MAY 2016", "2016-05", Range("decided", 20160501, 20160531)),
        ("since Sept 2016", "since Sept 2016", "2016-09..", Range("decided", 20160901, None)),
        (
            "before January 2017",
            "before January 2017",
            "..2016-12",
            Range("decided", None, 20161231),
        ),
        (
            "until march of 2017",
            "until march of 2017",
            "..2017-03",
            Range("decided", None, 20170331),
        ),
    ],
)
def test_a_month_is_the_month_decided(text: str, said: str, value: str, query: Range) -> None:
    (meaning,) = months(text)
    assert (text[meaning.start : meaning.end], meaning.query) == (said, query)
    assert printed(query) == f"decided:{value}"
    assert read(f"decided:{value}").query == query


@pytest.mark.parametrize("text", ["may 12", "January", "2017", "march", "decembers 2016", ""])
def test_what_is_no_month_of_a_year_is_words(text: str) -> None:
    assert list(months(text)) == []


@pytest.mark.parametrize("value", ["2017-13", "2017-02-03", "20170203", "soon"])
def test_what_is_no_month_is_told(value: str) -> None:
    assert [note.code for note in read(f"decided:{value}").notes] == ["no-such-value"]


@pytest.mark.parametrize(
    "text", ["CM17-4738", "cm17 4738", "cm 17 4738", "see CM17-04738 again", "17-0004738"]
)
def test_noughts_may_be_left_out(text: str) -> None:
    (meaning,) = cases(text)
    assert meaning.query == FieldEquals("case", "CM17-0004738")
    assert meaning.note


@pytest.mark.parametrize(
    ("text", "case"), [("0004738", "CM17-0004738"), ("213037", "CM16-0213037")]
)
def test_the_year_may_be_left_out(text: str, case: str) -> None:
    (meaning,) = cases(text)
    assert isinstance(meaning.query, Or)
    assert FieldEquals("case", case) in meaning.query.parts


@pytest.mark.parametrize(
    "text",
    ["CM17", "CM17-12", "10004738", "ACM17-4738", "CM17-4738-1", "4738", "17-4738", "117-0004738"],
)
def test_other_numbers_are_no_case(text: str) -> None:
    assert list(cases(text)) == []


def typed(query: DisMax) -> tuple[str, ...]:
    """The words of the first phrase."""
    first = query.parts[0]
    return first.words if isinstance(first, Phrase) else ()


@pytest.mark.parametrize(
    ("text", "said", "in_service", "not_in_service"),
    [
        ("MRI without contrast", "without contrast", "w o contrast", "with contrast"),
        ("MRI w/o dye", "w/o dye", "without contrast", "with dye"),
        ("MRI with contrast", "with contrast", "with dye", "without contrast"),
        ("MRI with and without contrast", "with and without contrast", "with contrast", "no dye"),
        ("non-contrast MRI", "non-contrast", "without contrast", "with contrast"),
        ("MRI WITHOUT  Contrast", "WITHOUT  Contrast", "no gadolinium", "with contrast"),
    ],
)
def test_one_is_not_the_other(text: str, said: str, in_service: str, not_in_service: str) -> None:
    (meaning,) = contrast(text)
    assert text[meaning.start : meaning.end] == said
    assert isinstance(meaning.query, DisMax)
    assert " ".join(re.split(r"[\s/-]+", said.lower())) == " ".join(typed(meaning.query))
    told = [" ".join(one.words) for one in meaning.query.parts if isinstance(one, Phrase)]
    assert in_service in told
    assert not_in_service not in told
    assert len(set(told)) == len(told)
    assert {one.fields for one in meaning.query.parts if isinstance(one, Phrase)} == {("service",)}
    assert meaning.note
    assert meaning.note.message == f"“{said}” was searched for in the service, in any wording."


@pytest.mark.parametrize(
    "text",
    [
        *("MRI", "contrast bath", "acupuncture without surgery", ""),
        *("MRI x-without contrast", "MRI without contrasted", "MRI and/without contrast"),
    ],
)
def test_nothing_is_read_from_other_words(text: str) -> None:
    assert list(contrast(text)) == []


CODED = determination(
    "CM16-0000001",
    issue(1, "MRI of the lumbar spine", body_parts=("low back",)),
    issue(2, "MRI of the knee", body_parts=("knee",)),
    issue(3, "TENS unit"),
    issue(4, "Item 72148"),
)


def numbers_found(q: str, *, intent: bool = True) -> list[int]:
    rows = service([CODED]).search(SearchState(q, intent=intent)).rows
    return sorted(row.number for row in rows)


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("72148", [1]),
        ("CPT 72148", [1]),
        ("cpt code 72148,", [1]),
        ("HCPCS: e0730", [3]),
        ("72148 OR E0730", [1, 3]),  # an operator beside it applies to all of its words
        ("73721 knee", [2]),  # any joint of the leg: the body part is typed
        ('"72148"', [4]),  # quoted, it is what is printed
    ],
)
def test_a_code_asks_for_what_it_means(q: str, numbers: list[int]) -> None:
    assert numbers_found(q) == numbers


def test_a_code_itself_can_be_searched_for() -> None:
    (note,) = [
        one
        for one in service([CODED]).search(SearchState("72148")).notes
        if one.code == "service-code"
    ]
    assert note.message == "“72148” was read as “low back MRI”."
    assert numbers_found("72148", intent=False) == [4]


@pytest.mark.parametrize("q", ["99999", "#72148", "72148-26x", "1,72148", "M5416"])
def test_other_numbers_are_no_codes(q: str) -> None:
    notes = service([CODED]).search(SearchState(q)).notes
    assert "service-code" not in {note.code for note in notes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("when is an MRI approved?", True, id="present"),
        pytest.param("must acupuncture be approved first?", True, id="modal verb"),
        pytest.param("which MRIs were approved?", False, id="past"),
        pytest.param("is there an MRI that was approved?", False, id="both"),
        pytest.param("Must acupuncture be approved? ", True, id="capitals, and a blank behind"),
        pytest.param("MRI approved", False, id="no question"),
        pytest.param("MRI approved?", False, id="a question without a word of rule"),
        pytest.param("when is an MRI approved", False, id="no question mark"),
    ],
)
def test_a_question_may_ask_for_the_rule(text: str, expected: bool) -> None:
    assert asks_for_rule(text) is expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("acupuncture UR modified", "UR modified", id="before it"),
        pytest.param(
            "MRI modified by utilization review", "modified by utilization review", id="by"
        ),
        pytest.param("partially certified norco", "partially certified", id="of the request"),
    ],
)
def test_words_of_a_part_authorized_ask_for_modified_requests(text: str, said: str) -> None:
    (meaning,) = ur_actions(text)
    assert text[meaning.start : meaning.end] == said
    assert meaning.query == FieldEquals("ur", "modified")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("modified duty", id="of work"),
        pytest.param("neur modified", id="the end of another word"),
        pytest.param("denied by UR", id="as nearly every request was"),
    ],
)
def test_no_action_is_read_from_other_words(text: str) -> None:
    assert list(ur_actions(text)) == []


@pytest.mark.parametrize(
    ("text", "said", "decision"),
    [
        pytest.param("acupuncture Approved", "Approved", OVERTURNED, id="the treatment won"),
        pytest.param("MRI denied.", "denied", UPHELD, id="it lost"),
        pytest.param("MRI not approved", "not approved", UPHELD, id="turned round"),
        pytest.param("never denied", "never denied", OVERTURNED, id="turned round the other way"),
        pytest.param("not an MRI, approved", "approved", OVERTURNED, id="only the word before"),
        pytest.param("non-certified massage", "non-certified", UPHELD, id="with a hyphen"),
        pytest.param("medically  necessary", None, None, id="two blanks are no such word"),
    ],
)
def test_words_of_outcome_only_sort(text: str, said: str | None, decision: str | None) -> None:
    """A filter would make the share of overturned issues a matter of wording."""
    found = list(decision_meanings(text))
    assert [text[one.start : one.end] for one in found] == ([said] if said else [])
    for one in found:
        assert one.query is None
        assert one.wish == ConstantScore(FieldEquals("decision", str(decision)), DECISION_WISH)
        assert one.note
        assert one.note.code == "decision-words"
        assert one.note.message.startswith(f"“{said}” only sorts: issues that were {decision} (")
        assert one.note.message.endswith(") come first.")


def test_in_a_question_about_the_rule_a_decision_is_an_example() -> None:
    """It weighs less than what the issue is about."""
    (found,) = decision_meanings("when is an MRI approved?")
    assert found.wish == ConstantScore(FieldEquals("decision", OVERTURNED), RULE_WISH)
    assert found.note
    assert found.note.message.endswith(") rank higher.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("board certified surgeon", id="board certified"),
        pytest.param("Board-certified", id="one word"),
        pytest.param("what UR denied", id="the utilization review's decision"),
        pytest.param("denied by the carrier", id="whoever stands behind it"),
        pytest.param("denied By the carrier", id="in capitals, too"),
        pytest.param("certified interpreter", id="who is certified"),
        pytest.param("unapproved drug", id="the end of another word"),
        pytest.param("approved-of plan", id="the beginning of another"),
    ],
)
def test_the_decision_of_someone_else_is_left_alone(text: str) -> None:
    assert list(decision_meanings(text)) == []


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        pytest.param("board meeting, MRI approved", ["approved"], id="words between before"),
        pytest.param("board MRI approved", ["approved"], id="a word between before"),
        pytest.param("MRI approved, as by law", ["approved"], id="a word between behind"),
        pytest.param("MRI approved and CT denied", ["approved", "denied"], id="both"),
    ],
)
def test_only_the_word_beside_tells_whose_decision_it_is(text: str, decided: list[str]) -> None:
    assert [text[one.start : one.end] for one in decision_meanings(text)] == decided


@pytest.mark.parametrize("word", ["denial", "Denials", "approval"])
def test_what_every_issue_has_is_ignored(word: str) -> None:
    """Every issue disputes a denial: the word must not be looked for, nor sort."""
    (found,) = decision_meanings(f"MRI {word}")
    assert (found.query, found.wish) == (None, None)
    assert found.note
    assert found.note.message == f"“{word}” was ignored: it names no decision."
