"""Spanish words of injured workers, read as English."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.spanish import in_english, search_in_english

TEXTS = {
    "a whole sentence": (
        "el doctor pidio una resonancia de la espalda baja",
        "the doctor ordered a MRI of the low back",
    ),
    "with accents": ("me negaron la cirugía", "me denied the surgery"),
    "the longest phrase counts": ("la espalda baja y la espalda", "the low back and the back"),
    "over a wide blank": ("el dolor de la espalda  baja", "the pain of the low back"),
    "capitals": ("ME NEGARON LA CIRUGIA", "ME denied the surgery"),
    "one word of it may be a name": ("The La Sample clinic", "The La Sample clinic"),
    "line by line": (
        "The cane is for me.\nme negaron el bastón",
        "The cane is for me.\nme denied the cane",
    ),
    "no part of a word": ("me dieron elote", "me dieron elote"),
}


@pytest.mark.parametrize(("text", "english"), TEXTS.values(), ids=TEXTS)
def test_a_pasted_text(text: str, english: str) -> None:
    assert in_english(text) == english


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("terapia física", "physical therapy"),
        ("resonancia rodilla", "MRI knee"),
        # A search names a treatment or a body part, or it is left alone
        ("no se", "no se"),
        ("me negaron", "me negaron"),
        ("knee MRI", "knee MRI"),
    ],
)
def test_a_search(typed: str, english: str) -> None:
    assert search_in_english(typed) == english
