"""Words that stand for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.synonyms import (
    Synonym,
    context_of,
    expansions,
    find_expandable,
    is_ordinary_word,
    means_something_else,
    synonyms,
)
from imrsearch.catalogue.treatments import names_of
from imrsearch.system.package_data import load_toml
from imrsearch.text.phrases import phrase_key, split_words

TABLES = load_toml("synonyms.toml")
ORDINARY = frozenset(TABLES["ordinary"]["words"])


def stands_for(term: str, kind: str) -> set[str]:
    """The keys of what a term may be replaced by for one reason."""
    known = (one for one in synonyms(term) if one.kind == kind)
    return {phrase_key(other) for one in known for other in one.expansions}


@pytest.mark.parametrize(("kind", "both_ways"), [("abbreviation", True), ("includes", False)])
def test_which_tables_hold_both_ways(kind: str, both_ways: bool) -> None:
    """A general word finds the special ones, which do not find it."""
    rows = {term: some for term, some in TABLES[kind].items() if term.lower() not in ORDINARY}
    assert all(set(map(phrase_key, some)) <= stands_for(term, kind) for term, some in rows.items())
    back = [
        phrase_key(term) in stands_for(one, kind) for term, some in rows.items() for one in some
    ]
    assert (all if both_ways else any)(back) is both_ways


def test_the_names_of_a_treatment_stand_for_one_another() -> None:
    for name, others in TABLES["treatment"].items():
        every = {phrase_key(one) for one in (name, *others)}
        for term in (name, *others):
            assert every - {phrase_key(term)} <= stands_for(term, "treatment")


def test_lay_words_find_the_letters_words() -> None:
    for term, some in TABLES["lay"].items():
        assert set(map(phrase_key, some)) <= stands_for(term, "lay")


def test_brands_and_generic_names_stand_for_one_another() -> None:
    """A brand begins with a capital letter; two brands find each other by no synonym."""
    assert phrase_key("gabapentin") in stands_for("Neurontin", "brand")
    assert phrase_key("Neurontin") in stands_for("gabapentin", "brand")
    assert phrase_key("Gralise") not in stands_for("Neurontin", "brand")


@pytest.mark.parametrize(
    ("context", "holds"),
    [
        pytest.param({"facet"}, True, id="a word that it needs"),
        pytest.param({"block", "zebra"}, True, id="one of them"),
        pytest.param({"zebra"}, False, id="none"),
        pytest.param({"facet", "form"}, False, id="a word against it"),
    ],
)
def test_where_a_meaning_holds(context: set[str], holds: bool) -> None:
    needs, unless = frozenset({"facet", "block"}), frozenset({"form"})
    assert Synonym("RFA", "ambiguous", ("ablation",), needs, unless).holds(context) is holds
    assert Synonym("RFA", "ambiguous", ("ablation",)).holds(context)


def test_the_context_is_the_words_and_those_that_stand_together() -> None:
    """Up to three."""
    assert context_of(split_words("PT says: it hurts")) == {
        *("pt", "say", "it", "hurt"),
        *("pt say", "say it", "it hurt", "pt say it", "say it hurt"),
    }
    assert context_of([]) == frozenset()


@pytest.mark.parametrize(
    ("name", "ordinary"), [("Ensure", True), ("us", True), ("US", True), ("acupuncture", False)]
)
def test_ordinary_words(name: str, ordinary: bool) -> None:
    assert is_ordinary_word(name) is ordinary


@pytest.mark.parametrize(
    ("typed", "treatment", "text", "in_story", "other"),
    [
        pytest.param("RFA", "radiofrequency ablation", "RFA", False, False, id="by itself"),
        pytest.param("RFA", "radiofrequency ablation", "RFA form", False, True, id="a form"),
        pytest.param("RFA", "radiofrequency ablation", "lumbar RFA", False, False, id="at a part"),
        pytest.param(
            "RFA", "radiofrequency ablation", "lumbar RFA form", False, False, id="told by one word"
        ),
        pytest.param("RFA", "radiofrequency ablation", "RFA", True, True, id="in a story"),
        pytest.param("RFA", "radiofrequency ablation", "lumbar RFA", True, False, id="told in it"),
        pytest.param("PT", "physical therapy", "PT", True, False, id="what it usually means"),
        pytest.param("PT", "physical therapy", "PT says", False, True, id="a patient"),
        pytest.param("PT", "physical therapy", "PT of the patient", False, True, id="not safe"),
        pytest.param("us", "ultrasound", "us", False, True, id="a pronoun in small letters"),
        pytest.param("us", "ultrasound", "us guided", False, False, id="but with guidance"),
        pytest.param("acupuncture", "acupuncture", "form", True, False, id="no other meaning"),
    ],
)
def test_a_name_may_mean_something_else(
    typed: str, treatment: str, text: str, in_story: bool, other: bool
) -> None:
    context = context_of(split_words(text))
    assert means_something_else(typed, names_of(treatment), context, in_story) is other


def test_one_meaning_at_most_holds_without_another_word() -> None:
    terms = {row["term"] for row in TABLES["ambiguous"]}
    for term in terms:
        meanings = [one for one in synonyms(term) if one.kind == "ambiguous"]
        assert sum(one.holds(()) for one in meanings) <= 1


@pytest.mark.parametrize(
    ("term", "other"),
    [
        pytest.param("ESI", "epidural steroid injection", id="short to long"),
        pytest.param("epidural steroid injections", "ESI", id="long to short, plural"),
        pytest.param("Norco", "hydrocodone", id="brand to generic"),
        pytest.param("hydrocodone", "Norco", id="generic to brand"),
        pytest.param("neurontin", "gabapentin", id="any case"),
        pytest.param("back brace", "lumbar support", id="other name"),
        pytest.param("water therapy", "aquatic therapy", id="lay word"),
        pytest.param("sleeping pills", "zolpidem", id="lay word for a class"),
        pytest.param("pain killers", "opioid", id="lay words"),
        pytest.param("muscle relaxer", "cyclobenzaprine", id="lay word for drugs"),
        pytest.param("shots", "injection", id="lay plural"),
        pytest.param("facet injection", "medial branch block", id="general finds special"),
    ],
)
def test_expansions(term: str, other: str) -> None:
    assert other in expansions(term)


def test_the_special_does_not_find_the_general() -> None:
    assert "viscosupplementation" not in expansions("Kenalog")
    assert "weight loss program" not in expansions("Lindora")


@pytest.mark.parametrize(
    ("term", "context", "expected"),
    [
        pytest.param("RFA", [], (), id="alone it may be a form"),
        pytest.param(
            "RFA", ["lumbar"], ("radiofrequency ablation", "rhizotomy", "neurotomy"), id="by region"
        ),
        pytest.param("RFA", ["signed"], ("request for authorization",), id="by paper"),
        pytest.param("PT", ["knee"], ("physical therapy",), id="the usual meaning"),
        pytest.param("PT", ["INR"], ("prothrombin time",), id="in a laboratory"),
        pytest.param("PT", ["PT says"], ("patient",), id="who speaks"),
        pytest.param("CT", ["CT release"], ("carpal tunnel",), id="by the word behind it"),
        pytest.param("it", ["was"], (), id="a plain word"),
        pytest.param("US", ["guided"], ("ultrasound",), id="with guidance"),
        pytest.param("ED", ["Viagra"], ("erectile dysfunction",), id="with its drug"),
    ],
)
def test_ambiguous_terms_by_context(
    term: str, context: list[str], expected: tuple[str, ...]
) -> None:
    assert "ambiguous" in {synonym.kind for synonym in synonyms(term)}
    assert expansions(term, context) == expected


def test_a_brand_that_is_an_ordinary_word_is_left_alone() -> None:
    assert expansions("ensure") == ()


def test_what_finds_nothing_more_is_left_out() -> None:
    assert "hydrocodone/acetaminophen" not in expansions("Norco")
    assert "Anaprox DS" not in expansions("naproxen")


def test_find_expandable_takes_the_longest_and_tells_the_place() -> None:
    search = "lumbar ESI denied"
    found = {search[term.start : term.end]: term.value for term in find_expandable(search)}
    assert found == {"lumbar": expansions("lumbar"), "ESI": expansions("ESI")}
    assert [(term.start, term.end) for term in find_expandable("cold therapy unit")] == [(0, 17)]


def test_find_expandable_uses_the_other_words_as_context() -> None:
    assert list(find_expandable("RFA")) == []
    assert [(term.start, term.end) for term in find_expandable("facet RFA")] == [(6, 9)]


def test_no_term_is_its_own_expansion() -> None:
    terms = ["ESI", "physical therapy", "Norco", "tramadol", "RSD", "CT", "lumbar fusion"]
    assert all(term not in expansions(term) for term in terms)


def test_an_unknown_term_has_none() -> None:
    assert synonyms("zebra") == ()
    assert expansions("zebra") == ()


@given(st.text(max_size=80))
def test_any_search_is_read(text: str) -> None:
    for term in find_expandable(text):
        assert text[term.start : term.end].strip()
        assert term.value
