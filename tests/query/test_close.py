"""What is close to a search: some of its words, a mention, the class of its treatment."""

from __future__ import annotations

import pytest

from imrsearch.query.close import (
    AKIN,
    CITED,
    CITED_FAMILY,
    MEANT,
    MEANT_BESIDE,
    MOST_PLACES,
    MOST_TYPED,
    SAME_CLASS,
    SAME_NUMBER,
    about_what_is_meant,
    asked_for,
    classes_in,
    close_to,
    meant,
    wishes_meant,
)
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    Filtered,
    MatchAll,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)

SIGNED, ADVISED = Term("signed"), Term("advised")  # words of no gloss
NORCO = Filtered(Term("norco"), FieldEquals("disputes", "hydrocodone/acetaminophen"))
OPIOIDS = ConstantScore(FieldEquals("subcategory", "Pharmaceuticals > Opioids"), SAME_CLASS)
STOMACH = Filtered(
    DisMax((Term("stomach"), ConstantScore(FieldEquals("body", "abdomen"), 2.5))),
    FieldEquals("body", "abdomen"),
    "body",
)
LOW_BACK = Filtered(
    DisMax((Phrase(("low", "back"), exact=False), FieldEquals("body", "low back"))),
    FieldEquals("body", "low back"),
    "body",
)
UPHELD = FieldEquals("decision", "upheld")
MANY = Range("quantity", 120, 120)
PAGE = Or((FieldEquals("cites", "mtus-chronic-pain:58"),))


def some(*parts: Query) -> MinShouldMatch:
    return MinShouldMatch(parts, 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(And((SIGNED, ADVISED)), And((some(SIGNED, ADVISED),)), id="any of the words"),
        pytest.param(
            And((SIGNED, UPHELD, Not(ADVISED))),
            And((UPHELD, Not(ADVISED), some(SIGNED))),
            id="typed values, and what is left out, still hold",
        ),
        pytest.param(
            MinShouldMatch((SIGNED, ADVISED), 2),
            And((some(SIGNED, ADVISED),)),
            id="most words",
        ),
        pytest.param(
            And((NORCO, SIGNED)),
            And((some(Term("norco"), SIGNED, OPIOIDS),)),
            id="a treatment: where it is only mentioned, and its class",
        ),
        pytest.param(
            Phrase(("red", "flags")),
            And(
                (
                    some(
                        Or(
                            (
                                Phrase(("red", "flags"), exact=False),
                                Boost(Term("red"), 0.5),
                                Boost(Term("flags"), 0.5),
                            )
                        )
                    ),
                )
            ),
            id="quoted words in other forms and places",
        ),
        pytest.param(
            Boosted(And((UPHELD,)), (SIGNED,)),
            And((UPHELD, some(SIGNED))),
            id="words that only rank",
        ),
        pytest.param(And((SIGNED, PAGE)), And((PAGE, some(SIGNED))), id="a typed citation holds"),
        pytest.param(
            And((Term("signed", ("rationale",), exact=True), ADVISED)),
            And((some(Term("signed", ("rationale",)), ADVISED),)),
            id="a quoted word in other forms, in its field",
        ),
        pytest.param(
            Phrase(("red", "flags"), ("rationale",)),
            And(
                (
                    some(
                        Or(
                            (
                                Phrase(("red", "flags"), ("rationale",), exact=False),
                                Boost(Term("red", ("rationale",)), 0.5),
                                Boost(Term("flags", ("rationale",)), 0.5),
                            )
                        )
                    ),
                )
            ),
            id="quoted words of a field, in that field",
        ),
        pytest.param(
            And((Prefix("inject"), SIGNED)), And((some(Prefix("inject"), SIGNED),)), id="beginnings"
        ),
        pytest.param(And((SIGNED, MANY)), And((MANY, some(SIGNED))), id="a typed number holds"),
    ],
)
def test_close_to(query: Query, expected: And) -> None:
    assert close_to(query) == And((*expected.parts, Not(query)))


@pytest.mark.parametrize("field", ["cites", "rationale_cites", "guideline"])
def test_a_citation_read_from_words_is_given_up_too(field: str) -> None:
    """By either side; what was typed as another field's value still holds."""
    cited = Or((FieldEquals(field, "mtus-chronic-pain:58"),))
    query = And((SIGNED, cited, UPHELD))
    found = close_to(query, cited_in_words=True)
    assert found == And((UPHELD, some(SIGNED, ConstantScore(cited, CITED)), Not(query)))


def test_a_number_read_from_words_only_orders_what_is_close() -> None:
    query = And((SIGNED, MANY))
    found = close_to(query, numbers_in_words=True)
    wish = ConstantScore(MANY, SAME_NUMBER)
    assert found == And((Boosted(some(SIGNED), (wish,)), Not(query)))
    assert close_to(MANY, numbers_in_words=True) is None


def test_what_is_akin_to_a_citation_is_close_even_where_nothing_else_was_typed() -> None:
    chapter = ConstantScore(FieldEquals("guideline", "mtus-chronic-pain"), 6.0)
    query = Boosted(PAGE, (chapter,))
    found = close_to(query, cited_in_words=True)
    assert found == And((some(ConstantScore(query, CITED), chapter), Not(query)))


@pytest.mark.parametrize(
    ("places", "score"), [(MOST_PLACES, CITED), (MOST_PLACES + 1, CITED_FAMILY)]
)
def test_a_whole_family_of_guidelines_says_little(places: int, score: float) -> None:
    family = Or(tuple(FieldEquals("guideline", f"odg-{n}") for n in range(places)))
    found = close_to(And((SIGNED, family)), cited_in_words=True)
    assert isinstance(found, And)
    assert found.parts[0] == some(SIGNED, ConstantScore(family, score))


@pytest.mark.parametrize("query", [MatchAll(), UPHELD, Not(SIGNED)])
def test_nothing_to_give_up(query: Query) -> None:
    assert close_to(query) is None


def test_what_is_asked_for_one_by_one() -> None:
    assert asked_for(And((NORCO, SIGNED, UPHELD))) == (Term("norco"), SIGNED)
    assert classes_in(And((NORCO, SIGNED))) == ("Pharmaceuticals > Opioids",)


def test_a_treatment_of_no_class_has_none_to_offer() -> None:
    unfiled = Filtered(Term("banana"), FieldEquals("disputes", "banana"))
    assert classes_in(And((unfiled, NORCO, NORCO))) == ("Pharmaceuticals > Opioids",)
    query = And((unfiled, SIGNED))
    assert close_to(query) == And((some(Term("banana"), SIGNED), Not(query)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(Term("cigarettes"), "smoking cessation", id="a rare word"),
        pytest.param(And((Term("asleep"), Term("insomnia"))), "zolpidem", id="words together"),
        pytest.param(MinShouldMatch((Term("quit"), Term("tobacco")), 1), "nicotine", id="most"),
        pytest.param(And((STOMACH, Term("acid"))), "omeprazole", id="beside a body part"),
    ],
)
def test_what_words_mean_without_naming_it(query: Query, expected: str) -> None:
    assert FieldEquals("treatment", expected) in meant(query)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(Term("cigarettes", ("rationale",)), id="typed for a field"),
        pytest.param(Term("cigarettes", exact=True), id="as it stands"),
        pytest.param(Phrase(("quit", "tobacco")), id="quoted"),
        pytest.param(Not(Term("cigarettes")), id="left out"),
        pytest.param(STOMACH, id="a body part alone"),
        pytest.param(
            And((Term("stomach", exact=True), Term("acid"))), id="a quoted word is no body part"
        ),
        pytest.param(
            And((FieldEquals("body", "abdomen"), Term("acid"))), id="a value is no typed word"
        ),
        pytest.param(And((LOW_BACK, Term("acid"))), id="a body part of another gloss"),
    ],
)
def test_what_means_no_treatment(query: Query) -> None:
    assert meant(query) == ()


@pytest.mark.parametrize(("words", "means"), [(MOST_TYPED, True), (MOST_TYPED + 1, False)])
def test_a_story_shares_words_with_any_gloss(words: int, means: bool) -> None:
    others = (Term(f"zebra{number}") for number in range(words - 2))
    assert bool(meant(And((*others, Term("quit"), Term("tobacco"))))) is means


def test_a_class_is_meant_by_its_field() -> None:
    assert FieldEquals("category", "Transportation") in meant(Term("mileage"))
    asked = And((Term("asleep"), Term("insomnia")))
    assert FieldEquals("subcategory", "Pharmaceuticals > Sedative-hypnotics") in meant(asked)


def test_what_is_meant_is_close_and_weighs_less_beside_a_treatment_that_is_named() -> None:
    smoking = FieldEquals("treatment", "smoking cessation")
    cigarettes = Term("cigarettes")
    assert wishes_meant(cigarettes, [smoking]) == (ConstantScore(smoking, MEANT),)
    assert wishes_meant(And((NORCO, cigarettes)), [smoking]) == (
        ConstantScore(smoking, MEANT_BESIDE),
    )
    found = close_to(cigarettes, [smoking])
    assert isinstance(found, And)
    assert found.parts[0] == MinShouldMatch((cigarettes, ConstantScore(smoking, MEANT)), 1)


def test_a_treatment_that_is_meant_brings_its_class_along() -> None:
    viagra = FieldEquals("treatment", "sildenafil")
    drugs = FieldEquals("subcategory", "Pharmaceuticals > Impotence Agents")
    wishes = wishes_meant(SIGNED, [viagra])
    assert wishes == (ConstantScore(viagra, MEANT), ConstantScore(drugs, MEANT * AKIN))
    asked = MinShouldMatch((SIGNED, ADVISED), 1)
    assert about_what_is_meant(asked, [viagra]) == Filtered(asked, Or((viagra, drugs)), "meant")


def test_a_class_that_is_meant_itself_is_not_brought_along_again() -> None:
    viagra = FieldEquals("treatment", "sildenafil")
    drugs = FieldEquals("subcategory", "Pharmaceuticals > Impotence Agents")
    assert wishes_meant(SIGNED, [viagra, drugs]) == (
        ConstantScore(viagra, MEANT),
        ConstantScore(drugs, MEANT),
    )
    assert about_what_is_meant(SIGNED, [viagra, drugs]) == Filtered(
        SIGNED, Or((viagra, drugs)), "meant"
    )
