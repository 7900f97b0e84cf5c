"""What of a search is asked for, and what is circumstance."""

from __future__ import annotations

import pytest

from imrsearch.query.recognize_concepts import find_concepts
from imrsearch.query.roles import ASKED, CIRCUMSTANCE, ELSEWHERE, PARAGRAPH, is_story, roles

STORY = (
    "The clerk fell from a ladder in May, has numb fingers and tried {tried}."
    " Her {who} wants {wanted}. The carrier finds that nobody has seen a weakness so far."
)


def weights(text: str) -> dict[str, float]:
    named = find_concepts(text)
    return {
        text[one.start : one.end]: weight
        for one, weight in zip(named, roles(text, named), strict=True)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("acupuncture", {"acupuncture": 1}, id="by itself"),
        pytest.param(
            "acupuncture after six weeks of massage",
            {"acupuncture": 1, "massage": CIRCUMSTANCE},
            id="what was before",
        ),
        pytest.param(
            "tests before a low risk operation",
            {"operation": CIRCUMSTANCE},
            id="some words behind an article",
        ),
        pytest.param(
            "acupuncture after the massage", {"acupuncture": 1, "massage": CIRCUMSTANCE}, id="the"
        ),
        pytest.param("sessions with acupuncture", {"acupuncture": 1}, id="sessions with it"),
        pytest.param(
            "gabapentin with naproxen", {"gabapentin": 1, "naproxen": CIRCUMSTANCE}, id="with it"
        ),
        pytest.param("neck", {"neck": 1}, id="a body part"),
        pytest.param("acupuncture of the neck", {"acupuncture": 1, "neck": 1}, id="with its part"),
        pytest.param("chiropractor", {"chiropractor": 1}, id="who, for what he does"),
        pytest.param(
            "acupuncture after surgery of the neck",
            {"acupuncture": 1, "surgery": CIRCUMSTANCE, "neck": 1},
            id="a body part is never what was before",
        ),
        pytest.param("despite the neck", {"neck": 1}, id="not even by itself"),
        pytest.param("request for an MRI", {"MRI": ASKED}, id="said to be asked for"),
    ],
)
def test_short_search(text: str, expected: dict[str, float]) -> None:
    assert weights(text) == expected


def test_a_story_is_about_what_is_asked_for_and_its_body_part() -> None:
    text = STORY.format(tried="massage", who="chiropractor", wanted="an MRI of the neck")
    assert weights(text) == {
        "fingers": ELSEWHERE,
        "massage": CIRCUMSTANCE,
        "chiropractor": CIRCUMSTANCE,
        "MRI": ASKED,
        "neck": 1,
    }


def test_an_abbreviation_needs_its_context_in_a_story() -> None:
    assert weights("RFA") == {"RFA": 1}
    text = STORY.format(tried="rest, as the RFA of 3 March says", who="doctor", wanted="massage")
    assert "RFA" not in weights(text)


def test_without_a_request_a_story_is_about_its_first_body_part() -> None:
    """And no treatment is more than it would be in a short search."""
    text = STORY.format(tried="massage", who="doctor", wanted="rest, as the neck hurts")
    assert weights(text) == {"fingers": 1, "massage": 1, "neck": ELSEWHERE}


def test_a_body_part_far_from_the_request_is_not_the_treated_one() -> None:
    wanted = "an MRI, as it was said at the last visit but one, which is of the neck"
    assert weights(STORY.format(tried="massage", who="doctor", wanted=wanted))["neck"] == ELSEWHERE


def test_the_body_part_may_stand_before_the_treatment() -> None:
    text = STORY.format(tried="massage", who="doctor, because of her neck,", wanted="an MRI")
    assert weights(text) == {"fingers": ELSEWHERE, "massage": CIRCUMSTANCE, "neck": 1, "MRI": ASKED}


def test_a_body_part_that_is_asked_for_is_no_treatment() -> None:
    """So that what was tried is no less than in a story without a request."""
    text = STORY.format(tried="massage", who="doctor", wanted="the neck looked after")
    assert weights(text) == {"fingers": 1, "massage": 1, "neck": ELSEWHERE}


@pytest.mark.parametrize(
    ("who", "wanted", "weight"),
    [
        pytest.param("doctor", "an MRI by the end of May, her neck", 1, id="behind"),
        pytest.param("doctor", "an MRI by the end of June, her neck", ELSEWHERE, id="far behind"),
        pytest.param("doctor, for the neck on 12 August,", "an MRI", 1, id="before"),
        pytest.param("doctor, for the neck on 12 October,", "an MRI", ELSEWHERE, id="far before"),
    ],
)
def test_the_treated_body_part_stands_a_few_words_from_the_treatment(
    who: str, wanted: str, weight: float
) -> None:
    """Up to 24 characters lie between them."""
    assert weights(STORY.format(tried="massage", who=who, wanted=wanted))["neck"] == weight


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("an MRI", {"massage": CIRCUMSTANCE, "MRI": ASKED}, id="a request"),
        pytest.param("rest", {"massage": 1}, id="no request"),
    ],
)
def test_a_story_may_name_no_body_part(wanted: str, found: dict[str, float]) -> None:
    text = STORY.replace("has numb fingers", "has no strength")
    assert weights(text.format(tried="massage", who="doctor", wanted=wanted)) == found


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        pytest.param("doctor", "surgery", id="a whole category"),
        pytest.param("aunt", "a Chiropractor", id="who treats"),
    ],
)
def test_people_and_whole_categories_are_circumstance_even_where_they_are_asked_for(
    who: str, wanted: str
) -> None:
    found = weights(STORY.format(tried="massage", who=who, wanted=wanted))
    assert found == {"fingers": 1, "massage": 1, wanted.split()[-1]: CIRCUMSTANCE}


def test_what_is_asked_for_weighs_more_than_what_is_only_named() -> None:
    assert 0 < CIRCUMSTANCE < ELSEWHERE < 1 < ASKED


@pytest.mark.parametrize(("words", "told"), [(PARAGRAPH, False), (PARAGRAPH + 1, True)])
def test_a_story_has_more_words_than_a_search(words: int, told: bool) -> None:
    assert is_story("word " * words) is told


@pytest.mark.parametrize(
    ("who", "tried"),
    [
        pytest.param("Chiropractor", "massage", id="who treats, in capitals too"),
        pytest.param("doctor", "surgery", id="a whole category"),
    ],
)
def test_people_and_whole_categories_are_circumstance_in_a_story(who: str, tried: str) -> None:
    """Whatever stands before them: "wants surgery" names nothing that could be looked for."""
    found = weights(STORY.format(tried=tried, who=who, wanted="an MRI of the neck"))
    assert found.get(who, CIRCUMSTANCE) == found[tried] == CIRCUMSTANCE
    assert found["MRI"] == ASKED
