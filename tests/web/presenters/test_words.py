from __future__ import annotations

import pytest

from imrsearch.web.presenters.words import category_words, percent, typeset, verdict


@pytest.mark.parametrize(
    ("decision", "words", "shape"),
    [
        ("overturned", "Overturned: treatment approved", "overturned"),
        ("upheld", "Upheld: treatment denied", "upheld"),
        ("partly overturned", "Partly overturned: some treatment approved", "partly"),
        ("modified", "Modified", "other"),  # a printed word is kept
        (None, "Decision unknown", "other"),
    ],
)
def test_a_decision_has_words_and_a_shape(decision: str | None, words: str, shape: str) -> None:
    assert str(verdict(decision)) == words
    assert verdict(decision).shape == shape


def test_shares_are_in_whole_percent() -> None:
    assert percent(0.094) == "9%"


def test_categories_as_far_as_known() -> None:
    assert category_words("Surgery", "Spine") == "Surgery › Spine"
    assert category_words("Injection", "Injection") == "Injection"
    assert category_words("Surgery", None) == "Surgery"
    assert category_words(None, None) == ""


@pytest.mark.parametrize(
    ("label", "printed"),
    [
        ("Pain (ODG), p. 58", "Pain (ODG), p.\N{NO-BREAK SPACE}58"),
        ("Surgery > Spine", "Surgery › Spine"),
        ("Pump. Pain", "Pump. Pain"),
    ],
)
def test_labels_as_printed(label: str, printed: str) -> None:
    assert typeset(label) == printed
