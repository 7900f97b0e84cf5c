"""The names by which a text mentions a treatment."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.mentions import mentioned_as, stands_alone, text_names
from imrsearch.text.phrases import phrase_key


@pytest.mark.parametrize(
    ("treatment", "names"),
    [
        pytest.param("physical therapy", {"physical therapy", "physiotherapy"}, id="its synonyms"),
        pytest.param("hydrocodone/acetaminophen", {"Norco", "hydrocodone"}, id="a drug's brands"),
        pytest.param("CT scan", {"CT", "computed tomography"}, id="an abbreviation of one thing"),
        pytest.param("acupuncture", {"acupuncture", "accupuncture", "acupuncturist"}, id="spelt"),
        pytest.param("MRI", {"MR arthrogram"}, id="what it includes"),
        pytest.param("EMG/NCV", {"EDX", "electro-diagnostic"}, id="the synonym of a synonym"),
    ],
)
def test_names_of_one_treatment(treatment: str, names: set[str]) -> None:
    assert set(text_names(treatment)) >= names


@pytest.mark.parametrize(
    ("treatment", "name"),
    [
        pytest.param("physical therapy", "PT", id="a test of the blood, or the patient"),
        pytest.param("radiofrequency ablation", "RFA", id="a form"),
        pytest.param("office visit", "physical examination", id="told of every patient"),
        pytest.param("psychological evaluation", "BDI", id="an abbreviation of what is done in it"),
        pytest.param("trigger point injection", "trigger points", id="what lay people say"),
        pytest.param("diagnostic ultrasound", "US", id="an ordinary word"),
        pytest.param("TENS unit", "TENS unit", id="another one is in it"),
    ],
)
def test_what_is_no_mention_by_itself(treatment: str, name: str) -> None:
    assert name not in text_names(treatment)


def test_what_was_typed_comes_first_if_it_is_a_name_in_a_text() -> None:
    assert mentioned_as("Vicodin", ["hydrocodone/acetaminophen"])[0] == "Vicodin"
    assert mentioned_as("moxibustion", ["acupuncture"])[0] == "moxibustion"
    assert "PT" not in mentioned_as("PT", ["physical therapy"])
    assert mentioned_as("PT", ["nothing that is known"]) == ("PT",)


@pytest.mark.parametrize(
    "treatment", ["physical therapy", "hydrocodone/acetaminophen", "EMG/NCV", "MRI", "TENS unit"]
)
def test_no_name_contains_another(treatment: str) -> None:
    """Whatever has the longer one has the shorter one too."""
    keys = [f" {phrase_key(name)} " for name in text_names(treatment)]
    assert len(set(keys)) == len(keys)
    assert not any(one in other for one in keys for other in keys if one != other)


@pytest.mark.parametrize("treatment", ["opioid", "zebra"])
def test_a_weak_name_is_no_mention_nor_is_an_unknown_one(treatment: str) -> None:
    assert text_names(treatment) == ()


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        pytest.param("ESI", True, id="an abbreviation"),
        pytest.param("Norco", True, id="a brand"),
        pytest.param("zebra", True, id="a name of which nothing else is known"),
        pytest.param("PT", False, id="several things"),
        pytest.param("trigger points", False, id="lay words"),
        pytest.param("ensure", False, id="an ordinary word"),
    ],
)
def test_names_that_mean_the_same_in_any_text(name: str, alone: bool) -> None:
    assert stands_alone(name) is alone


def test_what_was_typed_is_a_mention_where_nothing_else_is() -> None:
    assert mentioned_as("PT", []) == ("PT",)
    assert mentioned_as("EDX", ["EMG/NCV"])[:2] == ("EDX", "EMG/NCV")


def test_each_name_of_several_treatments_is_told_once() -> None:
    names = mentioned_as("MRI", ["MRI", "CT scan", "MRI"])
    assert {"MRI", "CT"} <= set(names)
    assert len(set(map(phrase_key, names))) == len(names)
