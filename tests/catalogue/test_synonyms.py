"""Words that stand for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.synonyms import (
    expansions,
    find_expandable,
    synonyms,
)


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
    found = {
        term.term: (search[term.start : term.end], term.kind) for term in find_expandable(search)
    }
    assert found == {"lumbar": ("lumbar", "treatment"), "ESI": ("ESI", "abbreviation")}
    assert [term.term for term in find_expandable("cold therapy unit")] == ["cold therapy unit"]


def test_find_expandable_uses_the_other_words_as_context() -> None:
    assert find_expandable("RFA") == ()
    assert [term.term for term in find_expandable("facet RFA")] == ["RFA"]


def test_no_term_is_its_own_expansion() -> None:
    terms = ["ESI", "physical therapy", "Norco", "tramadol", "RSD", "CT", "lumbar fusion"]
    assert all(term not in expansions(term) for term in terms)


def test_an_unknown_term_has_none() -> None:
    assert synonyms("zebra") == ()
    assert expansions("zebra") == ()


@given(st.text(max_size=80))
def test_any_search_is_read(text: str) -> None:
    for term in find_expandable(text):
        assert text[term.start : term.end] == term.term
        assert term.expansions
