"""Words that scanners broke and people misspelt; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.form.broken_words import (
    is_word_parted,
    join_broken_words,
    mend_digits,
    mend_lost_letters,
    mend_misspellings,
)

JOINED = {
    "a treatment": ("an epi dural injection", "an epidural injection"),
    "a decision in capitals": ("DEN IED", "DENIED"),
    "a word that begins a sentence": ("Lum bar", "Lumbar"),
    "two words of a line": ("phys ical ther apy", "physical therapy"),
    "a word of forms beside a stop word": ("vis its", "visits"),
}
APART = {
    "words of their own": "low back",
    "two words that some write as one": "home health care",
    "a word that is two as well": "in form",
    "more than a broken word": "We are not able to certify",
    "no known word": "the rapist",
    "one half of a compound": "lum bar-spine",
    "the end of a longer word": "slum bar",
}


@pytest.mark.parametrize(("text", "whole"), JOINED.values(), ids=JOINED)
def test_a_word_that_a_blank_broke(text: str, whole: str) -> None:
    assert join_broken_words(text) == whole


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_words_that_stay_apart(text: str) -> None:
    assert join_broken_words(text) == text


LOST = {
    "a letter amid the word": ("func ional gain", "functional gain"),
    "with a blank on either side": ("tre  tment", "treatment"),
    "near its end": ("Guidelin  s", "Guidelines"),
    "a short rest needs a wide gap": ("functi al", "functi al"),
    "a part that is a word": ("cane  s", "cane  s"),
    "two words fit": ("perfo  m", "perfo  m"),
    "no word fits": ("xylo  hone", "xylo  hone"),
    "words of a sentence": ("he was told", "he was told"),
}


@pytest.mark.parametrize(("text", "whole"), LOST.values(), ids=LOST)
def test_a_letter_that_a_scanner_took_for_a_blank(text: str, whole: str) -> None:
    assert mend_lost_letters(text) == whole


@pytest.mark.parametrize(
    ("line", "following", "is_parted"),
    [
        ("documen-", "tation of it", True),
        ("the medi-", "  cation", True),
        ("PHYSI-", "CAL THERAPY", True),
        ("pre-", "scription", True),
        # Both parts are words
        ("long-", "term use", False),
        ("non-", "certified", False),
        ("follow-", "up", False),
        # No parted word at all
        ("the cane -", "tation", False),
        ("2-", "level", False),
        ("fusion-", "12", False),
        ("documen", "tation", False),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(line: str, following: str, is_parted: bool) -> None:
    assert is_word_parted(line, following) is is_parted


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("N0N-CERT1F1ED", "NON-CERTIFIED"),
        ("1umbar Musc1e", "lumbar Muscle"),
        ("Den1ed", "Denied"),
        ("phy5ical 5ession", "physical 5ession"),
        ("n0t F0R T0", "not FOR TO"),
        ("N0", "NO"),  # what a reason begins with: "N0 DEFICIT"
        ("P0INT", "POINT"),
    ],
)
def test_digits_for_letters(text: str, mended: str) -> None:
    assert mend_digits(text) == mended


@pytest.mark.parametrize(
    "text", ["L4, C5-6, L50, E0730", "10 mg", "15x", "Z0rk", "C0rt1c0ster01d", "1.5mg", "50mg"]
)
def test_numbers_and_codes_stay(text: str) -> None:
    assert mend_digits(text) == text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("the therpy was denyed", "the therapy was denied"),
        ("Accupuncture", "acupuncture"),
        ("my nee hurts", "my knee hurts"),
        ("a therapist", "a therapist"),
        ("retherpy", "retherpy"),
    ],
)
def test_misspellings(text: str, mended: str) -> None:
    assert mend_misspellings(text) == mended
