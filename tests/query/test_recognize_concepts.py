"""What a search asks of issues for the treatments that it names."""

from __future__ import annotations

import pytest

from imrsearch.query.recognize_concepts import Concepts, contrast
from imrsearch.query.tree import Boosted, ConstantScore, DisMax, Phrase, walk
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount


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


@pytest.mark.parametrize(
    ("text", "said", "in_service", "not_in_service"),
    [
        ("MRI without contrast", "without contrast", "w o contrast", "with contrast"),
        ("MRI w/o dye", "w/o dye", "without contrast", "with dye"),
        ("MRI with contrast", "with contrast", "with dye", "without contrast"),
        ("MRI with and without contrast", "with and without contrast", "with contrast", "no dye"),
    ],
)
def test_one_is_not_the_other(text: str, said: str, in_service: str, not_in_service: str) -> None:
    (meaning,) = contrast(text)
    assert text[meaning.start : meaning.end] == said
    assert isinstance(meaning.query, DisMax)
    told = [" ".join(one.words) for one in meaning.query.parts if isinstance(one, Phrase)]
    assert in_service in told
    assert not_in_service not in told


@pytest.mark.parametrize("text", ["MRI", "contrast bath", "acupuncture without surgery", ""])
def test_nothing_is_read_from_other_words(text: str) -> None:
    assert list(contrast(text)) == []
