"""With or without contrast."""

from __future__ import annotations

import pytest

from imrsearch.query.recognize_contrast import contrast
from imrsearch.query.tree import DisMax, Phrase


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
