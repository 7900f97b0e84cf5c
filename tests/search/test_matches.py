from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.tree import Leaf, Phrase, Prefix, Term
from imrsearch.search.matches import TextMatch, find_matches
from imrsearch.text.words import is_stop_word, stem, tokenize

TEXT = "Injections at L4-5: the injection's effect, injecting 50mg in the range of motion."


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        pytest.param(Term("injections"), ["Injections", "injection's", "injecting"], id="stems"),
        pytest.param(Term("injections", exact=True), ["Injections"], id="exact word, any case"),
        pytest.param(Term("the"), ["the", "the"], id="a stop word is itself"),
        pytest.param(Prefix("inject"), ["Injections", "injection's", "injecting"], id="beginning"),
        pytest.param(Phrase(("l4", "5"), exact=False), ["L4-5"], id="words of a level"),
        pytest.param(Phrase(("50", "mg"), exact=False), ["50mg"], id="number and unit"),
        pytest.param(Phrase(("the", "range", "of")), ["the range of"], id="exact with stop words"),
        pytest.param(
            Phrase(("ranges", "in", "motion"), exact=False), ["range of motion"], id="any stop word"
        ),
        pytest.param(Phrase(("ranges", "of")), [], id="exact is not stemmed"),
        pytest.param(Phrase(("effect", "range"), slop=4), [], id="too far apart"),
        pytest.param(
            Phrase(("effect", "range"), slop=5),
            ["effect, injecting 50mg in the range"],
            id="near enough",
        ),
        pytest.param(Phrase(("range", "effect"), slop=50), [], id="only in this order"),
        pytest.param(Term("absent"), [], id="not there"),
    ],
)
def test_what_matches(leaf: Leaf, found: list[str]) -> None:
    assert [TEXT[match.start : match.end] for match in find_matches(TEXT, [leaf])] == found


def test_a_term_of_another_field_does_not_match() -> None:
    leaf = Term("effect", ("service",))
    assert find_matches(TEXT, [leaf], "rationale") == []
    assert len(find_matches(TEXT, [leaf], "service")) == len(find_matches(TEXT, [leaf])) == 1


@given(st.text(alphabet="ab 1-.", max_size=30), st.lists(st.text("ab1", min_size=1), max_size=3))
def test_matches_are_in_order_and_inside(text: str, sought: list[str]) -> None:
    leaves: list[Leaf] = [Prefix(word) for word in sought]
    leaves += [Phrase(tuple(sought), slop=2)] if len(sought) > 1 else []
    found = find_matches(text, leaves)
    assert found == sorted(found, key=lambda match: (match.start, -match.end))
    assert all(0 <= match.start < match.end <= len(text) for match in found)


# Words whose stems are not what they begin with, and what may stand between words.
TEXTBOOK = """
happy happily skies skis dying die lying lie tying tie hoping hope hopping possibility possible
ability ably relational rationalization utilization utilize injection's injections mri mris the of
frequency frequent argency early only gently news trouble troubling y ied dies used 50mg 7.5 1,000
l4 5 mg patient's "o'brien's" creation creative dyed x vies flies fly controlled generously
"""
WORDS = TEXTBOOK.split()
PROSE = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "-", ", ", ".", "/", "_", "'", "\n"])),
    max_size=25,
).map(lambda pairs: "".join(word + between for word, between in pairs))
SOUGHT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(tuple)


@given(PROSE, st.lists(st.tuples(SOUGHT, st.booleans(), st.integers(0, 3)), max_size=3))
def test_the_quick_way_finds_what_reading_every_word_finds(
    text: str, sought: list[tuple[tuple[str, ...], bool, int]]
) -> None:
    leaves = [Phrase(words, exact=exact, slop=slop) for words, exact, slop in sought]
    assert find_matches(text, leaves) == by_reading_every_word(text, leaves)


@pytest.mark.parametrize("ending", ["", "s", "ed", "ing", "y", "ies", "ization", "ability", "ly"])
@pytest.mark.parametrize("beginning", ["functional", "happ", "reli", "stabil", "hop", "d"])
def test_a_word_matches_its_own_stem(beginning: str, ending: str) -> None:
    word = beginning + ending
    assert find_matches(f"({word})", [Term(word)])


def by_reading_every_word(text: str, leaves: list[Phrase]) -> list[TextMatch]:
    """The plain way: every word of the text beside every word of every phrase."""
    tokens = list(tokenize(text))
    found = [
        TextMatch(tokens[first][1], tokens[last][2], leaf)
        for leaf in leaves
        for first in range(len(tokens))
        if (last := _last_of(leaf, tokens, first)) is not None
    ]
    return sorted(found, key=lambda match: (match.start, -match.end))


def _last_of(leaf: Phrase, tokens: list[tuple[str, int, int]], first: int) -> int | None:
    literally = leaf.exact or all(map(is_stop_word, leaf.words))

    def compared(word: str) -> str:
        return word if literally else "" if is_stop_word(word) else stem(word)

    here, last = first, first - 1
    for word in leaf.words:
        while here < len(tokens) and compared(tokens[here][0]) != compared(word):
            if word is leaf.words[0] and here == first:
                return None
            here += 1
        if here >= min(len(tokens), first + len(leaf.words) + leaf.slop):
            return None
        last, here = here, here + 1
    return last
