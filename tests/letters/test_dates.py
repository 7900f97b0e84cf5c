"""Dates in every printed form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.letters.dates import DATE, latest_year, read_date


def only(text: str, latest: int = 2016) -> date | None:
    match = DATE.search(text)
    return read_date(match, latest) if match else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("10/13/2016", date(2016, 10, 13), id="the field block's form"),
        pytest.param("5-20-2009", date(2009, 5, 20), id="hyphens"),
        pytest.param("4/1/2013", date(2013, 4, 1), id="without zeros"),
        pytest.param("08/22/14", date(2014, 8, 22), id="a year of two digits"),
        pytest.param("5/9/98", date(1998, 5, 9), id="two digits of the century before"),
        pytest.param("November 7, 1998", date(1998, 11, 7), id="month in words"),
        pytest.param("Nov. 7, 1998", date(1998, 11, 7), id="month cut short"),
        pytest.param("Sept. 3, 2014", date(2014, 9, 3), id="four letters"),
        pytest.param("September 03, 2014", date(2014, 9, 3), id="whole month, zero"),
        pytest.param("November 7th, 1998", date(1998, 11, 7), id="ordinal"),
        pytest.param("7 November 1998", date(1998, 11, 7), id="day first"),
        pytest.param("2022-09-19", date(2022, 9, 19), id="year first"),
        pytest.param("January the 5th, 2012", date(2012, 1, 5), id="month, the day"),
        pytest.param("the 3rd of March, 2010", date(2010, 3, 3), id="the day of the month"),
        pytest.param("CPT 2022-09-194", None, id="more digits than a day has"),
        pytest.param("10-28-\n2016", date(2016, 10, 28), id="broken over a line"),
        pytest.param("October 28,\n2016", date(2016, 10, 28), id="month form over a line"),
        pytest.param("2016.In", None, id="a year alone"),
        pytest.param("02/30/2016", None, id="no such day"),
        pytest.param("13/13/2016", None, id="no such month"),
        pytest.param("10/325mg", None, id="a dose"),
        pytest.param("1-2 visits", None, id="a range"),
        pytest.param("120/80/60", None, id="no date at all"),
    ],
)
def test_read_date(text: str, expected: date | None) -> None:
    assert only(text) == expected


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2030, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    for form in ("%m/%d/%Y", "%m-%d-%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y"):
        assert only(day.strftime(form)) == day


@given(st.dates(min_value=date(1925, 1, 1), max_value=date(2016, 12, 31)))
def test_a_year_of_two_digits_is_the_last_one_before_the_letter(day: date) -> None:
    read = only(day.strftime("%m/%d/%y"), 2016)
    expected_year = day.year if day.year > 1916 else day.year + 100
    assert read == day.replace(year=expected_year)


def test_latest_year_is_the_last_one_printed() -> None:
    assert latest_year("", "on 4/1/2013 and 2/26/2014", None) == 2014


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no date", id="no year"),
        pytest.param("Date of Injury: 12/1/2012, reviewed 8/20/13", id="only the injury's in full"),
    ],
)
def test_latest_year_by_the_case_number(text: str) -> None:
    assert latest_year("", text, "CM15-0000001") == 2016


@pytest.mark.parametrize(
    ("decided", "latest"),
    [
        ("October 13, 2016", 2016),
        ("13 October 2016", 2016),
        pytest.param("10/13/16", 2014, id="a year in two digits tells none"),
        pytest.param("10/13/1016", 2014, id="nor does a misprint"),
    ],
)
def test_the_year_of_the_decision_is_the_letters(decided: str, latest: int) -> None:
    assert latest_year(decided, "on 4/1/2013 and 2/26/2014", None) == latest
