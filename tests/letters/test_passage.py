"""Passages and their unwrapped reading keep their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.letters.layout import kept_text
from imrsearch.letters.passage import Passage, with_next
from imrsearch.model import Span


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
        pytest.param(
            "DOCUMENTATION: documen-\ntation", "DOCUMENTATION: documentation", id="in other letters"
        ),
        pytest.param("documents: documen-\ntation", "documents: documen-tation", id="not there"),
        pytest.param("x10-\nx2: 10-\n28", "x10-x2: 10-28", id="numbers are no words"),
        pytest.param("two-\n\nthree", "two-\n\nthree", id="over a border of paragraphs"),
        pytest.param("- \nx", "- x", id="a mark that nothing stands before"),
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
    start, end = reading.span(start, start + len("six visits of care"))
    assert text[start:end] == "six\nvisits\n\fof care"


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


def test_a_slice_ends_with_its_passage() -> None:
    passage = Passage("abcdef", 1, 5)
    assert str(passage.slice(1, 3)) == "cd"
    assert str(passage.slice(2, 9)) == "de"


def test_a_passage_between_two_places_has_no_blanks_at_its_borders() -> None:
    text = "a \n b \f c"
    assert Passage.whole(text).between(1, 7).span == Span(4, 5)
    assert not Passage.whole(text).between(5, 4)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("x", (0, 1)),
        (" x", (1, 2)),
        ("x\n", (0, 1)),
        ("\f x \n", (2, 3)),
        (" \n ", (3, 3)),
        ("", (0, 0)),
    ],
)
def test_a_passage_without_blanks_around(text: str, span: tuple[int, int]) -> None:
    stripped = Passage.whole(text).strip()
    assert (stripped.start, stripped.end) == span
    assert bool(stripped) is bool(text.strip())


def test_each_item_with_the_next() -> None:
    assert list(with_next("abc")) == [("a", "b"), ("b", "c"), ("c", None)]
    assert not list(with_next(""))
