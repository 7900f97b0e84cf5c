"""The names by which a text mentions a treatment."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.mentions import mentioned_as, text_names


@pytest.mark.parametrize(
    ("treatment", "names"),
    [
        pytest.param("physical therapy", {"physical therapy", "physiotherapy"}, id="its synonyms"),
        pytest.param("hydrocodone/acetaminophen", {"Norco", "hydrocodone"}, id="a drug's brands"),
        pytest.param("CT scan", {"CT", "computed tomography"}, id="an abbreviation of one thing"),
        pytest.param("acupuncture", {"acupuncture", "accupuncture", "acupuncturist"}, id="spelt"),
        pytest.param("MRI", {"MR arthrogram"}, id="what it includes"),
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
