"""What the catalogue does not know, gathered from letters."""

from __future__ import annotations

from imrsearch.letters.layout import kept_text
from imrsearch.letters.parse import parse
from imrsearch.letters.unknown import UnknownNames
from tests.letters.forms import NOTICE, credentials_letter, issue


def unknown(*letters: str) -> list[tuple[str, str, int]]:
    names = UnknownNames()
    for place, letter in enumerate(letters):
        text = kept_text(letter)
        names.add(text, parse(text, f"CM16-000090{place}.txt"))
    return [(name.kind, name.printed, name.count) for name in names.names(10)]


def test_nothing_is_unknown_of_a_plain_letter() -> None:
    assert unknown(credentials_letter(issue("Cane: Upheld", "It helps."))) == []


def test_each_kind() -> None:
    letter = credentials_letter(issue("Frobnication #3: Upheld", "It helps."))
    letter = letter.replace("MTUS Chronic", "Non-MTUS Citation Lee A. On canes. Chronic")
    letter = letter.replace("Occupational Medicine", "Dowsing")
    letter = letter.replace("CLINICAL", "FINDINGS OF THE PANEL\n\nNone.\n\nCLINICAL")
    found = unknown(letter, letter.replace("#3", "#5"))
    assert ("heading", "FINDINGS OF THE PANEL", 2) in found
    assert ("specialty", "Dowsing", 2) in found
    assert ("treatment", "Frobnication #3", 2) in found  # a number makes no other name
    assert any(kind == "guideline" and "On canes" in printed for kind, printed, _ in found)


def test_an_era_s_own_headings_are_known() -> None:
    assert not any("Qualifications" in printed for _, printed, _ in unknown(NOTICE))
