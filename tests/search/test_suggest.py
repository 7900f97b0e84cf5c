from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.query.tree import And, FieldEquals, Query
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount
from imrsearch.search.suggest import MAX_SUGGESTIONS, Suggester
from tests.processor_time import processor_seconds

SUGGESTER = Suggester(
    Vocabulary(
        {
            "treatment": [
                FacetCount("acupuncture", 9, 1),
                FacetCount("hydrocodone/acetaminophen", 4, 0),
                FacetCount("epidural steroid injection", 3, 0),
                FacetCount(None, 1, 0),
            ],
            "body": [FacetCount("low back", 8, 1)],
            "reason": [FacetCount("unmet functional-improvement", 2, 0)],
            "guideline": [FacetCount("mtus-acupuncture", 16, 1), FacetCount("odg-low-back", 2, 0)],
            "cites": [FacetCount("mtus-chronic-pain:58", 5, 0)],
        }
    ),
    lambda queries: [5 - number for number, _ in enumerate(queries)],
)


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        pytest.param(
            "acu", ["Acupuncture", "Acupuncture Medical Treatment Guidelines"], id="treatment first"
        ),
        pytest.param("lumb", ["Low back"], id="another name of a body part"),
        pytest.param("inj epi", ["Epidural steroid injection"], id="words in any order"),
        pytest.param("Norco", ["Hydrocodone/acetaminophen"], id="brand"),
        pytest.param("ESI", ["Epidural steroid injection"], id="abbreviation"),
        pytest.param("odg low", ["Low Back (ODG)"], id="guideline by its family"),
        pytest.param("chronic 58", ["Chronic Pain Medical Treatment Guidelines, p. 58"], id="page"),
        pytest.param("a", [], id="one letter is too little"),
        pytest.param("", [], id="nothing typed"),
        pytest.param("zzz", [], id="nothing begins so"),
    ],
)
def test_suggestions(typed: str, labels: list[str]) -> None:
    found = SUGGESTER.suggest(typed)
    assert [each.label for each in found if each.url.startswith("/search?")] == labels


def test_a_treatment_is_offered_with_its_page() -> None:
    *_, page = SUGGESTER.suggest("Norco")
    assert page.url == "/treatments/hydrocodone-acetaminophen"
    assert (page.label, page.count) == ("Hydrocodone/acetaminophen: what won, what lost", 4)


def test_a_reason_is_offered_by_its_words() -> None:
    (found,) = SUGGESTER.suggest("no functional improvement")
    assert found.kind == "Reason"
    assert found.label == "No objective functional improvement shown"
    assert found.url == "/search?reason=unmet+functional-improvement"


def test_a_suggestion_leads_to_its_search() -> None:
    found = SUGGESTER.suggest("low ba")[0]
    assert (found.kind, found.count, found.url) == ("Body part", 8, "/search?body=low+back")


@pytest.mark.parametrize("typed", ["acu lum", "lumbar acu", "Norco lum"])
def test_a_treatment_and_a_body_part_are_offered_together(typed: str) -> None:
    (found,) = SUGGESTER.suggest(typed)
    assert found.label.endswith(", low back")
    assert (found.kind, found.count) == ("Treatment and body part", 5)
    assert found.url.startswith("/search?body=low+back&treatment=")


def test_what_no_issue_has_together_is_not_offered() -> None:
    values = {"treatment": [FacetCount("mri", 2, 0)], "body": [FacetCount("knee", 2, 0)]}
    none_has_both = Suggester(Vocabulary(values), lambda queries: [0] * len(queries))
    assert none_has_both.suggest("mri kn") == ()


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert len(SUGGESTER.suggest(text)) <= MAX_SUGGESTIONS


def test_a_long_text_costs_no_more_than_a_short_one() -> None:
    assert processor_seconds(lambda: SUGGESTER.suggest("ac " * 100_000), 0.5) < 0.5


def test_what_is_typed_beyond_a_hundred_letters_is_not_read() -> None:
    """Nobody types so much: it is pasted."""
    (first, *_) = SUGGESTER.suggest("acu " * 25 + "zzz")
    assert first.label == "Acupuncture"
    assert SUGGESTER.suggest("acu " * 24 + "zzz") == ()


def test_letters_count_together() -> None:
    """Two words of one letter are as much as one word of two."""
    assert SUGGESTER.suggest("l b")[0].label == "Low back"


@pytest.mark.parametrize(
    ("limit", "urls"),
    [
        pytest.param(1, ["/treatments/acupuncture"], id="the page alone"),
        pytest.param(2, ["/search?treatment=acupuncture", "/treatments/acupuncture"], id="both"),
    ],
)
def test_the_page_takes_the_place_of_the_last_search(limit: int, urls: list[str]) -> None:
    assert [each.url for each in SUGGESTER.suggest("acu", limit)] == urls


def test_only_a_treatment_that_is_suggested_has_its_page_offered() -> None:
    values = {"treatment": [FacetCount("knee brace", 1, 0)], "body": [FacetCount("knee", 5, 0)]}
    suggester = Suggester(Vocabulary(values), lambda queries: [0] * len(queries))
    assert [each.url for each in suggester.suggest("knee", 1)] == ["/search?body=knee"]
    assert suggester.suggest("knee", 3)[-1].url == "/treatments/knee-brace"


def test_together_the_more_frequent_first_and_no_more_than_asked() -> None:
    treatments = [FacetCount(f"mri {letter}", 9, 0) for letter in "abcd"]
    values = {"treatment": treatments, "body": [FacetCount("knee", 9, 0)]}
    suggester = Suggester(Vocabulary(values), lambda queries: [3, 0, 7][: len(queries)])
    labels = [each.label for each in suggester.suggest("mri kn")]
    assert [label.partition(",")[0].lower() for label in labels] == ["mri c", "mri a"]
    assert labels == [each.label for each in suggester.suggest("mri kn", 2)]
    assert labels[:1] == [each.label for each in suggester.suggest("mri kn", 1)]


def test_only_body_parts_are_offered_together_with_a_treatment() -> None:
    """A guideline's name may begin with the words that name a body part."""
    values = {
        "treatment": [FacetCount("mri", 2, 0)],
        "guideline": [FacetCount("odg-knee-leg", 2, 0)],
        "body": [FacetCount("knee", 2, 0)],
    }
    (found,) = Suggester(Vocabulary(values), lambda queries: [9] * len(queries)).suggest("mri kn")
    assert found.url == "/search?body=knee&treatment=mri"


def test_another_name_of_several_words_leads_to_both() -> None:
    values = {
        "treatment": [FacetCount("aquatic therapy", 2, 0)],
        "body": [FacetCount("knee", 2, 0)],
    }
    suggester = Suggester(Vocabulary(values), lambda queries: [9] * len(queries))
    (found,) = suggester.suggest("pool therapy kn")
    assert found.url == "/search?body=knee&treatment=aquatic+therapy"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("epidural", "Treatment or drug"),
        ("lumbar", "Body part"),
        ("odg low", "Guideline"),
        ("58", "Page or section"),
    ],
)
def test_each_suggestion_says_of_what_kind_it_is(typed: str, kind: str) -> None:
    assert SUGGESTER.suggest(typed)[0].kind == kind


def test_both_are_counted_by_treatment_and_body_part() -> None:
    """At most eight pairs, of three values by either part of the words."""
    asked: list[Query] = []

    def counts(queries: Sequence[Query]) -> list[int]:
        asked.extend(queries)
        return [0] * len(queries)

    values = {
        "treatment": [FacetCount(f"mri {letter}", 9, 0) for letter in "abcde"],
        "body": [FacetCount(f"knee {letter}", 9, 0) for letter in "abcde"],
        "reason": [FacetCount("unmet red-flags", 9, 0)],
    }
    Suggester(Vocabulary(values), counts).suggest("mri kn")
    assert asked == [
        And((FieldEquals("treatment", f"mri {one}"), FieldEquals("body", f"knee {other}")))
        for one, other in list(product("abc", repeat=2))[:8]
    ]


def test_a_brand_leads_to_treatments_alone() -> None:
    """Its other name may stand in a guideline's section too: that is not what was typed."""
    values = {
        "treatment": [FacetCount("hydrocodone/acetaminophen", 4, 0)],
        "cites": [FacetCount("odg-pain:hydrocodone-acetaminophen", 5, 0)],
    }
    found = Suggester(Vocabulary(values), lambda queries: []).suggest("Norco")
    assert [each.kind for each in found] == ["Treatment or drug", "Page of the treatment"]
