"""What a search must find in an issue: most words or all, a treatment in dispute, a body part."""

from __future__ import annotations

import pytest

from imrsearch.query.concepts import PARAGRAPH
from imrsearch.query.required import (
    KEY_WORDS,
    SHORT,
    MatchMode,
    disputing,
    in_words,
    mentioning,
    names_in,
    relaxed,
    treatments_in,
)
from imrsearch.query.tree import (
    And,
    Boosted,
    FieldEquals,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)

WORD = Term("pain")
MRI = Filtered(Term("mri"), FieldEquals("disputes", "MRI"))
ESI = Filtered(Term("esi"), FieldEquals("disputes", "epidural steroid injection"))
KNEE = Filtered(Term("knee"), FieldEquals("body", "knee"), "body")
HIP = Filtered(Term("hip"), FieldEquals("body", "hip"), "body")
EITHER = Or((MRI.filter, ESI.filter))
A, B, C, D, E = (Term(letter) for letter in "abcde")
QUOTED = Phrase(("a", "b"))
CT = Filtered(Term("ct"), FieldEquals("disputes", "CT"))
NECK = Filtered(Term("neck"), FieldEquals("body", "neck"), about="body")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        pytest.param(MRI, MRI, id="a treatment is disputed"),
        pytest.param(WORD, WORD, id="a word is a word"),
        pytest.param(KNEE, KNEE.part, id="a body part alone is words"),
        pytest.param(And((KNEE, WORD)), And((KNEE.part, WORD)), id="beside words too"),
        pytest.param(And((KNEE, MRI)), And((KNEE, MRI)), id="beside a treatment the issue's own"),
        pytest.param(
            And((Or((KNEE, HIP)), MRI)), And((Or((KNEE, HIP)), MRI)), id="either body part"
        ),
        pytest.param(And((MRI, Not(KNEE))), And((MRI, Not(KNEE))), id="a body part left out"),
        pytest.param(Not(KNEE), Not(KNEE), id="left out alone"),
        pytest.param(Not(MRI), Not(MRI), id="not in dispute"),
        pytest.param(
            And((MRI, ESI, WORD)),
            Filtered(And((MRI.part, ESI.part, WORD)), EITHER),
            id="several: one in dispute, the others mentioned",
        ),
        pytest.param(Or((MRI, WORD)), Or((MRI, WORD)), id="or a word"),
        pytest.param(And((Or((MRI, ESI)), KNEE)), And((Or((MRI, ESI)), KNEE)), id="either of two"),
        pytest.param(
            MinShouldMatch((MRI, WORD, KNEE), 2),
            Filtered(MinShouldMatch((MRI.part, WORD, KNEE), 2), Or((MRI.filter,))),
            id="most of the words: the treatment for sure",
        ),
        pytest.param(
            And((Or((MRI, WORD)), And((ESI, KNEE)))),
            Filtered(
                And((Or((MRI.part, WORD)), And((ESI.part, KNEE.part)))),
                Or((Or((MRI.filter, WORD)), Or((ESI.filter,)))),
            ),
            id="several in groups: any of each, or a word that is there instead",
        ),
        pytest.param(
            Boosted(MRI, (WORD, KNEE)), Boosted(MRI, (WORD, KNEE.part)), id="wishes are words"
        ),
    ],
)
def test_what_is_in_dispute(query: Query, asked: Query) -> None:
    assert disputing(query) == asked


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (And((KNEE, MRI)), And((KNEE.part, MRI.part))),
        (Or((MRI, Not(KNEE))), Or((MRI.part, Not(KNEE)))),
        (MinShouldMatch((MRI, WORD), 1), MinShouldMatch((MRI.part, WORD), 1)),
        (Boosted(MRI, (KNEE,)), Boosted(MRI.part, (KNEE.part,))),
    ],
)
def test_what_is_mentioned(query: Query, words: Query) -> None:
    assert mentioning(query) == words


def test_a_treatment_is_mentioned_by_more_names_than_are_typed() -> None:
    named = Filtered(MRI.part, MRI.filter, mention=Or((MRI.part, MRI.filter)))
    query = And((named, KNEE, Not(named)))
    assert mentioning(query) == And((named.mention or WORD, KNEE.part, Not(named)))
    assert in_words(query) == And((named.part, KNEE.part, Not(named)))


def test_treatments_are_told_in_order_without_those_left_out() -> None:
    query = Boosted(And((Or((ESI, KNEE)), Not(MRI))), (MRI,))
    assert list(treatments_in(query)) == [ESI, MRI]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (Boosted(MRI, (KNEE,)), "mri knee"),
        (MinShouldMatch((MRI, KNEE, MRI), 1), "mri knee"),
        (And((KNEE, MRI, WORD)), "knee mri"),
        (KNEE, ""),
        (Not(MRI), ""),
        (Filtered(And((Term("steroid"), Term("shot"))), ESI.filter), "steroid shot"),
    ],
)
def test_what_is_named(query: Query, names: str) -> None:
    assert names_in(query) == names


@pytest.mark.parametrize(
    ("query", "text", "loose"),
    [
        pytest.param(A, "a?", A, id="one word"),
        pytest.param(And((A, B, C)), "a b c", And((A, B, C)), id="short: all"),
        pytest.param(
            And((A, B, C, D, E)), "a b c d e", MinShouldMatch((A, B, C, D, E), 3), id="long: most"
        ),
        pytest.param(And((A, B, C)), "a b c?", MinShouldMatch((A, B, C), 2), id="question: most"),
        pytest.param(
            And((A, Term("patient"), B)), "a patient b", And((A, B)), id="fillers are not asked for"
        ),
        pytest.param(
            And((Term("patient"), Term("request"))),
            "patient request",
            And((Term("patient"), Term("request"))),
            id="nothing but fillers: they are",
        ),
        pytest.param(
            And((A, Not(B), C, D, FieldEquals("body", "knee"))),
            "a -b c d body:knee?",
            And((Not(B), FieldEquals("body", "knee"), MinShouldMatch((A, C, D), 2))),
            id="what is left out or a value stays firm",
        ),
        pytest.param(
            And((QUOTED, A, B, C)),
            '"a b" a b c?',
            And((QUOTED, MinShouldMatch((A, B, C), 2))),
            id="what is quoted stays firm",
        ),
        pytest.param(
            And((MRI, A, B)),
            "mri a b?",
            And((MRI, MinShouldMatch((A, B), 1))),
            id="the treatment stays",
        ),
        pytest.param(And((MRI, A)), "mri a?", Boosted(MRI, (A,)), id="a treatment alone is enough"),
    ],
)
def test_how_much_must_match(query: Query, text: str, loose: Query) -> None:
    assert relaxed(query, text, "", None).query == loose


def test_all_words_where_all_are_asked_for() -> None:
    query = And((A, B, C, D, E))
    assert relaxed(query, "a b c d e?", "all", None).query == query


def test_most_words_are_told() -> None:
    loose = relaxed(And((A, B, C)), "a b c", "most", None)
    assert loose.most
    assert loose.note
    assert loose.note.code == "most-words"


def test_the_rarer_words_of_a_paragraph_are_its_key_words() -> None:
    terms = [Term(f"word{number}") for number in range(30)]
    rarity: dict[Query, int] = {term: number for number, term in enumerate(terms)}
    loose = relaxed(And((MRI, *terms)), "…", "", lambda part: rarity.get(part, 0))
    assert loose.query == MinShouldMatch((MRI, *terms[1 : KEY_WORDS + 1]), (KEY_WORDS + 1) // 3)
    assert loose.note
    assert loose.note.code == "key-words"


@pytest.mark.parametrize(
    ("parts", "text", "match", "loose"),
    [
        pytest.param(
            (MRI, KNEE, A, B),
            "mri knee a b?",
            "",
            Boosted(And((MRI, KNEE)), (A, B)),
            id="the treatment and its body part stay",
        ),
        pytest.param(
            (MRI, KNEE, A, B),
            "mri knee a b",
            "most",
            And((MRI, MinShouldMatch((KNEE, A, B), 1))),
            id="whoever asks for most words may do without the body part",
        ),
        pytest.param(
            (MRI, KNEE, NECK, A),
            "mri knee neck a?",
            "",
            And((MRI, MinShouldMatch((KNEE, NECK, A), 1))),
            id="of two body parts it is not known which",
        ),
        pytest.param(
            (MRI, CT, A),
            "mri ct a?",
            "",
            MinShouldMatch((MRI, CT, A), 2),
            id="of two treatments neither is sure",
        ),
    ],
)
def test_what_must_match_in_a_loose_search(
    parts: tuple[Query, ...], text: str, match: MatchMode, loose: Query
) -> None:
    assert relaxed(And(parts), text, match, None).query == loose


def test_blanks_behind_a_question_mark_change_nothing() -> None:
    assert relaxed(And((A, B, C)), "a b c? ", "", None).most


def test_a_search_of_four_words_is_short() -> None:
    """One more makes it long: then some of the words may be missing."""
    assert SHORT == 4
    assert not relaxed(And((A, B, C, D)), "a b c d", "", None).most
    assert relaxed(And((A, B, C, D, E)), "a b c d e", "", None).most


@pytest.mark.parametrize("text", ["a patient b", "a patient b?"])
def test_fillers_that_are_left_out_are_told(text: str) -> None:
    """The page strikes them out; every other word was searched for."""
    patient = Term("patient")
    assert relaxed(And((A, patient, B)), text, "", None).left_out == (patient,)
    assert relaxed(And((A, B)), text, "", None).left_out == ()


def test_a_word_said_twice_is_asked_for_once() -> None:
    assert relaxed(And((A, A, B, C)), "a a b c?", "", None).query == MinShouldMatch((A, B, C), 2)


def test_a_paragraph_is_longer_than_so_many_words() -> None:
    terms = tuple(Term(f"word{number}") for number in range(PARAGRAPH + 1))
    codes = {
        len(some): loose.note and loose.note.code
        for some in (terms, terms[:-1])
        for loose in [relaxed(And(some), "…", "", lambda _: 1)]
    }
    assert codes == {PARAGRAPH + 1: "key-words", PARAGRAPH: "most-words"}


def test_a_paragraph_is_a_loose_search() -> None:
    """And a third of its keys is required, but never none."""
    terms = tuple(Term(f"word{number}") for number in range(PARAGRAPH + 1))
    loose = relaxed(And((Not(A), *terms)), "…", "", lambda part: int(part == terms[3]))
    assert loose.most
    assert loose.query == And((Not(A), MinShouldMatch((terms[3],), 1)))
