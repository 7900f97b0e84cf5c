from __future__ import annotations

import pytest

from imrsearch.citations.named_place import named_place


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        ("MTUS Chronic Pain Medical Treatment Guidelines, page 58", "mtus-chronic-pain:58"),
        (" mtus-chronic-pain:58 ", "mtus-chronic-pain:58"),
        pytest.param("MTUS 58", "mtus-chronic-pain:58", id="a bare page, as a search reads it"),
        pytest.param("acoem 303", "acoem-low-back:303", id="without a chapter"),
        pytest.param("ACOEM", "acoem", id="a name alone"),
        pytest.param("odg-low-back", "odg-low-back", id="as a whole, as indexed"),
        pytest.param("the phone book", "None", id="no guideline"),
        pytest.param("x" * 500 + " MTUS, page 58", "None", id="longer than any citation"),
    ],
)
def test_place_that_a_citation_names(citation: str, place: str) -> None:
    assert str(named_place(citation)) == place
