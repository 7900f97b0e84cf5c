"""Numbers in words: which are years, ages and amounts, and which stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.recognize_numbers import numbers
from imrsearch.query.tree import And, FieldEquals, Query, Range


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
    ],
)
def test_numbers_of_issues(text: str, said: str, query: Query) -> None:
    (meaning,) = numbers(text)
    assert (text[meaning.start : meaning.end], meaning.query) == (said, query)
    assert meaning.note
    assert meaning.note.code == "numbers"


@pytest.mark.parametrize(
    "text",
    ["after 6 weeks", "more than 6 weeks", "> 50 %", "over 3 months", "patients over 6 weeks"],
)
def test_numbers_that_issues_have_not_are_told(text: str) -> None:
    (meaning,) = numbers(text)
    assert meaning.start == meaning.end
    assert meaning.note
    assert meaning.note.code == "no-such-number"


@pytest.mark.parametrize(
    "text", ["L4-5", "10 mg", "6 visits", "in 3", "2015", "7.5/325", "over 1,000"]
)
def test_other_numbers_are_words(text: str) -> None:
    assert list(numbers(text)) == []


@given(st.text(alphabet="0123456789 #><-/andtofroverag", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for meaning in numbers(text):
        assert 0 <= meaning.start <= meaning.end <= len(text)
