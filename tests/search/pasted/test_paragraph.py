"""Whom a paragraph is about that names its request at the end."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests

LISTED = (
    "1. MRI of the lumbar spine - denied\n2. TENS unit, purchase - denied\n"
    "3. Lumbar epidural steroid injection - denied\n\nRationale:\n"
)
RED_FLAGS, TRIAL, RADICULOPATHY = "red-flags", "trial-first", "neurologic-findings"


def told(text: str) -> list[list[str]]:
    """The criteria of each request."""
    return [[one.criterion for one in request.reasons] for request in read_requests(text)]


def test_each_paragraph_is_about_what_it_concludes_on() -> None:
    text = LISTED + (
        "There are no red flags. Therefore, the request for an MRI of the lumbar spine is not "
        "medically necessary.\n"
        "A one-month trial of the unit was not documented. Therefore, the TENS unit is not "
        "medically necessary.\n"
        "Radiculopathy is not documented. Therefore, the epidural steroid injection is not "
        "medically necessary."
    )
    assert told(text) == [[RED_FLAGS], [TRIAL], [RADICULOPATHY]]


def test_the_pages_cited_ahead_of_the_name_are_of_that_request() -> None:
    text = LISTED + (
        "ACOEM chapter 12, page 303, asks for red flags, which are not documented. Therefore, the "
        "request for an MRI of the lumbar spine is not medically necessary."
    )
    cited = [[one.pages for one in request.citations] for request in read_requests(text)]
    assert cited == [[(303,)], [], []]


def test_without_therefore_the_first_request_takes_what_was_told_of_all() -> None:
    text = (
        "Items under review: shoulder arthroscopy; cold therapy unit.\n\n"
        "Physical therapy has not failed. I do not certify the shoulder arthroscopy."
    )
    (arthroscopy, unit) = told(text)
    assert arthroscopy == ["conservative-care-failed"]
    assert unit == []


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("The cold therapy unit falls with it and is denied.", id="what goes with it"),
        pytest.param("None of this is certified.", id="a decision on all"),
        pytest.param(
            "I do not certify the shoulder arthroscopy. I do not certify the cold therapy unit.",
            id="each by name",
        ),
    ],
)
def test_what_was_told_of_all_stays_so(end: str) -> None:
    text = (
        "Items under review: shoulder arthroscopy; cold therapy unit.\n\n"
        f"Physical therapy has not failed. {end}"
    )
    assert "conservative-care-failed" in told(text)[0]


def test_a_decision_on_all_ends_what_may_be_left_to_one() -> None:
    text = (
        "The following were submitted: shoulder arthroscopy; cold therapy unit.\n\n"
        "None of these is certified. Physical therapy has not failed. Moreover the cold therapy "
        "unit is not approved for the home."
    )
    assert "conservative-care-failed" in told(text)[0]
