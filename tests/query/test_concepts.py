"""What the words of a search name; what of it is asked for, and what is circumstance."""

from __future__ import annotations

import pytest

from imrsearch.query.concepts import (
    ASKED,
    CIRCUMSTANCE,
    ELSEWHERE,
    PARAGRAPH,
    Concept,
    find_concepts,
    is_story,
    roles,
)


def told(concept: Concept, text: str) -> tuple[str, list[str], list[str]]:
    return text[concept.start : concept.end], concept.treatments, concept.regions


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        pytest.param(
            "shoulder MRI", [("shoulder", [], ["shoulder"]), ("MRI", ["MRI"], [])], id="two"
        ),
        pytest.param(
            "lumbar epidural steroid injection",
            [
                (
                    "lumbar epidural steroid injection",
                    ["epidural steroid injection"],
                    ["low back"],
                )
            ],
            id="a body part inside a treatment",
        ),
        pytest.param(
            "back brace", [("back brace", ["lumbar brace"], [])], id="a treatment with its own"
        ),
        pytest.param("Norco", [("Norco", ["hydrocodone/acetaminophen"], [])], id="brand"),
        pytest.param(
            "hot/cold pack", [("hot/cold pack", ["hot/cold pack"], [])], id="one thing with a slash"
        ),
        pytest.param(
            "PT/OT",
            [("PT", ["physical therapy"], []), ("OT", ["occupational therapy"], [])],
            id="two things with a slash",
        ),
        pytest.param("L5-S1", [], id="a level is more than its region"),
        pytest.param("zebra", [], id="unknown"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_concepts(text: str, concepts: list[tuple[str, list[str], list[str]]]) -> None:
    assert [told(concept, text) for concept in find_concepts(text)] == concepts


@pytest.mark.parametrize(
    ("one_way", "other_way"),
    [
        ("knee injection", "injection knee"),
        ("hip injections", "injections for the hip"),
        ("lumbar surgery", "surgery of the lumbar spine"),
        ("back surgery", "surgery on the back"),
        ("knee surgery", "surgery knee"),
        ("hand rehabilitation", "rehabilitation of the hand"),
    ],
)
def test_a_category_at_a_body_part_in_either_order(one_way: str, other_way: str) -> None:
    """A catalogue's name for one of the two ways must not make it another search."""
    asked = [
        {(*one.classes, *one.treatments, *one.regions) for one in find_concepts(text)}
        for text in (one_way, other_way)
    ]
    assert asked[0] == asked[1]
    assert len(asked[0]) == 2


@pytest.mark.parametrize("name", ["carpal tunnel surgery", "SI joint injection", "spine surgeon"])
def test_a_category_at_a_structure_is_one_treatment(name: str) -> None:
    (concept,) = find_concepts(name)
    assert concept.treatments
    assert not concept.classes


def test_a_category_of_the_form() -> None:
    (concept,) = find_concepts("surgeries")
    assert (concept.classes, concept.treatments) == (["Surgery"], [])


def test_a_general_word_stands_for_several_treatments() -> None:
    (concept,) = find_concepts("muscle relaxer")
    assert {"cyclobenzaprine", "tizanidine", "carisoprodol"} <= set(concept.treatments)


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        pytest.param("ten weeks", None, id="a number"),
        pytest.param("TENS", "TENS unit", id="the device"),
        pytest.param("young men", None, id="men are no MENS"),
        pytest.param("pen and paper", None, id="a pen is no PENS"),
        pytest.param("PENS trial", "percutaneous electrical nerve stimulation", id="PENS"),
        pytest.param("RFA", "radiofrequency ablation", id="alone the procedure"),
        pytest.param("RFA form", None, id="a form"),
        pytest.param("RFA dated May 3", None, id="a dated form"),
        pytest.param("RFA was submitted late", None, id="a form that was sent"),
        pytest.param("lumbar RFA requested", "radiofrequency ablation", id="at a body part"),
        pytest.param("PT", "physical therapy", id="alone the therapy"),
        pytest.param("PT was denied", "physical therapy", id="what is decided on"),
        pytest.param("PT for a 45 year old", "physical therapy", id="for somebody"),
        pytest.param("PT says it hurts", None, id="a patient speaks"),
        pytest.param("PT is a 45 year old male", None, id="a patient is described"),
        pytest.param("CT", "CT scan", id="alone the scan"),
        pytest.param("CT syndrome", None, id="carpal tunnel"),
        pytest.param("CT injury", None, id="cumulative trauma"),
        pytest.param("OT", "occupational therapy", id="alone the therapy, too"),
        pytest.param("worked OT hours", None, id="overtime"),
        pytest.param("show us", None, id="a pronoun"),
        pytest.param("US guided", "ultrasound", id="with guidance"),
        pytest.param("a sad story", None, id="a feeling"),
        pytest.param("service pet", None, id="an animal"),
        pytest.param("PET", "PET scan", id="the scan in capitals"),
        pytest.param("ensure compliance", None, id="a verb"),
        pytest.param("nurse hurt her back", None, id="a worker"),
        pytest.param("home nurse", "home health care", id="a service"),
        pytest.param("taxi driver", None, id="a job"),
        pytest.param("taxi to the clinic", "transportation", id="a ride"),
        pytest.param("surgeon recommends it", None, id="who speaks"),
        pytest.param("hardware store", None, id="a shop"),
        pytest.param("bed rest", None, id="no furniture"),
    ],
)
def test_names_with_a_commoner_meaning(text: str, treatment: str | None) -> None:
    found = [name for concept in find_concepts(text) for name in concept.treatments]
    assert found == ([treatment] if treatment else [])


def test_a_misspelt_name_is_searched_for_by_the_usual_names_too() -> None:
    (misspelt,) = find_concepts("chiropratic")
    (usual,) = find_concepts("chiropractic")
    assert set(misspelt.names) >= {"chiropractic", *usual.names}


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
