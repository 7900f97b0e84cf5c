"""What the words of a search name; what of it is asked for, and what that asks of issues."""

from __future__ import annotations

import pytest

from imrsearch.query.compose import as_name, as_typed
from imrsearch.query.concepts import (
    ASKED,
    BODY_WISH,
    CIRCUMSTANCE,
    CLASS_WISH,
    ELSEWHERE,
    MOST_NAMES,
    NAME_WEIGHT,
    OWN_TEXT,
    PARAGRAPH,
    TREATMENT_WISH,
    VALUE_SCORE,
    Concept,
    Concepts,
    find_concepts,
    is_story,
    roles,
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
    Query,
    Term,
    walk,
)
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount


def told(concept: Concept, text: str) -> tuple[str, list[str], list[str]]:
    return text[concept.start : concept.end], concept.treatments, concept.regions


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        pytest.param(
            "shoulder MRI", [("shoulder", [], ["shoulder"]), ("MRI", ["MRI"], [])], id="two"
        ),
        pytest.param(
            "lumbar epidural steroid injection",
            [
                (
                    "lumbar epidural steroid injection",
                    ["epidural steroid injection"],
                    ["low back"],
                )
            ],
            id="a body part inside a treatment",
        ),
        pytest.param(
            "back brace", [("back brace", ["lumbar brace"], [])], id="a treatment with its own"
        ),
        pytest.param("Norco", [("Norco", ["hydrocodone/acetaminophen"], [])], id="brand"),
        pytest.param(
            "Terocin",
            [
                (
                    "Terocin",
                    ["lidocaine/capsaicin/menthol/methyl salicylate", "lidocaine/menthol"],
                    [],
                )
            ],
            id="a brand of a lotion and of a patch",
        ),
        pytest.param(
            "hot/cold pack", [("hot/cold pack", ["hot/cold pack"], [])], id="one thing with a slash"
        ),
        pytest.param(
            "PT/OT",
            [("PT", ["physical therapy"], []), ("OT", ["occupational therapy"], [])],
            id="two things with a slash",
        ),
        pytest.param("L5-S1", [], id="a level is more than its region"),
        pytest.param("zebra", [], id="unknown"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_concepts(text: str, concepts: list[tuple[str, list[str], list[str]]]) -> None:
    assert [told(concept, text) for concept in find_concepts(text)] == concepts


@pytest.mark.parametrize(
    ("one_way", "other_way"),
    [
        ("knee injection", "injection knee"),
        ("hip injections", "injections for the hip"),
        ("lumbar surgery", "surgery of the lumbar spine"),
        ("back surgery", "surgery on the back"),
        ("knee surgery", "surgery knee"),
        ("hand rehabilitation", "rehabilitation of the hand"),
    ],
)
def test_a_category_at_a_body_part_in_either_order(one_way: str, other_way: str) -> None:
    """A catalogue's name for one of the two ways must not make it another search."""
    asked = [
        {(*one.classes, *one.treatments, *one.regions) for one in find_concepts(text)}
        for text in (one_way, other_way)
    ]
    assert asked[0] == asked[1]
    assert len(asked[0]) == 2


@pytest.mark.parametrize("name", ["carpal tunnel surgery", "SI joint injection", "spine surgeon"])
def test_a_category_at_a_structure_is_one_treatment(name: str) -> None:
    (concept,) = find_concepts(name)
    assert concept.treatments
    assert not concept.classes


@pytest.mark.parametrize("stroke", ["/", " / ", "/ ", " /"])
@pytest.mark.parametrize(
    ("name", "treatments"),
    [
        pytest.param(
            "physical{}occupational therapy",
            ["physical therapy", "occupational therapy"],
            id="one filed with the other",
        ),
        pytest.param(
            "occupational{}physical therapy",
            ["physical therapy", "occupational therapy"],
            id="in the other order",
        ),
        pytest.param("hot{}cold therapy", ["cold therapy unit"], id="one device"),
        pytest.param("bath{}shower chair", ["shower chair"], id="a half that names none"),
    ],
)
def test_halves_that_share_their_last_word_are_one_name(
    name: str, treatments: list[str], stroke: str
) -> None:
    (found,) = find_concepts(name.format(stroke))
    assert found.treatments == treatments


def test_a_category_of_the_form() -> None:
    (concept,) = find_concepts("surgeries")
    assert (concept.classes, concept.treatments) == (["Surgery"], [])


def test_a_general_word_stands_for_several_treatments() -> None:
    (concept,) = find_concepts("muscle relaxer")
    assert {"cyclobenzaprine", "tizanidine", "carisoprodol"} <= set(concept.treatments)


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        pytest.param("ten weeks", None, id="a number"),
        pytest.param("TENS", "TENS unit", id="the device"),
        pytest.param("young men", None, id="men are no MENS"),
        pytest.param("pen and paper", None, id="a pen is no PENS"),
        pytest.param("PENS trial", "percutaneous electrical nerve stimulation", id="PENS"),
        pytest.param("RFA", "radiofrequency ablation", id="alone the procedure"),
        pytest.param("RFA form", None, id="a form"),
        pytest.param("RFA dated May 3", None, id="a dated form"),
        pytest.param("RFA was submitted late", None, id="a form that was sent"),
        pytest.param("lumbar RFA requested", "radiofrequency ablation", id="at a body part"),
        pytest.param("PT", "physical therapy", id="alone the therapy"),
        pytest.param("PT was denied", "physical therapy", id="what is decided on"),
        pytest.param("PT for a 45 year old", "physical therapy", id="for somebody"),
        pytest.param("PT says it hurts", None, id="a patient speaks"),
        pytest.param("PT is a 45 year old male", None, id="a patient is described"),
        pytest.param("CT", "CT scan", id="alone the scan"),
        pytest.param("CT syndrome", None, id="carpal tunnel"),
        pytest.param("CT injury", None, id="cumulative trauma"),
        pytest.param("OT", "occupational therapy", id="alone the therapy, too"),
        pytest.param("worked OT hours", None, id="overtime"),
        pytest.param("show us", None, id="a pronoun"),
        pytest.param("US guided", "ultrasound", id="with guidance"),
        pytest.param("a sad story", None, id="a feeling"),
        pytest.param("service pet", None, id="an animal"),
        pytest.param("PET", "PET scan", id="the scan in capitals"),
        pytest.param("ensure compliance", None, id="a verb"),
        pytest.param("nurse hurt her back", None, id="a worker"),
        pytest.param("home nurse", "home health care", id="a service"),
        pytest.param("taxi driver", None, id="a job"),
        pytest.param("taxi to the clinic", "transportation", id="a ride"),
        pytest.param("surgeon recommends it", None, id="who speaks"),
        pytest.param("hardware store", None, id="a shop"),
        pytest.param("bed rest", None, id="no furniture"),
    ],
)
def test_names_with_a_commoner_meaning(text: str, treatment: str | None) -> None:
    found = [name for concept in find_concepts(text) for name in concept.treatments]
    assert found == ([treatment] if treatment else [])


def test_a_misspelt_name_is_searched_for_by_the_usual_names_too() -> None:
    (misspelt,) = find_concepts("chiropratic")
    (usual,) = find_concepts("chiropractic")
    assert set(misspelt.names) >= {"chiropractic", *usual.names}


STORY = (
    "The clerk fell from a ladder in May, has numb fingers and tried {tried}."
    " Her {who} wants {wanted}. The carrier finds that nobody has seen a weakness so far."
)


def weights(text: str) -> dict[str, float]:
    named = find_concepts(text)
    return {
        text[one.start : one.end]: weight
        for one, weight in zip(named, roles(text, named), strict=True)
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("acupuncture", {"acupuncture": 1}, id="by itself"),
        pytest.param(
            "acupuncture after six weeks of massage",
            {"acupuncture": 1, "massage": CIRCUMSTANCE},
            id="what was before",
        ),
        pytest.param(
            "tests before a low risk operation",
            {"operation": CIRCUMSTANCE},
            id="some words behind an article",
        ),
        pytest.param(
            "acupuncture after the massage", {"acupuncture": 1, "massage": CIRCUMSTANCE}, id="the"
        ),
        pytest.param("sessions with acupuncture", {"acupuncture": 1}, id="sessions with it"),
        pytest.param(
            "gabapentin with naproxen", {"gabapentin": 1, "naproxen": CIRCUMSTANCE}, id="with it"
        ),
        pytest.param("neck", {"neck": 1}, id="a body part"),
        pytest.param("acupuncture of the neck", {"acupuncture": 1, "neck": 1}, id="with its part"),
        pytest.param("chiropractor", {"chiropractor": 1}, id="who, for what he does"),
        pytest.param(
            "acupuncture after surgery of the neck",
            {"acupuncture": 1, "surgery": CIRCUMSTANCE, "neck": 1},
            id="a body part is never what was before",
        ),
        pytest.param("despite the neck", {"neck": 1}, id="not even by itself"),
        pytest.param("request for an MRI", {"MRI": ASKED}, id="said to be asked for"),
    ],
)
def test_short_search(text: str, expected: dict[str, float]) -> None:
    assert weights(text) == expected


def test_a_story_is_about_what_is_asked_for_and_its_body_part() -> None:
    text = STORY.format(tried="massage", who="chiropractor", wanted="an MRI of the neck")
    assert weights(text) == {
        "fingers": ELSEWHERE,
        "massage": CIRCUMSTANCE,
        "chiropractor": CIRCUMSTANCE,
        "MRI": ASKED,
        "neck": 1,
    }


def test_an_abbreviation_needs_its_context_in_a_story() -> None:
    assert weights("RFA") == {"RFA": 1}
    text = STORY.format(tried="rest, as the RFA of 3 March says", who="doctor", wanted="massage")
    assert "RFA" not in weights(text)


def test_without_a_request_a_story_is_about_its_first_body_part() -> None:
    """And no treatment is more than it would be in a short search."""
    text = STORY.format(tried="massage", who="doctor", wanted="rest, as the neck hurts")
    assert weights(text) == {"fingers": 1, "massage": 1, "neck": ELSEWHERE}


def test_a_body_part_far_from_the_request_is_not_the_treated_one() -> None:
    wanted = "an MRI, as it was said at the last visit but one, which is of the neck"
    assert weights(STORY.format(tried="massage", who="doctor", wanted=wanted))["neck"] == ELSEWHERE


def test_the_body_part_may_stand_before_the_treatment() -> None:
    text = STORY.format(tried="massage", who="doctor, because of her neck,", wanted="an MRI")
    assert weights(text) == {"fingers": ELSEWHERE, "massage": CIRCUMSTANCE, "neck": 1, "MRI": ASKED}


def test_a_body_part_that_is_asked_for_is_no_treatment() -> None:
    """So that what was tried is no less than in a story without a request."""
    text = STORY.format(tried="massage", who="doctor", wanted="the neck looked after")
    assert weights(text) == {"fingers": 1, "massage": 1, "neck": ELSEWHERE}


@pytest.mark.parametrize(
    ("who", "wanted", "weight"),
    [
        pytest.param("doctor", "an MRI by the end of May, her neck", 1, id="behind"),
        pytest.param("doctor", "an MRI by the end of June, her neck", ELSEWHERE, id="far behind"),
        pytest.param("doctor, for the neck on 12 August,", "an MRI", 1, id="before"),
        pytest.param("doctor, for the neck on 12 October,", "an MRI", ELSEWHERE, id="far before"),
    ],
)
def test_the_treated_body_part_stands_a_few_words_from_the_treatment(
    who: str, wanted: str, weight: float
) -> None:
    """Up to 24 characters lie between them."""
    assert weights(STORY.format(tried="massage", who=who, wanted=wanted))["neck"] == weight


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param("an MRI", {"massage": CIRCUMSTANCE, "MRI": ASKED}, id="a request"),
        pytest.param("rest", {"massage": 1}, id="no request"),
    ],
)
def test_a_story_may_name_no_body_part(wanted: str, found: dict[str, float]) -> None:
    text = STORY.replace("has numb fingers", "has no strength")
    assert weights(text.format(tried="massage", who="doctor", wanted=wanted)) == found


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        pytest.param("doctor", "surgery", id="a whole category"),
        pytest.param("aunt", "a Chiropractor", id="who treats"),
    ],
)
def test_people_and_whole_categories_are_circumstance_even_where_they_are_asked_for(
    who: str, wanted: str
) -> None:
    found = weights(STORY.format(tried="massage", who=who, wanted=wanted))
    assert found == {"fingers": 1, "massage": 1, wanted.split()[-1]: CIRCUMSTANCE}


def test_what_is_asked_for_weighs_more_than_what_is_only_named() -> None:
    assert 0 < CIRCUMSTANCE < ELSEWHERE < 1 < ASKED


@pytest.mark.parametrize(("words", "told"), [(PARAGRAPH, False), (PARAGRAPH + 1, True)])
def test_a_story_has_more_words_than_a_search(words: int, told: bool) -> None:
    assert is_story("word " * words) is told


@pytest.mark.parametrize(
    ("who", "tried"),
    [
        pytest.param("Chiropractor", "massage", id="who treats, in capitals too"),
        pytest.param("doctor", "surgery", id="a whole category"),
    ],
)
def test_people_and_whole_categories_are_circumstance_in_a_story(who: str, tried: str) -> None:
    """Whatever stands before them: "wants surgery" names nothing that could be looked for."""
    found = weights(STORY.format(tried=tried, who=who, wanted="an MRI of the neck"))
    assert found.get(who, CIRCUMSTANCE) == found[tried] == CIRCUMSTANCE
    assert found["MRI"] == ASKED


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
