"""The body part of a request that names none."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.body_parts import with_body_parts
from imrsearch.search.pasted.request import Request


def request(treatment: str, category: str, *body_parts: str) -> Request:
    return Request(treatment, treatment, category, body_parts, None)


BRACE = request("knee brace", "Durable Medical Equipment", "knee")
THERAPY = request("physical therapy", "Physical Medicine")
DRUG = request("naproxen", "Pharmaceuticals")
COMPLAINT = "The patient complains of pain in the left shoulder."


def parts(*requests: Request, text: str = "") -> list[tuple[str, ...]]:
    return [one.body_parts for one in with_body_parts(requests, text)]


def test_it_is_that_of_the_others_where_they_agree() -> None:
    assert parts(BRACE, THERAPY) == [("knee",), ("knee",)]
    assert parts(BRACE, BRACE, THERAPY, text=COMPLAINT)[2] == ("knee",)


def test_it_is_not_known_where_the_others_do_not_agree() -> None:
    neck = request("MRI", "Diagnostic Testing", "neck")
    assert parts(BRACE, neck, THERAPY, text=COMPLAINT)[2] == ()


def test_it_is_that_of_the_text_where_no_request_names_one() -> None:
    assert parts(THERAPY, text=COMPLAINT) == [("shoulder",)]
    assert parts(THERAPY, text="He walks.") == [()]


@pytest.mark.parametrize(
    ("treatment", "category"),
    [
        ("naproxen", "Pharmaceuticals"),
        ("psychotherapy", "Psych Services"),
        ("home health care", "Home Health"),
        ("functional restoration program", "Programs"),
        ("assistant surgeon", "Surgery"),
        ("transportation", "Transportation"),
    ],
)
def test_what_is_for_the_whole_person_has_none(treatment: str, category: str) -> None:
    whole = request(treatment, category)
    assert parts(BRACE, whole) == [("knee",), ()]
    assert parts(whole, text=COMPLAINT) == [()]


def test_a_part_of_the_spine_stands_for_it() -> None:
    lumbar = request("lumbar brace", "Durable Medical Equipment", "back", "low back", "spine")
    back = request("back brace", "Durable Medical Equipment", "back")
    assert parts(lumbar, back) == [("low back",), ("back",)]
