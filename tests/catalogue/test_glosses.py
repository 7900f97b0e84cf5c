"""Everyday words for treatments and classes: what a search may mean without naming it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from imrsearch.catalogue import glosses as catalogue
from imrsearch.catalogue.glosses import glosses, meant_by
from imrsearch.catalogue.treatments import categories
from imrsearch.system.errors import CatalogueError
from imrsearch.text.words import stem


def names(typed: str, regions: str = "") -> list[str]:
    return [gloss.name for gloss in meant_by(typed.split(), regions.split())]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("falling asleep night", "Pharmaceuticals > Sedative-hypnotics", id="a class"),
        pytest.param("somebody to cook and bathe me", "home health care", id="other forms"),
        pytest.param("machine that squeezes against clots", "DVT compression device", id="two"),
        pytest.param("cigarettes", "smoking cessation", id="one rare word"),
        pytest.param("strong painkillers addiction", "Pharmaceuticals > Opioids", id="three"),
        pytest.param("driver appointments", "transportation", id="a ride"),
    ],
)
def test_words_that_mean_a_thing(typed: str, name: str) -> None:
    assert name in names(typed)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("zebra", id="a word of no gloss"),
        pytest.param("pain", id="one word of many glosses"),
        pytest.param("during", id="an ordinary word of few glosses"),
        pytest.param("his own lawyer wrote that cigarettes were never named", id="one of many"),
    ],
)
def test_words_that_mean_nothing(typed: str) -> None:
    assert names(typed) == []


def test_a_body_part_tells_only_beside_another_word() -> None:
    assert names("", "stomach") == []
    assert "omeprazole" in names("acid", "stomach")


def test_the_closest_glosses_alone_are_meant() -> None:
    """Three words shared leave those behind that share one or two."""
    assert names("screws rods cage") == ["spinal fusion", "lumbar fusion"]


def test_every_class_has_a_gloss_and_some_hundred_treatments() -> None:
    parts = {f"{name} > {part}" for name, some in categories().items() for part in some}
    described = {gloss.name for gloss in glosses() if gloss.is_class}
    assert described == parts | {name for name, some in categories().items() if not some}
    assert sum(not gloss.is_class for gloss in glosses()) >= 150


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A file of glosses in the place of the real one."""
    table: dict[str, Any] = {"classes": {}, "treatments": {}, "ordinary": {"words": ""}}
    monkeypatch.setattr(catalogue, "load_toml", lambda name: table)
    glosses.cache_clear()
    yield table
    glosses.cache_clear()


@pytest.mark.parametrize(
    ("kind", "name", "text", "message"),
    [
        ("treatments", "moon dust", "grey fine rock far sky", "there is no such treatment"),
        ("classes", "Surgery > Moon", "grey fine rock far sky", "there is no such class"),
        ("treatments", "MRI", "tube magnet tubes loud picture", "has a word twice"),
        ("treatments", "MRI", "tube magnet", "has 2 words; it needs 5 to 12"),
    ],
)
def test_a_faulty_gloss_is_told(
    faulty: dict[str, Any], kind: str, name: str, text: str, message: str
) -> None:
    faulty[kind][name] = text
    with pytest.raises(CatalogueError, match=message):
        glosses()


def test_a_word_of_a_gloss_says_something_beside_a_few_others_alone() -> None:
    """Six words are a search, seven a sentence."""
    others = ["zebra", "quagga", "okapi", "tapir", "gnu", "eland"]
    assert meant_by(["cigarettes", *others[:5]])
    assert meant_by(["cigarettes", *others[:6]]) == ()


def test_no_more_glosses_are_meant_than_can_be_shown() -> None:
    """Eight of those that share most; of many words each may be in another gloss."""
    rare = [word for gloss in glosses() if not gloss.is_class for word in sorted(gloss.stems)]
    for start in range(0, 200, 5):
        assert len(meant_by(rare[start : start + 5])) <= catalogue.MOST_MEANT


def test_of_glosses_that_share_as_many_words_those_of_rarer_words_come_first() -> None:
    """A word that stands in few glosses says more than one that stands in many."""
    owners = Counter(each for gloss in glosses() for each in gloss.stems)
    several = 0
    for gloss in glosses():
        typed = [*sorted(gloss.stems)[:2], "night"]
        stems = set(map(stem, typed))
        shared = [one.stems & stems for one in meant_by(typed)]
        told = [sum(1 / owners[each] for each in some) for some in shared if len(some) > 1]
        several += len(set(told)) > 1
        assert told == sorted(told, reverse=True)
    assert several > 5


@pytest.mark.parametrize(("count", "is_right"), [(4, False), (5, True), (12, True), (13, False)])
def test_how_long_a_gloss_is(count: int, is_right: bool, faulty: dict[str, Any]) -> None:
    words = "lamp table chair floor ceiling window curtain carpet sofa shelf door roof garden"
    faulty["treatments"]["MRI"] = " ".join(words.split()[:count])
    if is_right:
        assert [gloss.name for gloss in glosses()] == ["MRI"]
    else:
        with pytest.raises(CatalogueError, match=f"has {count} words"):
            glosses()
