"""The days of a pasted text; each row is another way to say what a day is of."""

from __future__ import annotations

from datetime import date

import pytest

from imrsearch.search.pasted.wording.days import dates

KINDS = {
    "injury": ["Date of Injury: {}", "DOI {}", "injured on {}", "The injury of {}"],
    "service": ["DOS {}", "Date of service {}", "Retro {}", "Retrospective: {}"],
    "decision": [
        "The decision of {}",
        "Determination {}",
        "denied on {}",
        "denial {}",
        "certified {}",
    ],
    "received": ["Date Received: {}", "injury request received {}"],
    "request": ["requested on {}", "RFA {}", "letter dated {}"],
    "": [
        "On {}",
        "He fell on {}, the injury is new",
        "injury, which was a long time before this: {}",
    ],
}


@pytest.mark.parametrize(
    ("kind", "told"), [(kind, told) for kind, rows in KINDS.items() for told in rows]
)
def test_what_a_day_is_of(kind: str, told: str) -> None:
    (found,) = dates(told.format("5/3/2016"))
    assert (found.kind, found.day) == (kind, date(2016, 5, 3))


def test_the_words_before_each_day_count() -> None:
    found = dates("DOI: 2/11/2014   Received 6/3/16, 6/4/16, denied June 5, 2016")
    assert [(one.kind, one.day.day) for one in found] == [
        ("injury", 11), ("received", 3), ("", 4), ("decision", 5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "told", ["DOB 1/2/1970", "Date of birth: May 4, 1970", "born 5/4/70", "denied 13/45/2016", ""]
)
def test_births_and_what_is_no_day(told: str) -> None:
    assert list(dates(told)) == []
