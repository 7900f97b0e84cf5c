"""Signatures tell how much of their wording texts share."""

from __future__ import annotations

import numpy as np
import pytest

from imrsearch.text.minhash import HASHES, LONGEST_READ, SEQUENCE, signature

SENTENCES = [
    f"The {first} of the worker was {second} by the {third} who saw him in the {fourth}."
    for first, second, third, fourth in zip(
        ("knee", "back", "neck", "hand", "foot", "hip", "wrist", "arm", "leg", "head"),
        ("seen", "read", "kept", "held", "moved", "tried", "found", "shown", "told", "felt"),
        ("nurse", "clerk", "judge", "friend", "driver", "baker", "cook", "guard", "smith", "maid"),
        ("room", "hall", "yard", "shop", "barn", "mill", "dock", "mine", "camp", "farm"),
        strict=True,
    )
]


def agreeing(one: str, other: str) -> int:
    return int(np.count_nonzero(signature(one) == signature(other)))


@pytest.mark.parametrize(
    ("changed", "least", "most"),
    [
        pytest.param(" ".join(SENTENCES).upper(), HASHES, HASHES, id="case does not count"),
        pytest.param(" 12/09/2016 ".join(SENTENCES), HASHES, HASHES, id="nor do numbers"),
        pytest.param(" ".join(SENTENCES[:9]), 11, HASHES, id="a sentence less"),
        pytest.param(" ".join(SENTENCES[5:]), 3, 13, id="half of it"),
        pytest.param("Nothing here says anything that is said there at all.", 0, 1, id="other"),
    ],
)
def test_agreement_follows_what_is_shared(changed: str, least: int, most: int) -> None:
    assert least <= agreeing(" ".join(SENTENCES), changed) <= most


@pytest.mark.parametrize("text", ["", "not medically necessary", "1 2 3 4 5"])
def test_too_few_words_have_no_signature(text: str) -> None:
    assert len(text.split()) < SEQUENCE or text[0].isdigit()
    assert not signature(text).any()


def test_four_words_are_enough() -> None:
    """Their order counts, and where one ends."""
    one = signature("the knee was seen")
    assert one.any()
    assert not np.array_equal(one, signature("seen was the knee"))
    assert not np.array_equal(one, signature("theknee was seen again"))


def test_what_a_text_says_behind_a_length_is_not_read() -> None:
    text = " ".join(SENTENCES)
    long = (f"{text} " * (LONGEST_READ // len(text) + 1))[:LONGEST_READ]
    behind = " ".join(reversed(text.split()))
    assert agreeing(long, f"{long} {behind}") == HASHES
    assert agreeing(text, f"{text} {behind}") < HASHES


def test_a_share_of_the_sequences_is_about_that_share_of_the_numbers() -> None:
    """Over many texts, each half of another one."""
    words = [
        f"{one}{other}" for one in "bcdfghjk" for other in ("ab", "ed", "in", "og", "ut", "ax")
    ]
    agreed = 0
    for start in range(24):
        half, rest = words[start : start + 24], words[:start][::-1] + words[start + 24 :][::-1]
        agreed += agreeing(" ".join(half), " ".join([*half, *rest]))
    assert 0.3 < agreed / (24 * HASHES) < 0.65


def test_signatures_are_those_of_earlier_builds() -> None:
    expected = (48112, 8012, 60592, 2707, 42255, 61699, 40094, 17947)
    for text in (
        "The knee of the worker was seen by the nurse.",
        "…the KNEE of the worker – was\nseen by the nurse",
    ):
        assert tuple(signature(text)[:8]) == expected
