"""Months of decisions, as words and as values of the field ``decided``."""

from __future__ import annotations

import pytest

from imrsearch.query.format import printed
from imrsearch.query.recognize_months import months
from imrsearch.query.tree import Range
from tests.query.words import read


@pytest.mark.parametrize(
    ("text", "said", "value", "query"),
    [
        ("MRI December 2016", "December 2016", "2016-12", Range("decided", 20161201, 20161231)),
        ("after January 2017", "after January 2017", "2017-02..", Range("decided", 20170201, None)),
        ("after Dec. 2016", "after Dec. 2016", "2017-01..", Range("decided", 20170101, None)),
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
