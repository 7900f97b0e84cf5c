"""What is known of a build: the readings it keeps, its words and their shares."""

from __future__ import annotations

import pytest

from imrsearch.query.parser import ParsedQuery
from imrsearch.query.tree import MatchAll
from imrsearch.search.index_profile import IndexProfile, WaysToRead
from tests.search.memory import CASES, MemoryIndex, determination, documents, issue


def ways(words: str, *, mends: bool = True) -> WaysToRead:
    """These words, read as the search's form suggests."""
    return words, True, True, mends, "", False


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


def profile(*services: str, copies: int = 1) -> IndexProfile:
    """Of a build of these services, each in so many issues."""
    many = (determination(f"CM16-{n:07}", issue(1, one)) for n in range(copies) for one in services)
    return IndexProfile("a build", MemoryIndex(documents(many)))


def test_the_share_of_overturned_issues(known: IndexProfile) -> None:
    assert IndexProfile("a build", MemoryIndex(documents(CASES))).rate == 0.25
    assert known.rate is None  # of nothing


def test_its_values_are_those_that_issues_have() -> None:
    vocabulary = IndexProfile("a build", MemoryIndex(documents(CASES))).vocabulary
    assert vocabulary.has("body", "low back")
    assert not vocabulary.has("body", "elbow")


@pytest.mark.parametrize("late", [True, False])
def test_counted_in_part_it_says_so(late: bool) -> None:
    assert IndexProfile("a build", MemoryIndex([], timed_out=late)).partial is late


@pytest.mark.parametrize(
    ("word", "share"),
    [
        pytest.param("massage", 3 / 6, id="in three issues"),
        pytest.param("massages", 3 / 6, id="in any form"),
        pytest.param("brace", 0, id="in two: too few to tell"),
        pytest.param("absent", 0, id="in none"),
    ],
)
def test_the_share_of_issues_with_a_word(word: str, share: float) -> None:
    services = ["Massage"] * 3 + ["Brace"] * 2 + ["Cane"]
    assert profile(*services).share(word) == share


@pytest.mark.parametrize(
    ("typed", "intended"),
    [
        pytest.param("acupunture", "acupuncture", id="misspelt"),
        pytest.param("acupuncture", None, id="right"),
        pytest.param("weaned", None, id="another form of a word that is there"),
        pytest.param("chiropracter", "chiropractor", id="of its stem, but meant as a name"),
        pytest.param("xyzzy", None, id="like none"),
        pytest.param("bcupuncture", None, id="the first letter is never wrong"),
    ],
)
def test_the_word_intended(typed: str, intended: str | None) -> None:
    known = profile("Acupuncture", "Chiropractic visits by a chiropractor", "The dose weans")
    assert known.correct(typed) == intended


@pytest.mark.parametrize(
    ("copies", "intended"),
    [
        pytest.param(20, "acupuncture", id="twenty times as frequent"),
        pytest.param(19, None, id="less"),
    ],
)
def test_a_rare_word_is_a_misspelling_where_one_like_it_is_common(
    copies: int, intended: str | None
) -> None:
    once = determination("CM16-9999999", issue(1, "Acupunture"))
    many = [determination(f"CM16-{n:07}", issue(1, "Acupuncture")) for n in range(copies)]
    known = IndexProfile("a build", MemoryIndex(documents([once, *many])))
    assert known.correct("acupunture") == intended


@pytest.mark.parametrize(("times", "intended"), [(2, "acupuncture"), (3, None)])
def test_a_word_in_three_issues_is_no_misspelling(times: int, intended: str | None) -> None:
    rare = [determination(f"CM15-{n:07}", issue(1, "Acupunture")) for n in range(times)]
    many = [determination(f"CM16-{n:07}", issue(1, "Acupuncture")) for n in range(80)]
    known = IndexProfile("a build", MemoryIndex(documents([*rare, *many])))
    assert known.correct("acupunture") == intended


def test_searches_of_up_to_two_hundred_characters_are_read_once() -> None:
    known, reader = profile(), Reader()
    for words, times in (("x" * 200, 1), ("x" * 201, 3)):
        for _ in range(2):
            known.reading(ways(words), reader)
        assert reader.times == times


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("swellimg", "swelling", id="in three issues"),
        pytest.param("gadgrt", None, id="gadget, in two: perhaps wrong itself"),
        pytest.param("ketorolax", "ketorolac", id="in the catalogue alone"),
        pytest.param("acupunture", "acupuncture", id="in one issue, and in the catalogue"),
        pytest.param("oddwirk", "oddwork", id="in a value of the index"),
    ],
)
def test_words_that_may_be_meant(typed: str, meant: str | None) -> None:
    services = ["Swelling"] * 3 + ["Gadget"] * 2 + ["Acupuncture"]
    cases = [determination(f"CM16-{n:07}", issue(1, one)) for n, one in enumerate(services)]
    odd = determination("CM16-0000009", issue(1, "Cane", category="Oddwork"))
    assert IndexProfile("a build", MemoryIndex(documents([*cases, odd]))).correct(typed) == meant
