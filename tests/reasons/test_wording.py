"""The phrase language of the catalogue."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.reasons import criteria, reason_label, wording
from imrsearch.reasons.wording import PhraseSet, Sentence, lowered, phrase


@pytest.mark.parametrize(
    ("line", "text", "found"),
    [
        ("pain relief", "with pain relief noted", "pain relief"),
        ("improve*", "improvement", "improvement"),
        ("improve", "improvement", None),
        ("short term", "for short-term use", "short-term"),  # a hyphen parts words as a blank does
        ("red flag*", "no red; flags", None),  # a semicolon parts sentences
        ("[red|yellow] flag*", "a yellow flag", "yellow flag"),
        ("no [clear|] rationale", "no rationale", "no rationale"),
        ("no .. relief", "no sign of any relief", "no sign of any relief"),
        ("no .. relief", "no sign of any lasting relief", None),  # a gap has at most three words
        ("no ... relief", "no sign of any lasting relief", "no sign of any lasting relief"),
        ("# visits", "asks for 12 visits", "12 visits"),
        ("# visits", "asks for six visits", "six visits"),
        ("day*", "three days", "days"),  # words shorter than a beginning
    ],
)
def test_a_phrase_stands_where_its_words_do(line: str, text: str, found: str | None) -> None:
    places = PhraseSet([(line, "x")]).find(Sentence(text))
    assert [text[slice(*span)] for span, _ in places] == ([found] if found else [])


@pytest.mark.parametrize("line", ["[open", "closed]", "one | two", "[,|x]", "*"])
def test_a_broken_phrase_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|word of a phrase"):
        phrase(line)


def test_every_phrase_of_the_catalogue_is_one() -> None:
    tables = ("denies", "denied", "stops", "harmless", "guideline", "patient", "fixed")
    lines = [line for table in tables for line in wording(table)]
    lines += [
        line
        for criterion in criteria().values()
        for kind in criterion.phrases.values()
        for line in kind
    ]
    for line in lines:
        assert not re.match(phrase(line).source, ""), line


def test_what_displaces_another_names_a_criterion() -> None:
    for criterion in criteria().values():
        assert criterion.over <= criteria().keys()
        assert criterion.name not in criterion.over


def test_labels_are_plain_words() -> None:
    assert reason_label("red-flags", "unmet") == "No red flags"
    assert reason_label("red-flags", "met") == "Red flags present"


@given(st.text())
def test_lowering_moves_no_character(text: str) -> None:
    assert len(lowered(text)) == len(text)
