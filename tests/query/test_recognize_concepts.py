from __future__ import annotations

import pytest

from imrsearch.query.recognize_concepts import Concept, find_concepts


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
        pytest.param("L5-S1", [], id="a level is more than its region"),
        pytest.param("zebra", [], id="unknown"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_concepts(text: str, concepts: list[tuple[str, list[str], list[str]]]) -> None:
    assert [told(concept, text) for concept in find_concepts(text)] == concepts


def test_a_category_of_the_form() -> None:
    (concept,) = find_concepts("surgeries")
    assert (concept.classes, concept.treatments) == (["Surgery"], [])


def test_a_general_word_stands_for_several_treatments() -> None:
    (concept,) = find_concepts("muscle relaxer")
    assert {"cyclobenzaprine", "tizanidine", "carisoprodol"} <= set(concept.treatments)
