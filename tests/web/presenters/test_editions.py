"""Editions of guidelines and what they advise, in words."""

from __future__ import annotations

from datetime import date

import pytest

from imrsearch.model import NotInForce, Recommendation
from imrsearch.web.presenters.editions import (
    advice_words,
    edition_lines,
    edition_name,
    edition_remark,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [("2016-02-24", "Feb 24, 2016"), ("2016-02", "Feb 2016"), ("2009", "2009")],
)
def test_an_edition_is_called_by_its_day_month_or_year(name: str, words: str) -> None:
    assert edition_name(name) == words


@pytest.mark.parametrize(
    ("guideline", "urls"),
    [
        ("mtus-chronic-pain", [None, None, "/guidelines/acoem-chronic-pain"]),
        ("acoem-chronic-pain", ["/guidelines/mtus-chronic-pain"] * 2 + [None]),
    ],
)
def test_the_editions_of_a_subject_stand_by_time_and_lead_to_the_other_works(
    guideline: str, urls: list[str | None]
) -> None:
    lines = edition_lines(guideline)
    assert [(line.edition, line.in_force) for line in lines] == [
        ("2009", "Jul 18, 2009 to Jul 27, 2016"),
        ("2016", "Jul 28, 2016 to Nov 30, 2017"),
        ("May 15, 2017", "since Dec 1, 2017; no later edition is known here"),
    ]
    assert [line.work.url for line in lines] == urls
    assert lines[2].work.label == "Chronic Pain"
    assert all("DWC" in line.source for line in lines)


def test_where_no_edition_is_known_there_are_no_lines() -> None:
    assert edition_lines("odg-low-back") == edition_lines("nobody") == ()


@pytest.mark.parametrize(
    ("until", "day_of", "words"),
    [
        pytest.param(
            date(2016, 7, 27),
            "decided",
            "(edition 2009 was not in force on the day of the decision, Aug 1, 2016: in force"
            " Jul 18, 2009 to Jul 27, 2016; dates from the footer)",
            id="its time was over",
        ),
        pytest.param(
            None,
            "ur_denial",
            "(edition 2009 was not in force on the day of the utilization review, Aug 1, 2016: in"
            " force since Jul 18, 2009; no later edition is known here; dates from the footer)",
            id="its time had not come",
        ),
    ],
)
def test_the_remark_on_an_edition_that_was_not_in_force(
    until: date | None, day_of: str, words: str
) -> None:
    remark = NotInForce(
        "2009",
        date(2009, 7, 18),
        until,
        date(2016, 8, 1),
        day_of,  # type: ignore[arg-type]
        "the footer",
    )
    assert edition_remark(remark) == words


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        (Recommendation("not recommended", None, None, None, ""), "Not recommended"),
        (Recommendation("recommended", "strongly", None, None, ""), "Strongly recommended"),
        (
            Recommendation("recommended", "moderately", "B", "high", ""),
            "Moderately recommended; evidence B (moderate); level of confidence high",
        ),
        (Recommendation(None, None, "I", None, ""), "Evidence I (insufficient)"),
        (Recommendation(None, None, None, "low", ""), "Level of confidence low"),
    ],
)
def test_what_a_guideline_advises(advice: Recommendation, words: str) -> None:
    assert advice_words(advice) == words
