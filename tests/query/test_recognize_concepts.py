from __future__ import annotations

import pytest

from imrsearch.query.recognize_concepts import Concept, Concepts, find_concepts
from imrsearch.query.tree import Boosted, ConstantScore, walk
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount


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


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        pytest.param("epidural after physical therapy", [9, 3], id="after"),
        pytest.param("epidural after six weeks of physical therapy", [9, 3], id="after so much"),
        pytest.param("after knee arthroscopy acupuncture", [3, 9], id="the circumstance first"),
        pytest.param("acupuncture without surgery", [9, 4 / 3], id="a class, too"),
        pytest.param("MRI despite failed chiropractic", [9, 3], id="despite what failed"),
        pytest.param("MRI because of acupuncture", [9, 3], id="because of"),
        pytest.param("MRI and acupuncture", [9, 9], id="two that are asked for"),
        pytest.param("requested MRI after acupuncture", [27, 3], id="asked for expressly"),
    ],
)
def test_a_treatment_that_is_circumstance_weighs_a_third(text: str, weights: list[float]) -> None:
    names = ("epidural steroid injection", "physical therapy", "MRI", "acupuncture")
    table = [FacetCount(name, 1, 0) for name in (*names, "chiropractic", "knee arthroscopy")]
    meanings = Concepts(Vocabulary({"treatment": table}))(text)
    found = [walk(meaning.query) for meaning in meanings if meaning.query]
    wishes = [node.wishes[0] for nodes in found for node in nodes if isinstance(node, Boosted)]
    assert [wish.score for wish in wishes if isinstance(wish, ConstantScore)] == weights


def test_a_misspelt_name_is_searched_for_by_the_usual_names_too() -> None:
    (misspelt,) = find_concepts("chiropratic")
    (usual,) = find_concepts("chiropractic")
    assert set(misspelt.names) >= {"chiropractic", *usual.names}
