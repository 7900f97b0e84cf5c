"""Every name of the catalogue, for corrections of spelling and for words that stand together."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.names import catalogue_names

NAMES = frozenset(catalogue_names())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ear", id="a body part"),
        pytest.param("infrared lamp", id="a treatment"),
        pytest.param("Limbitrol", id="a brand"),
        pytest.param("ESI", id="a key of the synonyms"),
        pytest.param("request for authorization", id="a text deep inside them"),
        pytest.param("Work-Relatedness", id="a guideline's title"),
        pytest.param("Opioid Treatment Guidelines", id="another name of a guideline"),
        pytest.param("Antidepressants for chronic pain", id="a section"),
    ],
)
def test_names_of_all_kinds(name: str) -> None:
    assert name.lower() in {one.lower() for one in NAMES}
