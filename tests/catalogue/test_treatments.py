"""The catalogue of treatments holds together, and files each treatment where the form has it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.treatments import (
    PHARMACEUTICALS,
    Context,
    ServiceWords,
    Treatment,
    categories,
    class_of,
    classes,
    drugs_in_other_forms,
    find_treatments,
    in_context,
    is_class_name,
    kinds_of,
    named_by,
    names_of,
    resembling,
    subcategory_of,
    sure_names_of,
    treatment,
    treatment_slug,
    treatments,
    written_together,
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
    for known, phrases in treatments():
        for phrase in phrases:
            owners[phrase_key(phrase)].add(known.name)
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


RULE = Context(
    of=frozenset({"brace", "Opioids"}),
    words=frozenset({"gel", "cream"}),
    unless=frozenset({"eye"}),
    regions=frozenset({"knee"}),
    named_too=frozenset({"MRI"}),
    drugs=2,
    becomes=("Therapies", "Other"),
    named="{}",
)
BARE = Context(
    of=RULE.of,
    words=frozenset(),
    unless=frozenset(),
    regions=frozenset(),
    named_too=frozenset(),
    drugs=0,
    becomes=RULE.becomes,
    named="{}",
)
BRACE, NORCO = Treatment("brace", None, None), Treatment("norco", PHARMACEUTICALS, "Opioids")
GEL, KNEE, MRI = frozenset({"gel"}), ("knee", "hip"), frozenset({"MRI", "x-ray"})


@pytest.mark.parametrize("named", [BRACE, NORCO], ids=["by its name", "by its subcategory"])
def test_a_rule_applies_where_all_that_it_asks_for_is_there(named: Treatment) -> None:
    assert RULE.applies(named, ServiceWords(GEL, KNEE, MRI, 2))
    assert RULE.applies(named, ServiceWords(GEL, KNEE, MRI, 3))
    assert BARE.applies(named, ServiceWords(frozenset()))


@pytest.mark.parametrize(
    ("named", "request_"),
    [
        pytest.param(Treatment("gel", None, None), ServiceWords(GEL, KNEE, MRI, 2), id="of others"),
        pytest.param(BRACE, ServiceWords(frozenset({"pad"}), KNEE, MRI, 2), id="no word of it"),
        pytest.param(BRACE, ServiceWords(GEL | {"eye"}, KNEE, MRI, 2), id="a word against it"),
        pytest.param(BRACE, ServiceWords(GEL, ("hip",), MRI, 2), id="another body part"),
        pytest.param(BRACE, ServiceWords(GEL, KNEE, frozenset(), 2), id="nothing beside it"),
        pytest.param(BRACE, ServiceWords(GEL, KNEE, MRI, 1), id="too few drugs"),
    ],
)
def test_a_rule_applies_nowhere_else(named: Treatment, request_: ServiceWords) -> None:
    assert not RULE.applies(named, request_)


def test_the_first_rule_that_applies_holds() -> None:
    """A compound of two drugs goes before the gel of one."""
    diclofenac = Treatment("diclofenac", PHARMACEUTICALS, "NSAID")
    gel = ServiceWords(frozenset({"diclofenac", "gel"}), drugs=2)
    assert in_context(diclofenac, gel).name == "topical compound"


@pytest.mark.parametrize(
    ("name", "subcategory", "filed"),
    [
        ("acupuncture", "Acupuncture", "Rehabilitation > Acupuncture"),
        ("lithium", None, None),
        ("zebra", None, None),
    ],
)
def test_where_a_treatment_is_filed(name: str, subcategory: str | None, filed: str | None) -> None:
    """The form has no class for some drugs."""
    assert subcategory_of(name) == subcategory
    assert class_of(name) == filed
    assert subcategory_of(None) is None


def test_a_treatment_is_known_by_its_normal_name_alone() -> None:
    assert treatment("MRI") == next(one for one in KNOWN if one.name == "MRI")
    assert treatment("mri") is None


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        pytest.param("acupuncture", {"acupuncture"}, id="itself"),
        pytest.param("brace", {"brace", "lumbar brace", "knee brace"}, id="by its name"),
        pytest.param("MRI", {"MRI", "MR arthrogram"}, id="by the catalogue"),
        pytest.param("zebra", {"zebra"}, id="unknown"),
    ],
)
def test_kinds_of_a_treatment(name: str, kinds: set[str]) -> None:
    found = kinds_of(name)
    assert found[0] == name
    assert len(set(found)) == len(found)
    assert kinds <= set(found)
    assert len(kinds) > 1 or set(found) == kinds


@pytest.mark.parametrize(
    ("phrase", "others"),
    [
        pytest.param("Terocin", ("lidocaine/menthol",), id="a lotion and a patch"),
        pytest.param("Terocin patch", (), id="one form"),
        pytest.param("baclofen", (), id="a pump is no form of a drug"),
        pytest.param("topical", (), id="a weak name"),
        pytest.param("MRI", (), id="no drug"),
        pytest.param("zebra", (), id="unknown"),
    ],
)
def test_a_drug_may_be_named_in_other_forms(phrase: str, others: tuple[str, ...]) -> None:
    assert drugs_in_other_forms(phrase) == others


def test_a_kind_of_a_treatment_is_a_treatment() -> None:
    assert {kind for one in KNOWN for kind in kinds_of(one.name)} == {one.name for one in KNOWN}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("opioids", ("Pharmaceuticals > Opioids",), id="a class"),
        pytest.param("surgery", ("Surgery",), id="a category"),
        pytest.param("zebra", None, id="none"),
    ],
)
def test_words_that_name_a_class_as_a_whole(text: str, named: tuple[str, ...] | None) -> None:
    assert classes().get(text) == named
    assert is_class_name(text) is (named is not None)


def test_every_class_that_words_name_is_one_of_the_form() -> None:
    parts = {f"{name} > {part}" for name, some in categories().items() for part in some}
    assert {name for _, names in classes() for name in names} <= parts | categories().keys()


def test_a_longer_name_names_no_class() -> None:
    assert not is_class_name("opioid agreement")


def test_addresses_tell_treatments_apart() -> None:
    assert treatment_slug("EMG/NCV") == "emg-ncv"
    assert treatment_slug("(x) y") == "x-y"
    assert len({treatment_slug(one.name) for one in KNOWN}) == len(KNOWN)


def test_the_names_of_a_treatment() -> None:
    """A weak one gives way to others, so that it is not sure."""
    assert names_of("opioid")[:2] == ("opioid", "narcotic")
    assert sure_names_of("opioid") == ()
    assert sure_names_of("acupuncture") == names_of("acupuncture")
    assert names_of("acupuncture")[0] == "acupuncture"
    assert names_of("zebra") == sure_names_of("zebra") == ()


def test_two_treatments_may_be_written_as_one() -> None:
    assert written_together("pt/ot") == ("physical therapy", "occupational therapy")
    assert written_together("PT") == ()


@pytest.mark.parametrize(
    ("phrase", "weakness"), [("acupuncture", 0), ("opioid", 1), ("office visit", 0)]
)
def test_how_weakly_a_phrase_names_its_treatment(phrase: str, weakness: int) -> None:
    (found,) = find_treatments(split_words(phrase))
    assert found.value.weakness == weakness


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


@pytest.mark.parametrize(("others", "is_read"), [(7, True), (8, False)])
def test_so_many_unknown_words_of_a_service_are_compared(others: int, is_read: bool) -> None:
    """Short and known words do not count among them."""
    words = "zzzzzzzz " * others + "norco qqqqqqq omeprazol"
    found = resembling(split_words(words))
    assert [one.value.treatment.name for one in found] == ["omeprazole"] * is_read


def test_what_is_meant_stands_in_its_place() -> None:
    (found,) = resembling(split_words("take omeprazol now"))
    assert (found.start, found.end, found.first) == (5, 14, 1)


@pytest.mark.parametrize("word", ["hydralazine", "continuation", "unspecified", "prednisolone"])
def test_known_and_unlike_words_are_no_misspellings(word: str) -> None:
    assert resembling(split_words(word)) == []


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Norco", "hydrocodone/acetaminophen"),
        (" EMG / NCV, ", "EMG/NCV"),
        ("Norco 10", None),
        ("a massage", None),
        ("", None),
    ],
)
def test_a_phrase_names_a_treatment_as_a_whole(phrase: str, name: str | None) -> None:
    named = named_by(phrase)
    assert (named and named.treatment.name) == name
