"""What a search asks of issues for the treatments that it names, by a code too."""

from __future__ import annotations

import re

import pytest

from imrsearch.query.compose import as_name, as_typed
from imrsearch.query.recognize_concepts import (
    BODY_WISH,
    CLASS_WISH,
    MOST_NAMES,
    NAME_WEIGHT,
    OWN_TEXT,
    TREATMENT_WISH,
    VALUE_SCORE,
    Concepts,
    contrast,
)
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    Or,
    Phrase,
    Query,
    Term,
    walk,
)
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount
from imrsearch.search.state import SearchState
from tests.search.memory import determination, issue, service

HELD = {
    "treatment": ("MRI", "acupuncture"),
    "body": ("knee", "wrist", "hand", "low back"),
    "category": ("Surgery",),
}
CONCEPTS = Concepts(
    Vocabulary({field: [FacetCount(one, 1, 0) for one in some] for field, some in HELD.items()})
)


def asked(text: str) -> Filtered:
    """What the only concept of a text asks for."""
    (meaning,) = CONCEPTS(text)
    assert isinstance(meaning.query, Filtered)
    return meaning.query


def in_own_text(said: str, *names: str) -> And:
    """Issues without a body part whose own text has the words said, or another name as it is."""
    others = (as_name(name, OWN_TEXT) for name in names)
    typed = as_typed(said, OWN_TEXT)
    assert typed
    return And((FieldMissing("body"), Or((typed, *others))))


DISPUTED = FieldEquals("disputes", "acupuncture")
KNEE = FieldEquals("body", "knee")


@pytest.mark.parametrize(
    ("text", "about", "wanted"),
    [
        pytest.param("acupuncture", "treatment", DISPUTED, id="to dispute the treatment"),
        pytest.param(
            "MRI",
            "treatment",
            Or((FieldEquals("disputes", "MRI"), FieldEquals("disputes", "MR arthrogram"))),
            id="or one of its kinds",
        ),
        pytest.param("surgery", "treatment", FieldEquals("category", "Surgery"), id="a category"),
        pytest.param(
            "opioids",
            "treatment",
            FieldEquals("subcategory", "Pharmaceuticals > Opioids"),
            id="a class",
        ),
        pytest.param("knee", "body", Or((KNEE, in_own_text("knee"))), id="a body part"),
        pytest.param(
            "lower back",
            "body",
            Or((FieldEquals("body", "low back"), in_own_text("lower back", "low back", "lumbar"))),
            id="by any of its names",
        ),
        pytest.param(
            "lumbar epidural steroid injection",
            "treatment",
            And(
                (
                    FieldEquals("disputes", "epidural steroid injection"),
                    Or(
                        (
                            FieldEquals("body", "low back"),
                            in_own_text("lumbar epidural steroid injection", "LESI"),
                        )
                    ),
                )
            ),
            id="a treatment at its body part",
        ),
    ],
)
def test_what_an_issue_must_be_about(text: str, about: str, wanted: Query) -> None:
    assert (asked(text).about, asked(text).filter) == (about, wanted)


def test_a_region_is_looked_for_with_its_parts() -> None:
    held = [one for one in walk(asked("spine").filter) if isinstance(one, FieldEquals)]
    assert [one.value for one in held] == ["spine", "back", "neck", "upper back", "low back"]
    (meaning,) = CONCEPTS("spine")
    assert meaning.note
    assert meaning.note.message == (
        "“spine” was searched for with its parts: back, neck, upper back, low back."
    )


def test_the_best_of_the_names_counts_and_the_typed_one_most() -> None:
    """The value stands for any name that the catalogue does not know."""
    ranked = asked("acupuncture").part
    assert isinstance(ranked, Boosted)
    assert ranked.part == DisMax(
        (
            Term("acupuncture"),
            Boost(Term("needling"), NAME_WEIGHT),
            Boost(Term("electroacupuncture"), NAME_WEIGHT),
            ConstantScore(DISPUTED, VALUE_SCORE),
        )
    )
    (meaning,) = CONCEPTS("acupuncture")
    assert meaning.note
    assert meaning.note.message == "Other names were searched for too."


def test_no_more_names_are_searched_for_than_can_be_told() -> None:
    (ranked,) = (one for one in walk(asked("viscosupplementation").part) if isinstance(one, DisMax))
    assert sum(isinstance(one, Boost) for one in ranked.parts) == MOST_NAMES


def test_the_value_of_a_treatment_at_its_body_part_is_both() -> None:
    (ranked,) = (
        one
        for one in walk(asked("lumbar epidural steroid injection").part)
        if isinstance(one, DisMax)
    )
    both = And(
        (FieldEquals("disputes", "epidural steroid injection"), FieldEquals("body", "low back"))
    )
    assert ranked.parts[-1] == ConstantScore(both, VALUE_SCORE)


def wishes(text: str) -> tuple[Query, ...]:
    part = asked(text).part
    return part.wishes if isinstance(part, Boosted) else ()


def of_body(share: float, *parts: str) -> ConstantScore:
    return ConstantScore(Or(tuple(FieldEquals("body", one) for one in parts)), BODY_WISH * share)


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        pytest.param(
            "acupuncture",
            (ConstantScore(Or((FieldEquals("treatment", "acupuncture"),)), TREATMENT_WISH),),
            id="a treatment",
        ),
        pytest.param("massage", (), id="a treatment of no issue"),
        pytest.param(
            "surgery",
            (ConstantScore(Or((FieldEquals("category", "Surgery"),)), CLASS_WISH),),
            id="a category",
        ),
        pytest.param("knee", (of_body(1, "knee"),), id="a body part"),
        pytest.param(
            "wrist",
            (DisMax((of_body(1, "wrist"), of_body(0.5, "hand"))),),
            id="a body part and the one beside it",
        ),
        pytest.param(
            "forearm",
            (DisMax((of_body(0.5, "wrist"), of_body(0.25, "hand"))),),
            id="the kin of a body part of no issue",
        ),
        pytest.param("shin", (of_body(0.5, "knee"),), id="one kin alone"),
    ],
)
def test_what_an_issue_gains(text: str, wished: tuple[Query, ...]) -> None:
    assert wishes(text) == wished


def test_words_may_be_read_as_they_are() -> None:
    """Then they rank by the same wishes, and nothing is left out, or told."""
    (meaning,) = Concepts(CONCEPTS.vocabulary, expand=False)("acupuncture")
    assert meaning.query == Boosted(Term("acupuncture"), wishes("acupuncture"))
    assert meaning.note is None
    (plain,) = Concepts(CONCEPTS.vocabulary, expand=False)("massage")
    assert plain.query == Term("massage")
    (spine,) = Concepts(CONCEPTS.vocabulary, expand=False)("spine")
    assert spine.note is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tests before surgery", "preoperative"),
        ("therapy after surgery", "postoperative"),
        ("before surgery a long list of other words to be read", "preoperative"),
    ],
)
def test_an_operation_that_is_circumstance_is_not_asked_for(text: str, said: str) -> None:
    """But what letters say instead: who types this wants no operation."""
    meaning = list(CONCEPTS(text))[-1]
    assert isinstance(meaning.query, Boosted)
    assert isinstance(meaning.query.part, DisMax)
    assert meaning.query.part.parts[:2] == (Term("surgery"), Boost(Term(said), NAME_WEIGHT))


@pytest.mark.parametrize("text", ["surgery", "after a long and cold winter surgery"])
def test_an_operation_that_is_asked_for_is_itself(text: str) -> None:
    (ranked,) = (one for one in walk(asked(text).part) if isinstance(one, DisMax))
    assert not any(isinstance(one, Boost) for one in ranked.parts)


def test_another_treatment_that_is_circumstance_keeps_its_names() -> None:
    """Nobody says "postoperative" for what is done after acupuncture."""
    meaning = list(CONCEPTS("MRI after acupuncture"))[-1]
    assert isinstance(meaning.query, Boosted)
    assert meaning.query.part == DisMax(
        (
            Term("acupuncture"),
            Boost(Term("needling"), NAME_WEIGHT),
            Boost(Term("electroacupuncture"), NAME_WEIGHT),
        )
    )


def test_circumstance_without_another_name_stays_a_word() -> None:
    meaning = list(CONCEPTS("MRI after heparin"))[-1]
    assert (meaning.query, meaning.note) == (Term("heparin"), None)


@pytest.mark.parametrize("text", ["knee", "surgery", "lumbar epidural steroid injection"])
def test_only_a_treatment_by_itself_is_mentioned_by_other_names(text: str) -> None:
    assert asked(text).mention is None


def test_who_mentions_a_treatment_uses_any_of_its_names_or_disputes_it() -> None:
    mention = asked("needling").mention
    assert isinstance(mention, Boosted)
    assert mention.wishes == wishes("needling")
    assert isinstance(mention.part, DisMax)
    assert mention.part.parts[:2] == (Term("needling"), Boost(Term("acupuncture"), NAME_WEIGHT))
    assert mention.part.parts[-1] == ConstantScore(DISPUTED, VALUE_SCORE)
    massage = asked("massage").mention
    assert isinstance(massage, DisMax)
    assert massage.parts[0] == Term("massage")


def test_what_citations_name_is_only_wished_for() -> None:
    assert tuple(CONCEPTS.wishes("after acupuncture")) == wishes("acupuncture")


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        pytest.param("epidural after physical therapy", [9, 3], id="after"),
        pytest.param("epidural after six weeks of physical therapy", [9, 3], id="after so much"),
        pytest.param("after knee arthroscopy acupuncture", [3, 9], id="the circumstance first"),
        pytest.param("acupuncture without surgery", [9, 4 / 3], id="a class, too"),
        pytest.param("MRI despite failed chiropractic", [9, 3], id="despite what failed"),
        pytest.param("MRI because of acupuncture", [9, 3], id="because of"),
        pytest.param("MRI and acupuncture", [9, 9], id="two that are asked for"),
        pytest.param("requested MRI after acupuncture", [27, 3], id="asked for expressly"),
    ],
)
def test_a_treatment_that_is_circumstance_weighs_a_third(text: str, weights: list[float]) -> None:
    names = ("epidural steroid injection", "physical therapy", "MRI", "acupuncture")
    table = [FacetCount(name, 1, 0) for name in (*names, "chiropractic", "knee arthroscopy")]
    meanings = Concepts(Vocabulary({"treatment": table}))(text)
    found = [walk(meaning.query) for meaning in meanings if meaning.query]
    wishes = [node.wishes[0] for nodes in found for node in nodes if isinstance(node, Boosted)]
    assert [wish.score for wish in wishes if isinstance(wish, ConstantScore)] == weights


def typed(query: DisMax) -> tuple[str, ...]:
    """The words of the first phrase."""
    first = query.parts[0]
    return first.words if isinstance(first, Phrase) else ()


@pytest.mark.parametrize(
    ("text", "said", "in_service", "not_in_service"),
    [
        ("MRI without contrast", "without contrast", "w o contrast", "with contrast"),
        ("MRI w/o dye", "w/o dye", "without contrast", "with dye"),
        ("MRI with contrast", "with contrast", "with dye", "without contrast"),
        ("MRI with and without contrast", "with and without contrast", "with contrast", "no dye"),
        ("non-contrast MRI", "non-contrast", "without contrast", "with contrast"),
        ("MRI WITHOUT  Contrast", "WITHOUT  Contrast", "no gadolinium", "with contrast"),
    ],
)
def test_one_is_not_the_other(text: str, said: str, in_service: str, not_in_service: str) -> None:
    (meaning,) = contrast(text)
    assert text[meaning.start : meaning.end] == said
    assert isinstance(meaning.query, DisMax)
    assert " ".join(re.split(r"[\s/-]+", said.lower())) == " ".join(typed(meaning.query))
    told = [" ".join(one.words) for one in meaning.query.parts if isinstance(one, Phrase)]
    assert in_service in told
    assert not_in_service not in told
    assert len(set(told)) == len(told)
    assert {one.fields for one in meaning.query.parts if isinstance(one, Phrase)} == {("service",)}
    assert meaning.note
    assert meaning.note.message == f"“{said}” was searched for in the service, in any wording."


@pytest.mark.parametrize(
    "text",
    [
        *("MRI", "contrast bath", "acupuncture without surgery", ""),
        *("MRI x-without contrast", "MRI without contrasted", "MRI and/without contrast"),
    ],
)
def test_nothing_is_read_from_other_words(text: str) -> None:
    assert list(contrast(text)) == []


CODED = determination(
    "CM16-0000001",
    issue(1, "MRI of the lumbar spine", body_parts=("low back",)),
    issue(2, "MRI of the knee", body_parts=("knee",)),
    issue(3, "TENS unit"),
    issue(4, "Item 72148"),
)


def numbers_found(q: str, *, intent: bool = True) -> list[int]:
    rows = service([CODED]).search(SearchState(q, intent=intent)).rows
    return sorted(row.number for row in rows)


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("72148", [1]),
        ("CPT 72148", [1]),
        ("cpt code 72148,", [1]),
        ("HCPCS: e0730", [3]),
        ("72148 OR E0730", [1, 3]),  # an operator beside it applies to all of its words
        ("73721 knee", [2]),  # any joint of the leg: the body part is typed
        ('"72148"', [4]),  # quoted, it is what is printed
    ],
)
def test_a_code_asks_for_what_it_means(q: str, numbers: list[int]) -> None:
    assert numbers_found(q) == numbers


def test_a_code_itself_can_be_searched_for() -> None:
    (note,) = [
        one
        for one in service([CODED]).search(SearchState("72148")).notes
        if one.code == "service-code"
    ]
    assert note.message == "“72148” was read as “low back MRI”."
    assert numbers_found("72148", intent=False) == [4]


@pytest.mark.parametrize("q", ["99999", "#72148", "72148-26x", "1,72148", "M5416"])
def test_other_numbers_are_no_codes(q: str) -> None:
    notes = service([CODED]).search(SearchState(q)).notes
    assert "service-code" not in {note.code for note in notes}
