"""Numbers as words."""

from __future__ import annotations

from imrsearch.text.numbers import NUMBER_WORDS, ONES, TENS


def test_every_number_from_one_to_ninety_nine_has_one_word() -> None:
    assert sorted(NUMBER_WORDS.values()) == list(range(1, 100))
    assert list(ONES.values()) == list(range(1, 10))
    assert list(TENS.values()) == list(range(20, 100, 10))
    assert NUMBER_WORDS.items() >= {**ONES, **TENS}.items()
    assert (NUMBER_WORDS["nineteen"], NUMBER_WORDS["forty"], NUMBER_WORDS["thirty-two"]) == (
        19,
        40,
        32,
    )
