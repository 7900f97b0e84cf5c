"""The catalogue of treatments holds together, and files each treatment where the form has it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.treatments import (
    PHARMACEUTICALS,
    ServiceWords,
    Treatment,
    categories,
    find_treatments,
    in_context,
    resembling,
    treatments,
)
from imrsearch.system.package_data import load_toml
from imrsearch.text.phrases import phrase_key, split_words

KNOWN = [treatment for treatment, _ in treatments()]
CONTEXTS = load_toml("contexts.toml")["context"]


def request(*words: str) -> ServiceWords:
    return ServiceWords(frozenset(words))


def test_every_treatment_is_filed_under_a_category_of_the_form() -> None:
    wrong = [
        treatment
        for treatment in KNOWN
        if treatment.category is not None
        and treatment.subcategory not in (None, *categories()[treatment.category])
    ]
    assert wrong == []


def test_every_drug_class_of_the_form_has_drugs() -> None:
    filed = {treatment.subcategory for treatment in KNOWN if treatment.category == PHARMACEUTICALS}
    assert set(categories()[PHARMACEUTICALS]) <= filed


def test_no_phrase_stands_for_two_treatments() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for treatment, phrases in treatments():
        for phrase in phrases:
            owners[phrase_key(phrase)].add(treatment.name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


def test_every_phrase_finds_its_own_treatment() -> None:
    lost = [
        phrase
        for treatment, phrases in treatments()
        for phrase in phrases
        if [found.value.treatment for found in find_treatments(split_words(phrase))] != [treatment]
    ]
    assert lost == []


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.get("named", "{}"))
def test_every_context_names_only_what_exists(context: dict[str, list[str]]) -> None:
    names = {treatment.name for treatment in KNOWN}
    subcategories = {sub for subs in categories().values() for sub in subs}
    category, subcategory = context["becomes"]
    assert set(context["of"]) <= names | subcategories
    assert set(context.get("named_too", [])) <= names
    assert set(context.get("regions", [])) <= set(regions())
    assert subcategory in categories()[category]


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.get("named", "{}"))
def test_every_context_word_is_in_the_form_words_are_compared_in(
    context: dict[str, list[str]],
) -> None:
    words = [*context.get("words", []), *context.get("unless", [])]
    assert [phrase_key(word) for word in words] == words


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.get("named", "{}"))
def test_every_name_a_context_gives_is_no_other_treatment(context: dict[str, Any]) -> None:
    owners = {
        phrase_key(phrase): known.name for known, phrases in treatments() for phrase in phrases
    }
    of = [known.name for known in KNOWN if {known.name, known.subcategory} & set(context["of"])]
    for name in {context.get("named", "{}").format(own) for own in of}:
        assert owners.get(phrase_key(name), name) == name
    assert "{}" in context.get("named", "{}") or context["named"] in owners.values()


def test_a_context_refiles_and_renames() -> None:
    diclofenac = Treatment("diclofenac", PHARMACEUTICALS, "NSAID")
    gel, tablet = request("diclofenac", "gel"), request("diclofenac", "100mg")
    assert in_context(diclofenac, gel) == Treatment(
        "diclofenac topical", PHARMACEUTICALS, "Topical Analgesics"
    )
    assert in_context(diclofenac, tablet) == diclofenac


@pytest.mark.parametrize(
    ("name", "regions", "expected"),
    [
        pytest.param("arthroscopy", ["knee"], "knee arthroscopy", id="the region's own"),
        pytest.param("brace", ["ankle"], "ankle brace", id="of things too"),
        pytest.param("arthroscopy", ["knee", "ankle"], "arthroscopy", id="of which of two?"),
        pytest.param("arthroscopy", ["jaw"], "arthroscopy", id="the catalogue has none"),
        pytest.param("arthroscopy", [], "arthroscopy", id="nowhere"),
    ],
)
def test_a_general_treatment_of_one_region(name: str, regions: list[str], expected: str) -> None:
    general = next(known for known in KNOWN if known.name == name)
    assert in_context(general, ServiceWords(frozenset(), tuple(regions))).name == expected


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        pytest.param("cyclobenzaprin", "cyclobenzaprine", id="a letter lost"),
        pytest.param("Omeprazolle", "omeprazole", id="a letter doubled"),
        pytest.param("accupunctures", "acupuncture", id="doubled, in the plural"),
        pytest.param("physicaltherapy", "physical therapy", id="a blank lost"),
    ],
)
def test_a_misspelt_name_is_understood(printed: str, meant: str) -> None:
    names = {
        found.value.treatment.name
        for found in (*find_treatments(split_words(printed)), *resembling(split_words(printed)))
    }
    assert names == {meant}


@pytest.mark.parametrize("word", ["hydralazine", "continuation", "unspecified", "prednisolone"])
def test_known_and_unlike_words_are_no_misspellings(word: str) -> None:
    assert resembling(split_words(word)) == []
