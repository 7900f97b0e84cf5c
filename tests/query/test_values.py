"""What typed and chosen values mean, and what is told of those that no issue has."""

from __future__ import annotations

import pytest

from imrsearch.query.values import (
    MOST_CHOSEN,
    MOST_NEAREST,
    chosen_values,
    nearest,
    resolve,
    unknown_value,
)
from imrsearch.query.vocabulary import MOST_VALUES, Vocabulary
from imrsearch.schema import FacetCount

VOCABULARY = Vocabulary(
    {
        "specialty": [
            FacetCount("Hand Surgery", 9, 0),
            FacetCount("Orthopedic Surgery", 4, 0),
            FacetCount("Surgery", 2, 0),
            FacetCount(None, 1, 0),
        ],
        "cites": [FacetCount(f"odg-low-back:{page}", 1, 0) for page in range(300)],
        "decision": [FacetCount("upheld", 9, 0)],
        "body": [FacetCount("low back", 9, 0), FacetCount("knee", 4, 0)],
        "treatment": [
            FacetCount("hydrocodone/acetaminophen", 3, 0),
            FacetCount("acupuncture", 2, 0),
            FacetCount("physical therapy", 2, 0),
        ],
        "subcategory": [FacetCount("Pharmaceuticals > Opioids", 3, 0)],
        "state": [FacetCount("California", 9, 0)],
        "sex": [FacetCount("male", 3, 0), FacetCount("female", 3, 0)],
        "reason": [FacetCount("unmet red-flags", 3, 0), FacetCount("met red-flags", 1, 1)],
    }
)


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        pytest.param("specialty", "surgery", ("Surgery",), id="the equal value alone"),
        pytest.param("specialty", "hand", ("Hand Surgery",), id="a word of the value"),
        pytest.param("specialty", "surgery hand", ("Hand Surgery",), id="words in any order"),
        pytest.param(
            "specialty", "surg*", ("Hand Surgery", "Orthopedic Surgery", "Surgery"), id="beginning"
        ),
        pytest.param("specialty", "surgery ortho*", ("Orthopedic Surgery",), id="word, beginning"),
        pytest.param(
            "reason", "red-flags", ("unmet red-flags", "met red-flags"), id="of either status"
        ),
        pytest.param("reason", "unmet:red-flags", ("unmet red-flags",), id="with its status"),
        pytest.param("specialty", "surg", ("surg",), id="no half words without a star"),
        pytest.param("specialty", "*", ("*",), id="a star alone"),
        pytest.param("decision", "Granted", ("overturned",), id="granted, though there is none"),
        pytest.param("decision", "non-certified", ("upheld",), id="non-certified"),
        pytest.param("case", "cm13-0000001", ("CM13-0000001",), id="case number"),
        pytest.param("case", "my-letter", ("my-letter",), id="case named by its file"),
        pytest.param("decision", "overturn", ("overturned",), id="a form of the word"),
        pytest.param("decision", "Approval", ("overturned",), id="a form of it, in capitals"),
        pytest.param("decision", "zebra", ("zebra",), id="no word of outcome"),
        pytest.param(
            "treatment", "relaxer for muscles", ("relaxer for muscles",), id="named by no word"
        ),
        pytest.param("body", "neck, hip", ("neck",), id="named, but of no issue: the first"),
        pytest.param("body", "sore back", ("low back",), id="named, but only as a part of values"),
        pytest.param("disputes", "lortab", ("hydrocodone/acetaminophen",), id="what is disputed"),
        pytest.param("category", "operations", ("Surgery",), id="a category"),
        pytest.param("specialty", "Ortho Surg", ("Ortho Surg",), id="no name of it"),
        pytest.param(
            "specialty", "Orthopaedic Surgery", ("Orthopedic Surgery",), id="as others write it"
        ),
        pytest.param("body", "upper back, lumbar", ("low back",), id="of several those held"),
        pytest.param(
            "treatment", "Acupuncture", ("acupuncture",), id="the value itself before its kinds"
        ),
        pytest.param("body", "lumbar", ("low back",), id="another name of a body part"),
        pytest.param("treatment", "norco", ("hydrocodone/acetaminophen",), id="a brand"),
        pytest.param("treatment", "PT", ("physical therapy",), id="an abbreviation"),
        pytest.param("subcategory", "narcotics", ("Pharmaceuticals > Opioids",), id="a class"),
        pytest.param("state", "CA", ("California",), id="a postal code"),
        pytest.param("sex", "women", ("female",), id="a word for a sex"),
        pytest.param("treatment", "elbow macaroni", ("elbow macaroni",), id="nothing known"),
        pytest.param("era", "old", ("old",), id="a field of which nothing is known"),
    ],
)
def test_typed_values(field: str, typed: str, found: tuple[str, ...]) -> None:
    assert resolve(VOCABULARY, field, typed) == found


def test_one_typed_value_stands_for_so_many_at_most() -> None:
    assert len(resolve(VOCABULARY, "cites", "odg-low-back")) == MOST_VALUES


@pytest.mark.parametrize(
    ("field", "typed", "near"),
    [
        ("treatment", "acupunctur", ("acupuncture",)),
        ("treatment", "zzz", ()),
        ("treatment", "vicodn", ("hydrocodone/acetaminophen",)),
        ("body", "lumbr", ("low back",)),
        ("specialty", "ortho surgery", ("Surgery", "Orthopedic Surgery", "Hand Surgery")),
    ],
)
def test_nearest_values(field: str, typed: str, near: tuple[str, ...]) -> None:
    assert nearest(VOCABULARY, field, typed) == near


def test_a_value_that_no_issue_has_is_told_with_the_nearest() -> None:
    told = unknown_value(VOCABULARY, "state", "Californa")
    assert told == "No issue has “Californa” under “Reviewer licensed in”. Nearest: California."


def test_part_of_many_values_is_told_with_the_most_frequent() -> None:
    told = unknown_value(VOCABULARY, "specialty", "surg*")
    assert told == (
        "“surg*” is more than one value of “Reviewer's specialty”. "
        "Most frequent: Hand Surgery, Orthopedic Surgery, Surgery."
    )


def test_a_value_without_any_like_it_is_told_with_the_most_frequent() -> None:
    told = unknown_value(VOCABULARY, "specialty", "zzz")
    assert told == (
        "No issue has “zzz” under “Reviewer's specialty”."
        " Most frequent: Hand Surgery, Orthopedic Surgery, Surgery."
    )


def test_of_a_field_that_no_issue_has_nothing_is_offered() -> None:
    told = unknown_value(Vocabulary({}), "state", "zzz")
    assert told == "No issue has “zzz” under “Reviewer licensed in”."


def test_a_field_without_a_facet_is_told_by_its_name() -> None:
    assert unknown_value(VOCABULARY, "case", "zzz") == "No issue has “zzz” under “case”."


@pytest.mark.parametrize("typed", ["LUMBR", "Lumbr"])
def test_capitals_make_no_value_less_like(typed: str) -> None:
    assert nearest(VOCABULARY, "body", typed) == ("low back",)
    assert nearest(VOCABULARY, "treatment", "VICODN") == ("hydrocodone/acetaminophen",)
    assert nearest(VOCABULARY, "specialty", "HAND") == ("Hand Surgery",)


def test_no_more_values_are_near_than_can_be_told() -> None:
    surgeries = Vocabulary({"specialty": [FacetCount(f"{one} Surgery", 1, 0) for one in "ABCDEFG"]})
    assert len(nearest(surgeries, "specialty", "ortho surgery")) == MOST_NEAREST
    assert unknown_value(surgeries, "specialty", "surgery").count(",") == MOST_NEAREST - 1


@pytest.mark.parametrize(
    ("facet", "chosen", "values"),
    [
        pytest.param("body", "knee", ("knee",), id="a value"),
        pytest.param("body", "lumbar", ("low back",), id="another name of it"),
        pytest.param("body", "~unknown", ("~unknown",), id="no value at all"),
        pytest.param("body", "2014", (), id="a number of a facet of words"),
        pytest.param("year", "2014..2016", ("2014..2016",), id="a range of numbers"),
        pytest.param("year", "soon", (), id="no number"),
        pytest.param("decision", "denied", ("upheld",), id="held"),
        pytest.param("decision", "granted", ("overturned",), id="of no issue, but worded"),
        pytest.param("decision", "zebra", (), id="not worded either"),
        pytest.param("body", "neck", (), id="a body part of no issue"),
        pytest.param(
            "reason", "red-flags", ("unmet red-flags", "met red-flags"), id="each a filter"
        ),
        pytest.param("cites", "odg-low-back", (), id="too many to be filters"),
    ],
)
def test_chosen_values(facet: str, chosen: str, values: tuple[str, ...]) -> None:
    assert chosen_values(VOCABULARY, facet, chosen) == values


@pytest.mark.parametrize(("held", "is_chosen"), [(MOST_CHOSEN, True), (MOST_CHOSEN + 1, False)])
def test_a_chosen_value_may_stand_for_ten(held: int, is_chosen: bool) -> None:
    pages = Vocabulary({"cites": [FacetCount(f"odg:{page}", 1, 0) for page in range(held)]})
    assert bool(chosen_values(pages, "cites", "odg")) is is_chosen
