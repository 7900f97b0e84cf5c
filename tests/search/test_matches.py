from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.tree import Leaf, Phrase, Prefix, Term
from imrsearch.search.matches import Matched, TextMatch, find_matches
from imrsearch.text.words import is_stop_word, stem, tokenize

TEXT = "Injections at L4-5: the injection's effect, injecting 50mg in the range of motion."


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        pytest.param(Term("injections"), ["Injections", "injection's", "injecting"], id="stems"),
        pytest.param(Term("injections", exact=True), ["Injections"], id="exact word, any case"),
        pytest.param(Term("inject", exact=True), [], id="an exact word is no beginning"),
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
    assert len(find_matches(TEXT, [Term("effect")], "rationale")) == 1
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
BETWEEN = st.sampled_from([" ", "-", ", ", ".", "/", "_", "'", "’s ", "\n", " İ"])


@st.composite
def prose_and_leaves(draw: st.DrawFn) -> tuple[str, list[Leaf]]:
    """A text and what is sought, both of the words of a few stems: of all words hardly any would
    meet."""
    stems = draw(st.sets(st.sampled_from(sorted(set(map(stem, WORDS)))), min_size=1, max_size=4))
    pool = st.sampled_from([word for word in WORDS if stem(word) in stems])
    prose = draw(st.lists(st.tuples(pool, st.booleans(), BETWEEN), max_size=25))
    text = "".join((word.title() if high else word) + after for word, high, after in prose)
    phrases = st.lists(pool, min_size=1, max_size=3).map(tuple)
    leaves: st.SearchStrategy[Leaf] = st.one_of(
        st.builds(Phrase, phrases, exact=st.booleans(), slop=st.integers(0, 3)),
        st.builds(Term, pool, exact=st.booleans()),
        st.builds(Prefix, st.tuples(pool, st.integers(1, 9)).map(lambda cut: cut[0][: cut[1]])),
    )
    return text, draw(st.lists(leaves, max_size=4))


@given(prose_and_leaves())
def test_the_quick_way_finds_what_reading_every_word_finds(
    prose: tuple[str, list[Leaf]],
) -> None:
    text, leaves = prose
    assert find_matches(text, leaves) == by_reading_every_word(text, leaves)


@pytest.mark.parametrize(
    ("text", "leaf", "found"),
    [
        pytest.param("The patient’s", Term("patient's", exact=True), "patient’s", id="apostrophe"),
        pytest.param("İİ Knee", Term("knee"), "Knee", id="before it, letters that lower to two"),
        pytest.param("150mg of it", Phrase(("50", "mg")), "", id="the end of a number"),
        pytest.param("dosage: 50mg", Term("mg"), "mg", id="a unit right after its number"),
        pytest.param("a painkiller", Prefix("kill"), "", id="inside a word"),
        pytest.param("He dies", Term("dying"), "dies", id="a stem two letters shorter"),
        pytest.param(
            "TENS unit", Phrase(("the", "tens"), exact=False), "", id="no stop word there"
        ),
        pytest.param("my TENS", Phrase(("the", "tens"), exact=False), "my TENS", id="another one"),
    ],
)
def test_where_a_word_begins(text: str, leaf: Leaf, found: str) -> None:
    assert [text[one.start : one.end] for one in find_matches(text, [leaf])] == [found][
        : len(found)
    ]


def test_of_equal_matches_the_earlier_leaf_s_comes_first() -> None:
    leaves: list[Leaf] = [Term("back"), Prefix("ba"), Phrase(("back", "pain")), Term("backs")]
    found = [match.leaf for match in find_matches("back pain", leaves)]
    assert found == [leaves[2], leaves[0], leaves[1], leaves[3]]


MARKED = "one two three four"


@pytest.mark.parametrize(
    ("spans", "start", "end", "pieces"),
    [
        pytest.param([], 0, None, "one two three four", id="none"),
        pytest.param([(0, 3), (14, 18)], 0, None, "[one] two three [four]", id="at both ends"),
        pytest.param([(0, 7), (4, 13)], 0, None, "[one two three] four", id="overlapping: joined"),
        pytest.param([(0, 13), (4, 7)], 0, None, "[one two three] four", id="one in another"),
        pytest.param([(0, 3), (3, 7)], 0, None, "[one][ two] three four", id="side by side"),
        pytest.param([(0, 3), (4, 7), (8, 13)], 4, 13, "[two] [three]", id="a range's own ends"),
        pytest.param([(0, 7), (8, 18)], 4, 13, "two three", id="beyond the range: skipped"),
    ],
)
def test_a_text_cut_where_matches_begin_and_end(
    spans: list[tuple[int, int]], start: int, end: int | None, pieces: str
) -> None:
    matched = Matched(MARKED, [TextMatch(*span, Term("any")) for span in spans])
    cut = matched.pieces(start, end)
    assert "".join(f"[{text}]" if marked else text for text, marked in cut) == pieces


@given(prose_and_leaves())
def test_pieces_are_the_whole_text_and_mark_every_match(prose: tuple[str, list[Leaf]]) -> None:
    text, leaves = prose
    found = find_matches(text, leaves)
    pieces = list(Matched(text, found).pieces())
    assert "".join(piece for piece, _ in pieces) == text
    marks = [marked for piece, marked in pieces for _ in piece]
    inside = {place for one in found for place in range(one.start, one.end)}
    assert [place for place, marked in enumerate(marks) if marked] == sorted(inside)
    assert all(one != other for (_, one), (_, other) in pairwise(pieces))


@pytest.mark.parametrize("ending", ["", "s", "ed", "ing", "y", "ies", "ization", "ability", "ly"])
@pytest.mark.parametrize("beginning", ["functional", "happ", "reli", "stabil", "hop", "d"])
def test_a_word_matches_its_own_stem(beginning: str, ending: str) -> None:
    word = beginning + ending
    assert find_matches(f"({word})", [Term(word)])


def by_reading_every_word(text: str, leaves: list[Leaf]) -> list[TextMatch]:
    """The plain way: every word of the text beside every word of every leaf."""
    tokens = list(tokenize(text.replace("’", "'")))
    found = [
        TextMatch(tokens[first][1], tokens[last][2], leaf)
        for leaf in leaves
        for first in range(len(tokens))
        if (last := _last_of(leaf, tokens, first)) is not None
    ]
    return sorted(found, key=lambda match: (match.start, -match.end))


def _last_of(leaf: Leaf, tokens: list[tuple[str, int, int]], first: int) -> int | None:
    if isinstance(leaf, Prefix):
        return first if tokens[first][0].startswith(leaf.start) else None
    sought = leaf.words if isinstance(leaf, Phrase) else (leaf.word,)
    literally = leaf.exact or all(map(is_stop_word, sought))

    def compared(word: str) -> str:
        return word if literally else "" if is_stop_word(word) else stem(word)

    if compared(tokens[first][0]) != compared(sought[0]):
        return None
    here = last = first
    for word in sought[1:]:
        here = last + 1
        while here < len(tokens) and compared(tokens[here][0]) != compared(word):
            here += 1
        if here >= min(len(tokens), first + len(sought) + getattr(leaf, "slop", 0)):
            return None
        last = here
    return last
