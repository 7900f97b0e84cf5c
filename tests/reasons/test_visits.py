"""How many visits a patient had before, as rationales and summaries tell it."""

from __future__ import annotations

import pytest

from imrsearch.model import VisitsSoFar
from imrsearch.reasons.read import MOST_TEXT
from imrsearch.reasons.visits import read_visits, the_only_number, visits_told


def counts(text: str) -> list[int]:
    return [told.count for told in visits_told(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The patient has had 15 sessions of physical therapy.", 15),
        pytest.param("He completed at least six visits.", 6, id="in words"),
        pytest.param("He attended a total of twenty-four visits.", 24, id="in two words"),
        pytest.param("She received about 9 acupuncture treatments.", 9, id="about"),
        pytest.param("He underwent 6 (6) chiropractic visits.", 6, id="shown twice"),
        pytest.param("The patient participated in 8 group sessions.", 8, id="participated"),
        pytest.param("There were 6 prior sessions.", 6, id="prior"),
        pytest.param("The request follows 6 prior visits.", 6, id="what is asked for comes after"),
        pytest.param(
            "After 5 earlier occupational therapy visits he is no better.", 5, id="earlier"
        ),
        pytest.param("24 visits to date are on record.", 24, id="to date"),
        pytest.param("There were 10 massage sessions thus far.", 10, id="thus far"),
        pytest.param("Ten sessions have been completed.", 10, id="have been completed"),
        pytest.param("Eight physical therapy visits were attended.", 8, id="were attended"),
        pytest.param("Twelve visits went before.", 12, id="went before"),
        pytest.param("Of these sessions, sixteen have been used.", 16, id="a number alone, used"),
        pytest.param("Visits are asked for; he has had eleven.", 11, id="a number alone, had"),
        pytest.param(
            "Eighteen visits are the most. She has had twenty.", 20, id="in a sentence of its own"
        ),
        pytest.param("She completed 12 viſits.", 12, id="the long s of a bad extract"),
        pytest.param("ſix visits went before.", 6, id="and in a number"),
        pytest.param("İ. She completed 12 visits.", 12, id="behind a letter of two in lower case"),
    ],
)
def test_visits_that_the_patient_had(text: str, count: int) -> None:
    assert counts(text) == [count]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ODG recommends 6 completed visits first.", id="recommended"),
        pytest.param("The guideline allows 10 prior visits.", id="allowed"),
        pytest.param("Coverage is up to 24 completed visits.", id="up to"),
        pytest.param("It may follow if 6 visits were completed.", id="if"),
        pytest.param("Should 6 visits have been completed, it may go on.", id="should"),
        pytest.param("ODG supports 6 earlier visits.", id="supported"),
        pytest.param("The review of requested 6 earlier visits is open.", id="requested"),
        pytest.param("He requests 12 additional sessions.", id="asked for"),
        pytest.param("He attended 12/18 visits.", id="of so many"),
        pytest.param("He completed 8-10 treatments.", id="a range"),
        pytest.param("He has had 7.5 mg before such visits.", id="a dose"),
        pytest.param("He had one-on-one treatments.", id="part of another word"),
        pytest.param("He had 6 chiropractic and massage and other visits.", id="too far apart"),
        pytest.param("He has had sixteen.", id="of what is not told"),
        pytest.param("Two blocks are the most. She has had two.", id="of something else"),
        pytest.param("He completed 1200 visits.", id="no such number"),
    ],
)
def test_no_visits_that_the_patient_had(text: str) -> None:
    assert counts(text) == []


def test_what_a_guideline_allows_does_not_hide_what_was_had() -> None:
    text = "The guideline recommends 10 visits, and by now he has completed 24 visits."
    assert counts(text) == [24]


def test_a_number_comes_with_its_sentence() -> None:
    text = "The MTUS allows 24 visits. He completed 10 visits. He is no better."
    assert read_visits(text) == VisitsSoFar(10, "He completed 10 visits.", (27, 50))


def test_a_number_told_twice_is_that_of_its_first_sentence() -> None:
    visits = read_visits("Ten sessions have been completed. He completed 10 sessions.")
    assert visits
    assert visits.evidence == "Ten sessions have been completed."


def test_two_numbers_are_none() -> None:
    assert read_visits("He completed 10 sessions. There were 6 prior visits.") is None
    assert the_only_number(()) is None


def test_a_text_is_read_so_far() -> None:
    said = "He completed 10 visits."
    assert counts(" " * (MOST_TEXT - len(said)) + said) == [10]
    assert counts(" " * MOST_TEXT + said) == []
