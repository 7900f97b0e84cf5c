"""Passages and their unwrapped reading keep their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.letters.layout import kept_text
from imrsearch.letters.passage import Passage


@pytest.mark.parametrize(
    ("raw", "reading"),
    [
        pytest.param("two\nlines", "two lines", id="lines are joined"),
        pytest.param("over\n\fthe page", "over the page", id="pages are joined"),
        pytest.param("a  b", "a b", id="single blanks"),
        pytest.param("one\n\ntwo", "one\n\ntwo", id="paragraphs stay"),
        pytest.param("one\n\n\ftwo", "one\n\ntwo", id="paragraphs stay over a page"),
        pytest.param("10-28-\n2016", "10-28-2016", id="a date broken at its hyphen"),
        pytest.param("sprain/\nstrain", "sprain/strain", id="a pair broken at its slash"),
        pytest.param(
            "documentation: documen-\ntation",
            "documentation: documentation",
            id="a word broken by its hyphen, as the letter shows elsewhere",
        ),
        pytest.param(
            "follow-up, followup: follow-\nup",
            "follow-up, followup: follow-up",
            id="a hyphen that the letter prints within a line stays",
        ),
        pytest.param("pain -\nleft", "pain - left", id="a dash is no hyphen"),
        pytest.param("L4-\n(left)", "L4- (left)", id="nothing to join with"),
        pytest.param("  x \n", "x", id="no blanks at the borders"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_unwrap(raw: str, reading: str) -> None:
    assert Passage.whole(raw).unwrap().text == reading


@given(st.text(alphabet=st.sampled_from("ab-/ .\n\f"), max_size=60))
def test_every_character_of_a_reading_has_its_place(raw: str) -> None:
    text = kept_text(raw)
    reading = Passage.whole(text).unwrap()
    for position, character in enumerate(reading.text):
        if not character.isspace():
            assert text[reading.place(position)] == character


@given(st.text(alphabet=st.sampled_from("ab-/ .\t\n\f"), max_size=60))
def test_a_passage_reads_the_same_whatever_blanks_stand_elsewhere(raw: str) -> None:
    alone, beside_blanks = (Passage(text, 0, len(raw)).unwrap() for text in (raw, f"{raw}|  ."))
    assert alone == beside_blanks


def test_span_of_a_reading_covers_the_wrapped_words() -> None:
    text = "before six\nvisits\n\fof care after"
    reading = Passage.whole(text).unwrap()
    start = reading.text.index("six")
    span = reading.span(start, start + len("six visits of care"))
    assert text[span.start : span.end] == "six\nvisits\n\fof care"


def test_matches_stand_in_the_letter() -> None:
    text = "aaa bbb aaa"
    passage = Passage.whole(text).slice(4, 11)
    match = passage.search(re.compile("aaa"))
    assert match is not None
    assert match.start() == 8
    assert str(passage.group(match, 0)) == "aaa"


@given(st.text(alphabet="aA: \n\f", max_size=40), st.integers(0, 20))
def test_matches_at_line_starts_are_all_matches(text: str, start: int) -> None:
    pattern = re.compile(r"(?:^|(?<=\f))[\f ]*A:(?:\s*A:)?\s*", re.MULTILINE)
    passage = Passage(text, min(start, len(text)), len(text))
    found = [match.span() for match in passage.finditer_at_lines(pattern)]
    assert found == [match.span() for match in passage.finditer(pattern)]


def test_group_that_took_no_part() -> None:
    match = re.compile("(a)|b").search("b")
    assert match is not None
    assert Passage.whole("b").group(match, 1) is None
