"""What is known of a build: the readings it keeps."""

from __future__ import annotations

import pytest

from imrsearch.query.lexer import QueryLimits
from imrsearch.query.parser import ParsedQuery
from imrsearch.query.tree import MatchAll
from imrsearch.search.index_profile import IndexProfile, WaysToRead
from tests.search.memory import MemoryIndex


def ways(words: str, *, mends: bool = True) -> WaysToRead:
    """These words, read as the search's form suggests."""
    return words, True, True, mends, "", False, QueryLimits()


class Reader:
    """Reads anything as everything, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> ParsedQuery:
        self.times += 1
        return ParsedQuery(MatchAll(), "", (), ())


@pytest.fixture
def known() -> IndexProfile:
    return IndexProfile("a build", MemoryIndex([]))


def test_the_same_words_are_read_once(known: IndexProfile) -> None:
    reader = Reader()
    assert known.reading(ways("knee mri"), reader) == known.reading(ways("knee mri"), reader)
    assert reader.times == 1


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        (ways("knee mri"), ways("knee"), "other words"),
        (ways("knee mri"), ways("knee mri", mends=False), "read as typed"),
        (ways("pain " * 60), ways("pain " * 60), "nobody else pastes the same text"),
    ],
)
def test_these_are_read_anew(
    known: IndexProfile, first: WaysToRead, then: WaysToRead, reason: str
) -> None:
    reader = Reader()
    known.reading(first, reader)
    known.reading(then, reader)
    assert reader.times == 2, reason


def test_only_so_many_are_kept(known: IndexProfile) -> None:
    reader = Reader()
    for number in range(501):
        known.reading(ways(f"knee {number}"), reader)
    known.reading(ways("knee 500"), reader)
    assert reader.times == 501
    known.reading(ways("knee 0"), reader)
    assert reader.times == 502
