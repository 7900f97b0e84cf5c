"""Remarks on editions that were not in force, and where none may stand."""

from __future__ import annotations

from datetime import date

import pytest

from imrsearch.citations.editions import remark_rationale, remark_statement
from imrsearch.citations.rationale import read_rationale
from imrsearch.citations.statements import read_statement
from imrsearch.model import Dates, NotInForce

MTUS = "Decision based on MTUS "
NON = "Decision based on Non-MTUS Citation "


def remarks(text: str, day: str) -> list[str | None]:
    dates = Dates(ur_denial=date.fromisoformat(day))
    found = remark_statement(read_statement(text).statement, dates).citations
    return [one.not_in_force.edition if one.not_in_force else None for one in found]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (MTUS + "Chronic Pain Medical Treatment 2009, Section(s): NSAIDs.", "2016-07-27", [None]),
        (MTUS + "Chronic Pain Medical Treatment 2009, Section(s): NSAIDs.", "2016-07-28", ["2009"]),
        (MTUS + "Chronic Pain Medical Treatment 2016, Section(s): NSAIDs.", "2016-07-27", ["2016"]),
        (MTUS + "Chronic Pain Medical Treatment 2016, Section(s): NSAIDs.", "2016-11-02", [None]),
        (MTUS + "Chronic Pain Treatment Guidelines Page(s): 98.", "2016-11-02", [None]),  # no year
        (MTUS + "Low Back Complaints 2004, Section(s): Physical Methods.", "2017-11-30", [None]),
        (MTUS + "Low Back Complaints 2004, Section(s): Physical Methods.", "2018-02-01", ["2004"]),
        (MTUS + "Low Back Disorders Guideline (ACOEM February 24, 2016).", "2018-02-01", [None]),
        (
            MTUS + "Low Back Disorders Guideline (ACOEM February 24, 2016).",
            "2019-09-01",
            ["2016-02-24"],
        ),
        (
            MTUS + "Low Back Disorders Guideline (ACOEM March 7, 2019).",
            "2019-06-01",
            ["2019-03-07"],
        ),
        (
            MTUS + "Low Back Disorders Guideline (ACOEM March 8, 2019).",
            "2019-06-01",
            [None],
        ),  # none such
        (MTUS + "Acupuncture Treatment 2007.", "2018-02-01", [None]),  # no date is known
        (MTUS + "Elbow Complaints 2007.", "2018-02-01", [None]),
        (NON + "ACOEM Low Back Disorders 2016.", "2017-01-05", [None]),  # claims no force
        (
            NON + "Official Disability Guidelines (ODG), Low Back Chapter 2016.",
            "2020-01-05",
            [None],
        ),
        (
            f"{MTUS}Low Back Complaints 2004. {NON}ACOEM Knee Disorders 2015.",
            "2017-01-05",
            [None, None],
        ),
        (
            f"{MTUS}Low Back Complaints 2004. {NON}ACOEM Low Back Disorders 2016.",
            "2019-09-05",
            ["2004", None],
        ),
    ],
)
def test_statements(text: str, day: str, expected: list[str | None]) -> None:
    assert remarks(text, day) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("See the MTUS 2009 Chronic Pain Treatment Guidelines, page 80.", "2016-12-01", "2009"),
        ("See the MTUS 2009 Chronic Pain Treatment Guidelines, page 80.", "2016-05-01", None),
        ("The ACOEM Knee Disorders 2015 guideline, page 5, is newer.", "2017-01-05", None),
    ],
)
def test_rationales(text: str, day: str, expected: str | None) -> None:
    cited = tuple(found.value for found in read_rationale(text))
    (citation,) = remark_rationale(cited, Dates(decided=date.fromisoformat(day)))
    assert (citation.not_in_force and citation.not_in_force.edition) == expected


def test_a_remark_tells_dates_day_and_source() -> None:
    statement = read_statement(MTUS + "Chronic Pain Medical Treatment 2009.").statement
    (citation,) = remark_statement(statement, Dates(decided=date(2016, 12, 1))).citations
    assert citation.not_in_force == NotInForce(
        edition="2009",
        since=date(2009, 7, 18),
        until=date(2016, 7, 27),
        day=date(2016, 12, 1),
        day_of="decided",
        source="the guidelines' own footers and DWC's news of August 10, 2016",
    )


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            Dates(ur_denial=date(2016, 12, 2), decided=date(2017, 3, 4)),
            (date(2016, 12, 2), "ur_denial"),
        ),
        (Dates(decided=date(2017, 3, 4)), (date(2017, 3, 4), "decided")),
        (Dates(ur_denial=date(2016, 1, 2), decided=date(2017, 3, 4)), None),
        (Dates(injury=date(2010, 1, 1)), None),
    ],
)
def test_the_day_of_the_review(dates: Dates, expected: tuple[date, str] | None) -> None:
    statement = read_statement(MTUS + "Chronic Pain Medical Treatment 2009.").statement
    (citation,) = remark_statement(statement, dates).citations
    remark = citation.not_in_force
    assert (remark and (remark.day, remark.day_of)) == expected
