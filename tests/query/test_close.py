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
        pytest.param(And((SIGNED, MANY)), And((MANY, some(SIGNED))), id="a typed number holds"),
    ],
)
def test_close_to(query: Query, expected: And) -> None:
    assert close_to(query) == And((*expected.parts, Not(query)))


def test_a_citation_read_from_words_is_given_up_too() -> None:
    query = And((SIGNED, PAGE))
    found = close_to(query, cited_in_words=True)
    assert found == And((some(SIGNED, ConstantScore(PAGE, CITED)), Not(query)))


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


def test_a_whole_family_of_guidelines_says_little() -> None:
    places = (FieldEquals("guideline", f"odg-{n}") for n in range(MOST_PLACES + 1))
    family = Or(tuple(places))
    found = close_to(And((SIGNED, family)), cited_in_words=True)
    assert isinstance(found, And)
    family_counts = ConstantScore(family, CITED_FAMILY)
    assert found.parts[0] == some(SIGNED, family_counts)


@pytest.mark.parametrize("query", [MatchAll(), UPHELD, Not(SIGNED)])
def test_nothing_to_give_up(query: Query) -> None:
    assert close_to(query) is None


def test_what_is_asked_for_one_by_one() -> None:
    assert asked_for(And((NORCO, SIGNED, UPHELD))) == (Term("norco"), SIGNED)
    assert classes_in(And((NORCO, SIGNED))) == ("Pharmaceuticals > Opioids",)


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
            And((*(Term(f"zebra{n}") for n in range(30)), Term("quit"), Term("tobacco"))),
            id="a story shares words with any gloss",
        ),
    ],
)
def test_what_means_no_treatment(query: Query) -> None:
    assert meant(query) == ()


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
